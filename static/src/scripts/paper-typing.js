// Enter goes to the next line of a form that is being typed in; the last line leads to the button. In words, Shift
// and Enter begin a new line. Without this script, Enter looks at the page and keeps nothing.
const form = document.getElementById("typing");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  const lines = [...form.querySelectorAll('input[type="text"], textarea, select, #keep')];
  lines[lines.indexOf(event.target) + 1]?.focus();
});

if (form && !document.querySelector("[data-focus]")) form.querySelector('input[type="text"]').focus();
