// What somebody did in a room and the server does not have yet, in the order it was done. It stays on this device until
// the server has answered: a lost connection or a closed page loses nothing, and what is sent twice is stored once,
// because every card has its number from here.
const LONG_MS = 15000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
const FINAL = [400, 404, 409, 410, 413, 422];

let wait = FIRST_WAIT_MS;
let timer = null;
let sending = null;
const inMemory = []; // where this device stores nothing, such as in a private window

const opened = new Promise((resolve) => {
  try {
    const request = indexedDB.open("room", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("done", { keyPath: "n", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function change(act) {
  const transaction = (await opened).transaction("done", "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  act(transaction.objectStore("done"));
  await done;
}

export async function waiting() {
  const store = await opened;
  const kept = store ? await settled(store.transaction("done").objectStore("done").getAll()) : [];
  return [...kept, ...inMemory];
}

async function keep(what) {
  try {
    await change((store) => store.add(what));
  } catch {
    inMemory.push({ ...what, n: `memory-${inMemory.length}-${what.body}` });
  }
}

async function forget(what) {
  const at = inMemory.findIndex((each) => each.n === what.n);
  if (at >= 0) inMemory.splice(at, 1);
  else await change((store) => store.delete(what.n));
}

// A version 4 UUID. Not crypto.randomUUID, which is missing where a hall's own network has no HTTPS.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function sendOne(what) {
  const answer = await fetch(what.address, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Golden-Thread": "keep" },
    body: what.body,
    signal: AbortSignal.timeout?.(LONG_MS), // a connection that only seems to be there
  });
  const isOurs = answer.headers.get("content-type")?.startsWith("application/json");
  const said = isOurs ? await answer.json() : {};
  if (answer.ok && said.stored) return { what, refused: "" };
  if (FINAL.includes(answer.status)) return { what, refused: said.words || `${answer.status}` };
  // The page of a hotel's wifi, a server that rests: not an answer to what was sent.
  throw new Error(`not taken just now: ${answer.status}`);
}

async function sendAll(onAnswer) {
  for (const what of await waiting()) {
    const answer = await sendOne(what);
    await forget(what);
    await onAnswer(answer);
  }
}

// Sends what waits, and goes on trying by itself. `onAnswer` is told what was sent and, if it was refused, why.
// Returns whether everything was answered.
export async function send(onAnswer, onLost = () => {}) {
  clearTimeout(timer);
  if (sending) {
    await sending.catch(() => {});
    return send(onAnswer, onLost);
  }
  sending = sendAll(onAnswer);
  try {
    await sending;
    wait = FIRST_WAIT_MS;
    return true;
  } catch {
    onLost();
    timer = setTimeout(() => send(onAnswer, onLost), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    return false;
  } finally {
    sending = null;
  }
}

export async function add(what) {
  await keep(what);
}

export function sendSoon() {
  wait = FIRST_WAIT_MS;
}
