// Follows a session: asks the server for what is new, which answers as soon as there is something, and asks again. After
// a lost connection it goes on by itself. All times are the server's: the clock of this device is never looked at.
const root = document.getElementById("room");
const timer = document.getElementById("timer");
const AGAIN_MS = 1000;
const LONG_MS = 40000;
const shown = new Map(); // the pieces of the page as they came last
const waiting = new Map(); // pieces that wait until nobody writes in them
let asking = null;
let isLost = false;
let ends = null; // by the clock that only counts on, in ms
let ticking = null;

const number = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function isBusy(part) {
  const at = document.activeElement;
  return part.contains(at) && at.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

function put(id, html) {
  const part = document.getElementById(id);
  if (!part || shown.get(id) === html) return;
  if (isBusy(part)) {
    waiting.set(id, html);
    return;
  }
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.innerHTML = html;
  shown.set(id, html);
  waiting.delete(id);
  if (focused) document.getElementById(focused)?.focus();
}

document.addEventListener("focusout", () => setTimeout(() => waiting.forEach((html, id) => put(id, html))));

function say() {
  const left = ends === null ? 0 : Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  const words = left ? timer.dataset.minutes.replace("{}", number(Math.ceil(left / 60))) : timer.dataset.over;
  if (timer.textContent !== words) timer.textContent = words;
}

export function showTimer(seconds, held) {
  if (!timer) return;
  clearInterval(ticking);
  timer.hidden = seconds === null;
  if (seconds === null) return;
  ends = performance.now() + seconds * 1000;
  say();
  if (!held) ticking = setInterval(say, 1000);
}

async function ask() {
  asking = new AbortController();
  const tooLong = setTimeout(() => asking.abort(), LONG_MS);
  try {
    const address = `${root.dataset.news}?seen=${root.dataset.revision}&lang=${document.documentElement.lang}`;
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(`no news just now: ${answer.status}`);
    return await answer.json();
  } finally {
    clearTimeout(tooLong);
  }
}

// Calls `onNews` with the news that came, and `onConnection` with whether there is one, when that changes.
export async function follow(onNews = () => {}, onConnection = () => {}) {
  for (;;) {
    try {
      const news = await ask();
      if (isLost) onConnection(true);
      isLost = false;
      if (String(news.revision) !== root.dataset.revision) {
        root.dataset.revision = news.revision;
        for (const [id, html] of Object.entries(news.parts)) put(id, html);
        showTimer(news.seconds, news.held);
      }
      await onNews(news);
    } catch {
      if (!isLost) onConnection(false);
      isLost = true;
      await pause(AGAIN_MS);
    }
  }
}

// A request that was under way when the connection went would wait for an answer that never comes.
for (const event of ["offline", "online"]) addEventListener(event, () => asking?.abort());

if (timer && timer.dataset.seconds) showTimer(Number(timer.dataset.seconds), "held" in timer.dataset);
