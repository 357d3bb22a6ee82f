// Records on the page: record, stop, hear it, record again. Each second that was recorded is kept on this device at once
// (deliver.js), so that a page that ends while somebody speaks loses no more than a second.
const capture = document.querySelector(".capture");
const form = capture.closest("form");
const template = capture.querySelector("#recorder");
const words = template.dataset;
const says = capture.querySelector(".capture-says");
const chooser = capture.querySelector(".choose-file");
const recorder = template.content.firstElementChild.cloneNode(true);
const time = recorder.querySelector(".recorder-time");
const bar = recorder.querySelector(".recorder-bar");
const sound = new Audio();
const LONGEST = 180;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
let machine = null;
let began = 0;
let ticking = null;
let seconds = 0;
let timed = false; // this page took the time itself: a browser may not yet know how long its own recording is
let goOnWith = null; // the button that was pressed while recording
const unit = (name) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: name, unitDisplay: "long" });
const minutes = unit("minute");
const rest = unit("second");

const button = (name) => recorder.querySelector(`[data-do="${name}"]`);

function show(...names) {
  for (const each of recorder.querySelectorAll("[data-do]")) each.hidden = !names.includes(each.dataset.do);
}

function long(whole) {
  const parts = [];
  if (whole >= 60) parts.push(minutes.format(Math.floor(whole / 60)));
  if (whole < 60 || whole % 60) parts.push(rest.format(whole % 60));
  return parts.join(" ");
}

function showTime(now, of = LONGEST) {
  time.textContent = long(Math.floor(now));
  bar.max = Math.max(1, of);
  bar.value = now;
  bar.setAttribute("aria-valuetext", time.textContent);
}

function say(what) {
  says.classList.remove("problem");
  says.textContent = what;
}

function begin() {
  show("record");
  showTime(0);
  say(words.ready);
}

async function record() {
  sound.pause();
  say(words.asking);
  let microphone;
  try {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    say(words.noMicrophone);
    chooser.hidden = false;
    chooser.querySelector("input").focus();
    return;
  }
  const parts = [];
  const type = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  machine = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: 48_000 });
  machine.ondataavailable = ({ data }) => {
    if (!data.size) return;
    form.dispatchEvent(new CustomEvent("file-part", { detail: { blob: data, first: parts.length === 0 } }));
    parts.push(data);
  };
  machine.onstop = () => {
    for (const track of microphone.getTracks()) track.stop();
    clearInterval(ticking);
    machine = null;
    give(new Blob(parts, { type: parts[0]?.type ?? type }), true);
  };
  machine.onstart = () => {
    began = performance.now();
    ticking = setInterval(tick, 200);
    show("stop");
    button("stop").focus();
    say(words.recording);
  };
  machine.start(1000);
}

function tick() {
  seconds = Math.min(LONGEST, (performance.now() - began) / 1000);
  showTime(seconds);
  if (seconds >= LONGEST) {
    stop();
    say(words.full);
  }
}

function stop() {
  if (machine?.state === "recording") machine.stop();
}

function give(blob, inParts) {
  if (!blob.size) return begin();
  timed = inParts;
  ready(URL.createObjectURL(blob));
  if (seconds < LONGEST) say(words.saving);
  form.dispatchEvent(new CustomEvent("file-given", { detail: { blob, inParts } }));
  if (goOnWith) {
    const pressed = goOnWith;
    goOnWith = null;
    form.requestSubmit(pressed);
  }
}

// Something is there to be heard.
function ready(source) {
  if (sound.src.startsWith("blob:")) URL.revokeObjectURL(sound.src);
  sound.src = source;
  capture.querySelector(".given")?.remove();
  show("play", "again", "remove");
  showTime(seconds, seconds);
  if (recorder.contains(document.activeElement) || document.activeElement === document.body) button("play").focus();
}

recorder.addEventListener("click", (event) => {
  switch (event.target.closest("button")?.dataset.do) {
    case "record":
    case "again":
      return record();
    case "stop":
      return stop();
    case "play":
      return sound.play();
    case "pause":
      return sound.pause();
  }
});

sound.onplay = () => {
  show("pause", "again", "remove");
  button("pause").focus();
};
sound.onpause = sound.onended = () => {
  if (machine) return;
  showTime(seconds, seconds);
  show("play", "again", "remove");
  button("play").focus();
};
sound.ontimeupdate = () => {
  if (!sound.paused) showTime(sound.currentTime, Number.isFinite(sound.duration) ? sound.duration : seconds);
};
sound.onloadedmetadata = () => {
  if (timed || !Number.isFinite(sound.duration)) return;
  seconds = sound.duration;
  if (sound.paused) showTime(seconds, seconds);
};

form.addEventListener("file-found", ({ detail }) => {
  ready(URL.createObjectURL(detail.blob));
  say(words.saving);
});
form.addEventListener("file-kept", () => say(words.saved));
form.addEventListener("file-refused", () => {
  show("record");
  showTime(0);
  chooser.hidden = false;
});

chooser.querySelector("input").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  give(file, false);
  target.value = "";
});

// Whoever goes on while recording has said what they wanted to say.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form || machine?.state !== "recording") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    goOnWith = event.submitter ?? form.querySelector('.buttons button[value="continue"]');
    stop();
  },
  true,
);
window.addEventListener("pagehide", stop);

template.before(recorder);
if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") {
  recorder.querySelector(".capture-buttons").hidden = true; // a file can be chosen, or words written
  recorder.hidden = true;
} else {
  chooser.hidden = capture.dataset.given === undefined && !form.querySelector("#problem");
}
if (capture.dataset.given) {
  ready(capture.dataset.given);
  say(words.saved);
} else if (!recorder.hidden) begin();
