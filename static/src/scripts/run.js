// The screen of whoever leads: steps go off without a new page, what is new comes by itself, and a card can be dragged
// onto a group or onto another card. Every drag has a button that does the same.
import { follow } from "./room-live.js";

const root = document.getElementById("room");
const says = document.getElementById("says");
const leading = document.getElementById("leading");
let dragged = null;

async function send(form, values) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of values) body.set(name, value);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Golden-Thread": "keep" },
      body,
    });
    if (!answer.headers.get("content-type")?.startsWith("application/json")) throw new Error("a page says why");
    says.textContent = "";
    return true;
  } catch (problem) {
    if (problem instanceof TypeError) {
      says.textContent = root.dataset.noConnection;
      return true;
    }
    return false;
  }
}

leading.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-step]") || form.dataset.native) return;
  event.preventDefault();
  const { submitter } = event;
  const values = submitter?.name ? [[submitter.name, submitter.value]] : [];
  if (document.activeElement?.matches("input")) document.activeElement.blur();
  if (await send(form, values)) return;
  form.dataset.native = "yes"; // the page that says what to do comes from posting the form as usual
  form.requestSubmit(submitter);
});

leading.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.card);
});
leading.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("[data-group-name]")) event.preventDefault();
});
leading.addEventListener("drop", (event) => {
  const group = event.target.closest("[data-group-name]");
  if (!dragged || !group) return;
  event.preventDefault();
  send(dragged.querySelector("form"), [["go", "group"], ["new_group", group.dataset.groupName]]);
  dragged = null;
});

follow(
  () => {},
  (isThere) => {
    says.textContent = isThere ? "" : root.dataset.noConnection;
  },
);
