// A drawing: with a finger, a pen or a mouse, or with keys alone. All that was drawn is a list of acts, so that each can
// be taken back, also after a reload; the picture goes to the server after every pause.
const capture = document.querySelector(".capture");
const form = capture.closest("form");
const template = capture.querySelector("#drawing-board");
const words = template.dataset;
const says = capture.querySelector(".capture-says");
const board = template.content.firstElementChild.cloneNode(true);
const canvas = board.querySelector("canvas");
const paper = board.querySelector(".paper");
const pen = board.querySelector(".pen");
const emptyPaper = board.querySelector('[name="empty_paper"]');
const brush = canvas.getContext("2d");
const shared = form.dataset.shared === "yes";
const place = `drawing:${capture.dataset.fileAddress}`;

const COLOURS = {
  black: "#1f2430",
  red: "#c8102e",
  orange: "#e87722",
  yellow: "#ffc600",
  green: "#1b7f3b",
  blue: "#0a5fb4",
  purple: "#6b2c91",
  brown: "#7a4a21",
  white: "#ffffff",
};
const LINES = { thin: 6, middle: 14, thick: 34 };
const STAMP = 200;
const STEP = 16;
const PAUSE_MS = 1200;

let acts = remembered(); // {line, colour, points: [x, y, pressure, …]} or {stamp, at: [x, y]} or {clear} or, first, {ground}
let ground = null; // the drawing that the server has, where its acts are not on this device
let drawing = null; // the line under way
let at = [canvas.width / 2, canvas.height / 2];
let isDown = false;
let saving = null;
let touched = false;

const chosen = (name) => board.querySelector(`[name="tool-${name}"]:checked`).value;

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? [];
  } catch {
    return [];
  }
}

function remember() {
  if (shared) return;
  try {
    sessionStorage.setItem(place, JSON.stringify(acts));
  } catch {
    // Full: the drawing itself is on its way to the server.
  }
}

function paint() {
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  if (ground) brush.drawImage(ground, 0, 0, canvas.width, canvas.height);
  acts.forEach(perform);
}

function perform(act) {
  if (act.ground) return;
  if (act.clear) {
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
  } else if (act.stamp) {
    const picture = board.querySelector(`[name="tool-stamp"][value="${act.stamp}"]`)?.parentElement.querySelector("img");
    if (picture?.complete) brush.drawImage(picture, act.at[0] - STAMP / 2, act.at[1] - STAMP / 2, STAMP, STAMP);
  } else {
    for (let from = 0; from < act.points.length; from += 3) segment(act, Math.max(0, from - 3), from);
  }
}

function segment({ line, colour, points }, from, to) {
  brush.strokeStyle = COLOURS[colour];
  brush.lineCap = brush.lineJoin = "round";
  brush.lineWidth = LINES[line] * (0.4 + 1.2 * points[to + 2]);
  brush.beginPath();
  brush.moveTo(points[from], points[from + 1]);
  brush.lineTo(points[to], points[to + 1]);
  brush.stroke();
}

function add(x, y, pressure) {
  const { points } = drawing;
  points.push(Math.round(x), Math.round(y), Math.round(pressure * 100) / 100);
  segment(drawing, Math.max(0, points.length - 6), points.length - 3);
}

function startLine(x, y, pressure) {
  drawing = { line: chosen("line"), colour: chosen("colour"), points: [] };
  add(x, y, pressure);
}

function endLine() {
  if (!drawing) return;
  done(drawing);
  drawing = null;
}

function done(act) {
  if (ground && !acts.length) acts.push({ ground: true });
  acts.push(act);
  changed();
}

function stamp(x, y) {
  const act = { stamp: chosen("stamp"), at: [Math.round(x), Math.round(y)] };
  perform(act);
  done(act);
}

const isEmpty = () => acts.at(-1)?.clear || (acts.length === 0 && !ground);

// Tells the server to let go of an earlier drawing.
function mark() {
  emptyPaper.value = "yes";
  emptyPaper.disabled = !(acts.at(-1)?.clear || (touched && isEmpty()));
}

function changed() {
  touched = true;
  remember();
  mark();
  clearTimeout(saving);
  saving = setTimeout(save, PAUSE_MS);
}

async function save() {
  clearTimeout(saving);
  saving = null;
  if (isEmpty()) {
    says.textContent = "";
    return;
  }
  says.classList.remove("problem");
  says.textContent = words.saving;
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  form.dispatchEvent(new CustomEvent("file-given", { detail: { blob } }));
}

// Fingers, pens and mice.

function spot(event) {
  const frame = canvas.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * canvas.width;
  const y = ((event.clientY - frame.top) / frame.height) * canvas.height;
  return [x, y, event.pointerType === "pen" && event.pressure ? event.pressure : 0.5];
}

canvas.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button > 0) return;
  endLine();
  isDown = false;
  const [x, y, pressure] = spot(event);
  movePen(x, y);
  if (chosen("stamp")) return stamp(x, y);
  canvas.setPointerCapture(event.pointerId);
  startLine(x, y, pressure);
});
canvas.addEventListener("pointermove", (event) => {
  if (!drawing || isDown || !event.isPrimary) return;
  const passed = event.getCoalescedEvents?.() ?? [];
  for (const each of passed.length ? passed : [event]) add(...spot(each));
  movePen(...spot(event));
});
for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => !isDown && endLine());

// Keys.

function movePen(x, y) {
  at = [Math.min(canvas.width, Math.max(0, x)), Math.min(canvas.height, Math.max(0, y))];
  pen.style.insetInlineStart = `${(at[0] / canvas.width) * 100}%`;
  pen.style.insetBlockStart = `${(at[1] / canvas.height) * 100}%`;
}

function setPen(down) {
  endLine();
  isDown = down;
  pen.classList.toggle("down", down);
  if (down) startLine(at[0], at[1], 0.5);
  says.classList.remove("problem");
  says.textContent = down ? words.penDown : words.penUp;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

canvas.addEventListener("keydown", (event) => {
  if (event.altKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const step = event.shiftKey ? STEP * 5 : STEP;
    movePen(at[0] + arrow[0] * step, at[1] + arrow[1] * step);
    if (isDown) {
      add(at[0], at[1], 0.5);
      clearTimeout(saving);
    }
  } else if (event.key === " ") setPen(!isDown);
  else if (event.key === "Enter") {
    if (chosen("stamp")) stamp(...at);
    else setPen(!isDown);
  } else if (event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey))) undo();
  else if (/^[1-9]$/.test(event.key)) board.querySelectorAll('[name="tool-colour"]')[event.key - 1].click();
  else return;
  event.preventDefault();
});
canvas.addEventListener("blur", () => isDown && setPen(false));
// Enter on a colour must not go to the next page.
board.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && event.preventDefault());
board.addEventListener("change", () => isDown && setPen(true)); // goes on in the new colour

function undo() {
  if (isDown) setPen(false);
  if (!acts.length || acts.at(-1).ground) return;
  acts.pop();
  paint();
  changed();
}

board.querySelector('[data-do="undo"]').addEventListener("click", undo);
board.querySelector('[data-do="clear"]').addEventListener("click", () => {
  if (isDown) setPen(false);
  if (isEmpty()) return;
  done({ clear: true });
  paint();
});

form.addEventListener("file-kept", () => {
  says.textContent = words.saved;
});

// Whoever goes on has the drawing saved first: deliver.js holds the page until it is.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form) return;
    if (["skip", "remove", "stop"].includes(event.submitter?.value)) {
      clearTimeout(saving);
      saving = null;
      acts = [];
      remember();
      return;
    }
    endLine();
    if (saving === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter ?? form.querySelector('.buttons button[value="continue"]');
    // Not at once: a form takes no second sending while it is still asking about the first.
    setTimeout(() => save().then(() => form.requestSubmit(pressed)));
  },
  true,
);

template.before(board);
paper.after(says);
movePen(...at);
mark();
if (capture.dataset.given) {
  const earlier = capture.querySelector(".given img");
  // What was drawn on top of it is in it by now.
  if (acts[0]?.ground) acts = [];
  if (acts.length === 0) {
    await earlier.decode().then(
      () => {
        ground = earlier;
      },
      () => {},
    );
  }
  earlier.hidden = true;
}
paint();
if (acts.some((act) => act.stamp)) {
  await Promise.allSettled([...board.querySelectorAll("img")].map((each) => each.decode()));
  paint();
}
// A photo of a drawing on paper goes the same way.
capture.querySelector('.choose-file input').addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  acts = [];
  remember();
  form.addEventListener("file-kept", () => location.reload(), { once: true });
  form.dispatchEvent(new CustomEvent("file-given", { detail: { blob: file } }));
});
