// Reads a question and its answers aloud, lighting up each word. Only with a voice that is on the device:
// a voice from the network would send the words away.
const heading = document.querySelector("[data-listen]");
const synth = window.speechSynthesis;
const language = document.documentElement.lang;
let button = null;
let lit = null;

function voice() {
  return synth.getVoices().find((each) => each.localService && each.lang.toLowerCase().startsWith(language));
}

function light(element) {
  lit?.classList.remove("read-now");
  lit = element;
  lit?.classList.add("read-now");
}

// Each word in a span of its own, with the place where it begins.
function words(element) {
  if (!element.dataset.words) {
    const text = element.textContent.trim();
    const target = element.querySelector("label") ?? element;
    target.replaceChildren(
      ...text.split(/(\s+)/).map((part) => {
        if (!part.trim()) return document.createTextNode(part);
        const span = document.createElement("span");
        span.textContent = part;
        return span;
      }),
    );
    element.dataset.words = "yes";
  }
  let at = 0;
  return [...(element.querySelector("label") ?? element).childNodes].map((node) => {
    const place = { node, start: at };
    at += node.textContent.length;
    return place;
  });
}

function stop() {
  synth.cancel();
  light(null);
  button.setAttribute("aria-pressed", "false");
  button.lastChild.textContent = heading.dataset.listen;
}

function read(parts) {
  const part = parts.shift();
  if (!part) return stop();
  const places = words(part);
  const utterance = new SpeechSynthesisUtterance(part.textContent);
  utterance.voice = voice();
  utterance.lang = language;
  utterance.rate = 0.9;
  utterance.onboundary = (event) => {
    const here = places.filter((place) => place.start <= event.charIndex && place.node.nodeType === 1).pop();
    if (here) light(here.node);
  };
  utterance.onend = () => button.getAttribute("aria-pressed") === "true" && read(parts);
  utterance.onerror = stop;
  synth.speak(utterance);
}

function offer() {
  if (button || !voice()) return;
  button = document.createElement("button");
  button.type = "button";
  button.className = "listen";
  button.setAttribute("aria-pressed", "false");
  button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l5 5V4L7 9zm13.5 3a4.5 4.5 0 0 0-2.5-4v8a4.5 4.5 0 0 0 2.5-4zM14 3.2v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6z"/></svg>';
  button.append(document.createTextNode(heading.dataset.listen));
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return stop();
    button.setAttribute("aria-pressed", "true");
    button.lastChild.textContent = heading.dataset.stop;
    read([...document.querySelectorAll(".spoken")]);
  });
  heading.querySelector(".asked-words").append(button);
}

if (heading && synth) {
  offer();
  synth.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => synth.cancel());
}
