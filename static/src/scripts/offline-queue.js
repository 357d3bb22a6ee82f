// Answers that wait on this tablet, each sealed so that nobody can read it here, and sent once there is a
// connection. The other side of the seal is voice/capture/sealing.py.
const NAME = "offline-answers";
const USE = new TextEncoder().encode("golden-thread offline answers");
const LONG_MS = 20000;
const FIRST_WAIT_MS = 3000;
const LONGEST_WAIT_MS = 300000;

let database = null;
let wait = FIRST_WAIT_MS;
let timer = null;

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open() {
  if (database) return database;
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("waiting", { keyPath: "id" }).createIndex("link", "link");
    request.result.createObjectStore("sent", { keyPath: "link" });
  };
  database = await settled(request);
  return database;
}

// Runs `work` in a transaction that is on the disk when this returns.
async function change(work) {
  const transaction = (await open()).transaction(["waiting", "sent"], "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  work(transaction.objectStore("waiting"), transaction.objectStore("sent"));
  await done;
}

function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

async function sealed(id, told, key) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const lock = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: USE },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(told));
  const encrypt = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(id) };
  const locked = new Uint8Array(await crypto.subtle.encrypt(encrypt, lock, text));
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  return base64([...own, ...nonce, ...locked]);
}

// Keeps one person's answers; they are on the disk when this returns. Throws when the tablet is full.
export async function keep(link, id, told, key) {
  const answers = { id, link, sealed: await sealed(id, told, key), problem: "" };
  await change((waiting) => waiting.put(answers));
}

// How many wait, how many were sent from this tablet, and why some cannot be taken.
export async function counts(link) {
  const transaction = (await open()).transaction(["waiting", "sent"], "readonly");
  const waiting = await settled(transaction.objectStore("waiting").index("link").getAll(link));
  const sent = await settled(transaction.objectStore("sent").get(link));
  const problems = waiting.map((each) => each.problem).filter(Boolean);
  return { waiting: waiting.length, sent: sent?.number ?? 0, problems: [...new Set(problems)] };
}

async function sendOne(answers, language) {
  const reply = await fetch(`/offline/${answers.link}?lang=${language}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id: answers.id, sealed: answers.sealed }),
    signal: AbortSignal.timeout?.(LONG_MS), // a connection that only seems to be there
  });
  const isOurs = reply.headers.get("content-type")?.startsWith("application/json");
  const said = isOurs ? await reply.json() : {};
  if (reply.ok && said.stored === answers.id) {
    await change((waiting, sent) => {
      waiting.delete(answers.id);
      const known = sent.get(answers.link);
      known.onsuccess = () => sent.put({ link: answers.link, number: (known.result?.number ?? 0) + 1 });
    });
  } else if (reply.status === 422 && said.words) {
    await change((waiting) => waiting.put({ ...answers, problem: said.words }));
  } else {
    // The page of a hotel's wifi, a server that rests: not an answer to what was sent.
    throw new Error(`not taken just now: ${reply.status}`);
  }
}

async function sendAll(link, language, onChange) {
  const all = await settled((await open()).transaction("waiting").objectStore("waiting").index("link").getAll(link));
  for (const answers of all) {
    await sendOne(answers, language);
    await onChange("sending");
  }
}

// Sends what waits, and goes on trying by itself until all of it was answered. `onChange` is told "sending",
// "done" or "no-connection".
export async function send(link, language, onChange) {
  clearTimeout(timer);
  const once = async (lock) => {
    if (!lock) return; // another page of this tablet is at it
    try {
      await sendAll(link, language, onChange);
      wait = FIRST_WAIT_MS;
      await onChange("done");
    } catch {
      timer = setTimeout(() => send(link, language, onChange), wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      await onChange("no-connection");
    }
  };
  if (navigator.locks) await navigator.locks.request(`send ${link}`, { ifAvailable: true }, once);
  else await once(true);
}

export function sendSoon() {
  wait = FIRST_WAIT_MS;
}
