// A worry is never kept on a device that others use. Without a connection its words stay on the page, which says so.
const form = document.querySelector("form[data-no-connection]");
const says = document.getElementById("says");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  says.textContent = "";
  let text;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.status >= 500) throw new Error("not taken just now");
    text = await answer.text();
  } catch {
    says.textContent = form.dataset.noConnection;
    return;
  }
  const fresh = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceWith(fresh.querySelector("main"));
  document.querySelector("main").focus();
});
