// Keeps an answer on this device while there is no connection, and sends it when the connection is back.
// Without this script, and while the connection is good, the form is posted as any form is.
const form = document.querySelector("form.question[data-waiting]");
const place = `answer:${location.pathname}`;
const AGAIN_MS = 5000;
const LONG_MS = 20000;
const BUTTONS = ["go", "language", "display"];
let pressed = ["go", "continue"]; // the button's name and value
let sending = false;
let waiting = null;

function store(body) {
  if (form.dataset.shared === "yes") return; // others use this device: the words stay on the page only
  try {
    localStorage.setItem(place, body);
  } catch {
    // A full or forbidden store: the words are still on the page.
  }
}

function forget() {
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}

function kept() {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

// What stands in the form now, which may be more than when the button was pressed.
function written() {
  const body = new URLSearchParams(new FormData(form));
  body.set(...pressed);
  return body.toString();
}

function tell() {
  if (document.querySelector(".waiting")) return;
  const note = document.createElement("p");
  note.className = "waiting";
  note.setAttribute("role", "status");
  form.querySelector(".buttons").before(note);
  // Filled after it is on the page, so that screen readers say it.
  requestAnimationFrame(() => {
    note.textContent = form.dataset.waiting;
  });
}

async function send() {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Golden-Thread": "keep" },
    body: written(),
    signal: AbortSignal.timeout?.(LONG_MS), // a connection that only seems to be there
  });
  if (answer.status >= 500) throw new Error("the server cannot keep it just now");
  forget();
  if (answer.ok && !answer.redirected) {
    location.assign((await answer.json()).next);
    return;
  }
  // The page that says what to do comes from posting the form as usual.
  const [name, value] = pressed;
  const button = document.querySelector(`button[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  form.removeEventListener("submit", onSubmit);
  form.requestSubmit(button || undefined);
}

async function trySending() {
  if (sending) return;
  sending = true;
  clearTimeout(waiting);
  try {
    await send();
    waiting = null;
  } catch {
    store(written());
    tell();
    waiting = setTimeout(trySending, AGAIN_MS);
  }
  sending = false;
}

function onSubmit(event) {
  event.preventDefault();
  if (event.submitter?.name) pressed = [event.submitter.name, event.submitter.value];
  trySending();
}

function bringBack() {
  const body = kept();
  if (!body) return;
  const said = new URLSearchParams(body);
  for (const name of BUTTONS) {
    if (said.has(name)) pressed = [name, said.get(name)];
  }
  for (const field of form.querySelectorAll("input, textarea, select")) {
    if (field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = said.getAll(field.name).includes(field.value);
    else if (said.has(field.name)) field.value = said.get(field.name);
    else if (field.name === "untouched") field.remove();
  }
  trySending();
}

if (form) {
  form.addEventListener("submit", onSubmit);
  form.addEventListener("input", () => waiting && store(written()));
  window.addEventListener("online", () => waiting && trySending());
  bringBack();
}
