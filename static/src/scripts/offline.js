// Asks a whole survey on a tablet that may have no connection. The questions are the pages that the server makes;
// this script shows one after the other, keeps what is said while somebody answers, seals it when they send it,
// and begins anew for the next person.
const tablet = document.getElementById("tablet");
const { link, language } = tablet.dataset;
const queue = await import(tablet.dataset.queue);
const routing = await import(tablet.dataset.routing);
const { prepare, questionsOf } = await import(tablet.dataset.getReady);
const { makeRoom } = await import(tablet.dataset.makingRoom);
const main = document.getElementById("main");
const startTitle = document.title;
const place = `answering:${link}`;
const IDLE_MS = 120000;

let survey = null;
let person = null; // who is answering now: { id, saidBy, at, answers }
let idle = null;
let stopWaiting = () => {};

// What somebody has said so far, on this tablet until they send it or stop.

function remember() {
  try {
    sessionStorage.setItem(place, JSON.stringify(person));
  } catch {
    // Full or forbidden: they are still on this page.
  }
}

function forget() {
  person = null;
  sessionStorage.removeItem(place);
}

function begun() {
  return JSON.parse(sessionStorage.getItem(place) ?? "null");
}

// Screens. What somebody answered is never shown again: others hold this tablet too, and it is not known who does.

function show(html) {
  stopWaiting();
  const screen = document.createElement("template");
  screen.innerHTML = html;
  tablet.hidden = true;
  for (const other of [...main.children]) if (other !== tablet) other.remove();
  main.append(screen.content);
  scrollTo(0, 0);
  const heading = main.querySelector(":scope > :not(#tablet) h1");
  document.title = `${heading.textContent.trim()} – Golden Thread`;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  for (const button of main.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(button.dataset.go));
}

function go(where) {
  if (where === "next") nextPerson();
  else showPlace();
}

// Somebody who is answering may put the tablet down and walk away. Whoever takes it up says who they are.
function waitForTouch() {
  const place = document.getElementById("making-room").content.firstElementChild.cloneNode(true);
  tablet.after(place);
  stopWaiting = makeRoom(place, () => show(survey.screens.unfinished));
}

function nextPerson() {
  stopWaiting();
  clearTimeout(idle);
  forget();
  for (const other of [...main.children]) if (other !== tablet) other.remove();
  document.getElementById("begin").reset();
  document.title = startTitle;
  tablet.hidden = false;
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  tell();
}

function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function showPlace() {
  if (person.at === "check") return showCheck();
  const asked = routing.path(survey.questions, person.answers);
  const question = asked.find((each) => each.concept === person.at) ?? asked[0];
  showQuestion(question, asked);
}

function showQuestion(question, asked) {
  person.at = question.concept;
  remember();
  show(question.html);
  const form = main.querySelector("form.question");
  const position = asked.indexOf(question) + 1;
  const count = asked.length + routing.stillToCome(survey.questions, person.answers, question.concept);
  form.querySelector(".where").textContent = fill(question.where, {
    position: survey.numbers[position],
    count: survey.numbers[count],
  });
  drawThread(form.querySelector(".thread"), asked, position, count);
  form.querySelector('[name="go"][value="later"]')?.closest("p").remove(); // later is not on this tablet
  if (!person.answers[question.concept]) form.querySelector(".answered-before").remove();
  waitForTouch();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pressed(question, form, event.submitter);
  });
}

function drawThread(thread, asked, position, count) {
  thread.replaceChildren(
    ...Array.from({ length: count }, (_, at) => {
      const knot = document.createElement("li");
      const isDone = at < asked.length && person.answers[asked[at].concept];
      knot.className = at + 1 === position ? "here" : isDone ? "done" : "open";
      return knot;
    }),
  );
}

function renumber(list, form) {
  form.elements.untouched?.remove();
  [...list.children].forEach((row, at) => {
    row.querySelector('input[name^="rank-"]').value = at + 1;
    row.querySelector(".rank").textContent = survey.numbers[at + 1] ?? at + 1;
  });
}

function move(form, button) {
  const row = button.closest("li");
  const other = button.value.startsWith("up-") ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.value.startsWith("up-")) other.before(row);
  else other.after(row);
  renumber(row.parentElement, form);
  button.focus();
  const status = form.querySelector("#moved");
  if (!status) return;
  const rank = row.querySelector(".rank").textContent;
  status.textContent = fill(status.dataset.moved, { name: row.dataset.name, place: rank });
}

function pressed(question, form, button) {
  if (button?.name === "move") return move(form, button);
  const step = button?.name === "go" ? button.value : "continue";
  const filled = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const isEmpty = Object.keys(filled).length === 0 || (filled.untouched && !filled.answer);
  const asItWas = person.answers[question.concept] && isEmpty;
  if (step === "stop") {
    forget();
    return show(survey.screens.stopped);
  }
  if (step === "skip") delete person.answers[question.concept];
  else if (!asItWas) {
    const problem = routing.problemWith(question, filled, survey.months);
    if (step === "continue" && problem) return showProblem(question, form, filled, problem);
    if (!problem && question.kind !== "information" && !(step === "back" && isEmpty)) {
      person.answers[question.concept] = { language, form: filled };
    }
  }
  remember();
  step === "back" ? goBack(question) : goOn(question);
}

function goOn(question) {
  const asked = routing.path(survey.questions, person.answers);
  if (routing.stopsHere(question, person.answers)) {
    if (question.kind === "consent" && !person.answers[question.concept]) return showQuestion(question, asked);
    forget();
    return show(survey.screens.stopped);
  }
  const next = asked[asked.findIndex((each) => each.concept === question.concept) + 1];
  if (next) showQuestion(next, asked);
  else showCheck();
}

function goBack(question) {
  const asked = routing.path(survey.questions, person.answers);
  const at = asked.findIndex((each) => each.concept === question.concept);
  showQuestion(asked[Math.max(at - 1, 0)], asked);
}

function showProblem(question, form, filled, code) {
  const length = new Intl.NumberFormat(survey.locale).format(routing.lengthOf(question, filled));
  const words = (question.problems[code] ?? survey.problems[code]).replace(survey.unknown_length, length);
  let note = form.querySelector("#problem");
  if (!note) {
    note = document.createElement("p");
    note.id = "problem";
    note.className = "problem";
    note.setAttribute("role", "alert");
    form.querySelector(".buttons").before(note);
  }
  note.textContent = `! ${words}`;
  form.querySelector("#first-field")?.focus();
  note.scrollIntoView({ block: "center" });
}

function showCheck() {
  person.at = "check";
  remember();
  show(survey.screens.check);
  waitForTouch();
  const asked = routing.path(survey.questions, person.answers).filter((each) => each.kind !== "information");
  const list = document.getElementById("answers");
  for (const question of asked) {
    const row = document.createElement("div");
    const [term, state, change] = ["dt", "dd", "dd"].map((name) => document.createElement(name));
    term.textContent = question.title;
    state.textContent = person.answers[question.concept] ? list.dataset.answered : list.dataset.open;
    state.className = "quiet";
    change.className = "change";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "as-link";
    button.textContent = list.dataset.change;
    button.setAttribute("aria-label", `${list.dataset.change}: ${question.title}`);
    button.addEventListener("click", () => {
      person.at = question.concept;
      showPlace();
    });
    change.append(button);
    row.append(term, state, change);
    list.append(row);
  }
  document.getElementById("check-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "back") return showQuestion(asked.at(-1), routing.path(survey.questions, person.answers));
    finish(asked);
  });
}

let finishing = false;

async function finish(asked) {
  if (finishing) return;
  const problem = document.getElementById("problem");
  const saying = asked.filter((each) => each.kind !== "consent" && person.answers[each.concept]);
  if (!saying.length) {
    problem.textContent = problem.dataset.nothing;
    problem.hidden = false;
    return;
  }
  finishing = true;
  const pages = asked
    .filter((each) => person.answers[each.concept])
    .map((each) => ({ concept: each.concept, ...person.answers[each.concept] }));
  const told = { round: survey.round, language, said_by: person.saidBy, pages };
  try {
    await queue.keep(link, person.id, told, survey.key);
    forget();
    show(survey.screens.thanks);
    idle = setTimeout(nextPerson, IDLE_MS);
    send();
  } catch {
    problem.textContent = tablet.dataset.full;
    problem.hidden = false;
    problem.scrollIntoView({ block: "center" });
  } finally {
    finishing = false;
  }
}

// What waits and what was sent.

async function tell(state = "") {
  const now = await queue.counts(link);
  const number = new Intl.NumberFormat(survey?.locale ?? language);
  const words = [
    fill(tablet.dataset.counts, { waiting: number.format(now.waiting), sent: number.format(now.sent) }),
    state === "sending" && now.waiting ? tablet.dataset.sending : "",
    state === "no-connection" && now.waiting ? tablet.dataset.noConnection : "",
    state === "done" && now.sent && !now.waiting ? tablet.dataset.allSent : "",
  ];
  const counts = document.getElementById("counts");
  counts.textContent = words.filter(Boolean).join(" ");
  Object.assign(counts.dataset, { waiting: now.waiting, sent: now.sent });
  const list = document.getElementById("problems");
  list.hidden = now.problems.length === 0;
  list.replaceChildren(
    ...now.problems.map((problem) => {
      const line = document.createElement("li");
      line.textContent = `${problem} ${tablet.dataset.stays}`;
      return line;
    }),
  );
}

function send() {
  return queue.send(link, language, tell);
}

async function begin(event) {
  event.preventDefault();
  const first = routing.path(survey.questions, {})[0];
  const saidBy = new FormData(event.target).get("said_by");
  person = { id: crypto.randomUUID(), saidBy, at: first.concept, answers: {} };
  showPlace();
}

async function sendWhatWaits() {
  document.getElementById("send-now").addEventListener("click", send);
  window.addEventListener("online", () => {
    queue.sendSoon();
    send();
  });
  await tell();
  send();
}

async function start() {
  const canKeep = "serviceWorker" in navigator && "indexedDB" in window && crypto.subtle;
  document.getElementById("state").hidden = false;
  if (tablet.dataset.over) {
    if (canKeep) await sendWhatWaits();
    return;
  }
  if (canKeep) {
    survey = await (await fetch(questionsOf(language))).json();
    document.getElementById("begin").addEventListener("submit", begin);
    document.getElementById("begin").hidden = false;
    person = begun();
    // To change the language, people leave this page for another one and go on there.
    const isMoving = sessionStorage.getItem(`${place} moving`) === "yes";
    sessionStorage.removeItem(`${place} moving`);
    for (const other of document.querySelectorAll("a.language")) {
      other.addEventListener("click", () => person && sessionStorage.setItem(`${place} moving`, "yes"));
    }
    if (person && isMoving) showPlace();
    else if (person) show(survey.screens.unfinished);
    await sendWhatWaits();
  }
  await prepare();
}

start();
