// Somebody who wants to come in while the connection is lost stays on the page, which tries again by itself.
const form = document.querySelector(".join-form");
const AGAIN_MS = 2000;
let waiting = null;
let pressed = null;

function tell() {
  if (form.querySelector(".waiting")) return;
  const note = document.createElement("p");
  note.className = "waiting";
  note.setAttribute("role", "status");
  form.querySelector(".buttons").before(note);
  // Filled after it is on the page, so that screen readers say it.
  requestAnimationFrame(() => {
    note.textContent = form.dataset.waiting;
  });
}

async function tryAgain() {
  clearTimeout(waiting);
  try {
    // Any answer will do: it says that there is a connection.
    await fetch("/join", { method: "HEAD" });
    form.removeEventListener("submit", onSubmit);
    form.requestSubmit(pressed);
  } catch {
    tell();
    waiting = setTimeout(tryAgain, AGAIN_MS);
  }
}

function onSubmit(event) {
  event.preventDefault();
  pressed = event.submitter;
  tryAgain();
}

form.addEventListener("submit", onSubmit);
addEventListener("online", () => waiting && tryAgain());
