// Keeps an answer on this device while there is no connection, and sends it when the connection is back.
// Without this script, and while the connection is good, the form is posted as any form is.
const form = document.querySelector("form.question[data-waiting]");
const place = `answer:${location.pathname}`;
const AGAIN_MS = 5000;
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

function bodyOf(submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
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

async function send(body) {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Golden-Thread": "keep" },
    body,
  });
  if (answer.status >= 500) throw new Error("the server cannot keep it just now");
  forget();
  if (answer.ok && !answer.redirected) {
    const { next } = await answer.json();
    if (new URL(next, location.href).pathname === location.pathname) location.reload();
    else location.assign(next);
    return;
  }
  // The page that says what to do comes from posting the form as usual.
  postAsUsual(body);
}

function postAsUsual(body) {
  const go = new URLSearchParams(body).get("go");
  const button = go && form.querySelector(`button[name="go"][value="${CSS.escape(go)}"]`);
  form.removeEventListener("submit", onSubmit);
  form.requestSubmit(button || undefined);
}

async function trySending(body) {
  clearTimeout(waiting);
  try {
    await send(body);
  } catch {
    store(body);
    tell();
    waiting = setTimeout(() => trySending(body), AGAIN_MS);
  }
}

function onSubmit(event) {
  event.preventDefault();
  trySending(bodyOf(event.submitter));
}

function bringBack() {
  const body = kept();
  if (!body) return;
  for (const [name, value] of new URLSearchParams(body)) {
    if (name === "text") form.elements.text.value = value;
    if (name === "answer") form.querySelector(`[name="answer"][value="${CSS.escape(value)}"]`)?.click();
  }
  trySending(body);
}

if (form) {
  form.addEventListener("submit", onSubmit);
  window.addEventListener("online", () => waiting && trySending(kept() ?? bodyOf(null)));
  bringBack();
}
