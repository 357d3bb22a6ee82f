// Reads a page aloud, lighting up each word. Only with a voice that is on the device: a voice from the network would
// send the words away. Words are lit by ranges over the page's own text, so links, boxes and what other scripts hold
// on to stay as they are; a browser that knows no such ranges lights the whole line.
const main = document.getElementById("main");
const synth = window.speechSynthesis;
const lights = globalThis.Highlight && globalThis.CSS?.highlights;
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, legend, label, summary, blockquote, button, a.button";
// What is not read: what nobody sees, the menu of languages, a link as long as a line, and what says the same again.
const PASSED_OVER = [
  "[hidden], [aria-hidden=true], script, style, noscript, textarea, select, audio, video",
  "details:not([open]) > :not(summary)",
  ".listen, .languages, .long-link, .change, .tablet-state, .next-person",
].join();
// A question page is long: there the question and its answers are read, and what to do about a problem.
const OF_A_QUESTION = ".spoken, .note, .problem-summary h2, .problem-summary a, #problem";
let button = null;
let lit = null;
let isReading = false;

function voice(language) {
  return synth.getVoices().find((each) => each.localService && each.lang.toLowerCase().startsWith(language));
}

function unlight() {
  lights?.delete("read-now");
  lit?.classList.remove("read-now");
  lit = null;
}

function light(part, word) {
  unlight();
  if (lights) {
    const range = document.createRange();
    range.setStart(word.node, word.from);
    range.setEnd(word.node, word.to);
    lights.set("read-now", new Highlight(range));
  } else {
    lit = part.block;
    lit.classList.add("read-now");
  }
}

// The lines of the page, in order: each is a block and its words, with their places in the page and in what is said.
function lines() {
  const blocks = main.querySelector(".asked") ? OF_A_QUESTION : BLOCKS;
  const passedOver = main.querySelector(".problem-summary") ? `${PASSED_OVER}, #problem` : PASSED_OVER;
  const found = new Map();
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const near = node.parentElement;
    const block = near.closest(blocks);
    if (!block || near.closest(passedOver) || !near.getClientRects().length) continue;
    const part = found.get(block) ?? { block, words: [], text: "", language: block.closest("[lang]").lang };
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      if (part.text) part.text += " ";
      part.words.push({ node, from: index, to: index + word.length, start: part.text.length });
      part.text += word;
    }
    if (part.text) found.set(block, part);
  }
  return [...found.values()];
}

function stop() {
  if (!isReading) return;
  isReading = false;
  synth.cancel();
  unlight();
  button.setAttribute("aria-pressed", "false");
  button.lastChild.textContent = main.dataset.listen;
}

// What people wrote in a language that the device has no voice for is passed over.
function read(parts) {
  const part = parts.shift();
  if (!part) return stop();
  const speaker = voice(part.language);
  if (!speaker) return read(parts);
  const utterance = new SpeechSynthesisUtterance(part.text);
  utterance.voice = speaker;
  utterance.lang = part.language;
  utterance.rate = 0.9;
  utterance.onboundary = (event) => {
    const word = part.words.findLast((each) => each.start <= event.charIndex);
    if (word?.node.isConnected) light(part, word);
  };
  utterance.onend = () => isReading && read(parts);
  utterance.onerror = stop;
  synth.speak(utterance);
}

function made() {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "listen";
  made.setAttribute("aria-pressed", "false");
  made.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l5 5V4L7 9zm13.5 3a4.5 4.5 0 0 0-2.5-4v8a4.5 4.5 0 0 0 2.5-4zM14 3.2v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6z"/></svg>';
  made.append(document.createTextNode(main.dataset.listen));
  made.addEventListener("click", () => {
    if (isReading) return stop();
    isReading = true;
    made.setAttribute("aria-pressed", "true");
    made.lastChild.textContent = main.dataset.stop;
    read(lines());
  });
  return made;
}

// On the screen that is shown: a tablet without a connection puts one after the other into the page.
function offer() {
  const heading = [...main.querySelectorAll("h1")].find((each) => !each.closest("[hidden]"));
  if (!heading || !voice(document.documentElement.lang)) return;
  if (button?.isConnected && button.parentElement === heading.parentElement) return;
  stop();
  button?.remove();
  button = made();
  const words = heading.closest(".asked-words");
  if (words) words.append(button);
  else heading.after(button);
}

if (main?.dataset.listen && synth) {
  offer();
  synth.addEventListener?.("voiceschanged", offer);
  new MutationObserver(offer).observe(main, { childList: true });
  window.addEventListener("pagehide", () => synth.cancel());
}
