// One's own page in a room: what is done goes off without leaving the page, waits on this device while there is no
// connection, and the page follows what the room is at. Without this script every button still works.
import { follow } from "./room-live.js";
import * as queue from "./room-queue.js";

const root = document.getElementById("room");
const says = document.getElementById("says");
const words = root.dataset;
let wantsNew = false; // the room has gone on while somebody was writing

const own = () => document.getElementById("own");
const box = () => document.getElementById("card-words");
const isWriting = () => Boolean(box() && !box().readOnly && box().value.trim());

function say(what, isProblem = false) {
  says.classList.toggle("problem", isProblem);
  says.textContent = what;
}

// What stands on the form of a card, to be put back when the form comes anew.
function written() {
  const form = own().querySelector(".own-card");
  if (!form) return null;
  return { activity: form.elements.activity.value, fields: [...new FormData(form)], at: document.activeElement?.id };
}

function putBack(before) {
  const form = own().querySelector(".own-card");
  if (!form || !before || form.elements.activity.value !== before.activity) return;
  for (const [name, value] of before.fields) {
    if (name === "id") continue;
    const field = form.elements[name];
    if (field) field.value = value;
  }
  if (form.elements.picture?.value) form.querySelector(".own-more").open = true;
}

async function refresh() {
  const answer = await fetch(`${address()}?lang=${document.documentElement.lang}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = written();
  const at = document.activeElement?.id;
  const wasOpen = new Set([...own().querySelectorAll("details")].map((each, place) => (each.open ? place : -1)));
  own().innerHTML = fresh.getElementById("own").innerHTML;
  document.getElementById("shared").innerHTML = fresh.getElementById("shared").innerHTML;
  for (const id of ["heading", "asked-help"]) {
    const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
    if (here.textContent !== there.textContent) here.textContent = there.textContent;
    here.hidden = there.hidden;
  }
  const picture = (page) => page.querySelector(".asked > .symbol");
  if (picture(document) && picture(fresh)) picture(document).src = picture(fresh).getAttribute("src");
  document.title = fresh.title;
  words.mark = fresh.getElementById("room").dataset.mark;
  wantsNew = false;
  if (before) {
    putBack(before);
    own().querySelectorAll("details").forEach((each, place) => {
      each.open ||= wasOpen.has(place);
    });
  }
  if (at) document.getElementById(at)?.focus();
  await showWaiting();
}

const address = () => `/room/${words.key}`;

async function showWaiting() {
  const list = own().querySelector("[data-own-cards]");
  if (!list) return;
  for (const each of list.querySelectorAll(".pending")) each.remove();
  const kept = (await queue.waiting()).filter((each) => each.key === words.key && each.text);
  for (const each of kept) list.prepend(cardWith(each.text, words.kept));
  list.closest("section").hidden = !list.children.length;
}

function cardWith(text, note, isProblem = false) {
  const card = document.createElement("li");
  card.className = isProblem ? "room-card refused" : "room-card pending";
  const said = document.createElement("span");
  said.className = "card-words";
  said.dir = "auto";
  said.textContent = text;
  const why = document.createElement("span");
  why.className = isProblem ? "problem" : "quiet";
  why.textContent = note;
  card.append(said, why);
  return card;
}

async function onAnswer({ what, refused }) {
  if (!refused) {
    if (what.kind === "card") say(words.sent);
    return;
  }
  say(refused, true);
  if (what.kind !== "card" || !what.text) return;
  if (what.key === words.key && box() && !box().readOnly && !box().value) {
    box().value = what.text; // all of it, to be made shorter
    box().focus();
  } else {
    const list = own().querySelector("[data-own-cards]");
    list?.prepend(cardWith(what.text, refused, true));
    if (list) list.closest("section").hidden = false;
  }
}

const onLost = () => say(words.noConnection);

async function deliver() {
  const before = (await queue.waiting()).length;
  if (!before) return;
  const all = await queue.send(onAnswer, onLost);
  if (all && !says.classList.contains("problem")) await refresh().catch(() => {});
  else await showWaiting();
}

function missing(form) {
  if (!form.matches(".own-card")) return "";
  if (!form.elements.text.value.trim() && !form.elements.picture.value) return words.nothing;
  if (form.elements.column && !form.elements.column.value) return words.noColumn;
  return "";
}

async function onSubmit(event) {
  const form = event.target;
  const kind = form.dataset.op;
  if (!kind) return;
  event.preventDefault();
  const problem = missing(form);
  if (problem) return say(problem, true);
  say("");
  const body = new URLSearchParams(new FormData(form));
  const { submitter } = event;
  if (submitter?.name) body.set(submitter.name, submitter.value);
  if (kind === "next") return nextPerson(form);
  const what = { kind, key: words.key, address: form.action, body: body.toString(), text: "" };
  if (kind === "card") {
    what.text = form.elements.text?.value.trim() || "";
    form.elements.id.value = queue.newId();
    if (form.matches(".own-card")) empty(form);
  }
  if (kind === "vote") form.elements.id.value = queue.newId();
  if (submitter?.matches(".pick")) {
    for (const each of form.querySelectorAll(".pick")) {
      if (each === submitter || !form.matches(".feelings")) each.setAttribute("aria-pressed", String(each === submitter));
    }
  }
  await queue.add(what);
  await showWaiting();
  await deliver();
}

function empty(form) {
  form.elements.text.value = "";
  for (const each of form.querySelectorAll('[name="picture"]')) each.checked = each.value === "";
  for (const each of form.querySelectorAll('[name="column"]')) each.checked = false;
}

// The next person has a page and a key of their own, with or without a connection.
async function nextPerson(form) {
  const key = queue.newKey();
  await queue.add({ kind: "next", key, address: form.action, body: new URLSearchParams({ new_key: key }).toString(), text: "" });
  const before = address();
  words.key = key;
  words.news = `${address()}/news`;
  history.replaceState(null, "", address()); // the way back must not lead to somebody else's cards
  for (const each of document.querySelectorAll("form[data-op]")) {
    each.setAttribute("action", each.getAttribute("action").replace(before, address()));
  }
  for (const each of document.querySelectorAll(`a[href^="${before}"]`)) {
    each.setAttribute("href", each.getAttribute("href").replace(before, address()));
  }
  const card = own().querySelector(".own-card");
  if (card) empty(card);
  for (const each of own().querySelectorAll("[data-own-cards] li")) each.remove();
  for (const each of own().querySelectorAll(".pick")) each.setAttribute("aria-pressed", "false");
  const name = document.getElementById("name");
  if (name) name.value = "";
  await showWaiting();
  await deliver();
  say(words.nextReady);
  document.getElementById("heading").scrollIntoView();
}

document.addEventListener("submit", onSubmit);
addEventListener("online", () => {
  queue.sendSoon();
  deliver();
});

await showWaiting();
deliver();
follow(
  async (news) => {
    if (news.mark === words.mark && !wantsNew) return;
    if (isWriting() && !own().querySelector(".own-card")?.elements.activity.value.match(news.activity)) {
      if (!wantsNew) say(words.new);
      wantsNew = true;
    } else await refresh();
  },
  (isThere) => {
    say(isThere ? words.back : words.noConnection);
    if (isThere) {
      queue.sendSoon();
      deliver();
    }
  },
);
