// Brings a recording, drawing or photo to the server, as soon as it is made and once. Until the server has it, it stays
// on this device: a lost connection or a killed tab loses nothing. The scripts that make files speak to this one by
// events on the form: "file-part" and "file-given" come in; "file-found", "file-kept" and "file-refused" go out.
const capture = document.querySelector(".capture");
const form = capture.closest("form");
const says = capture.querySelector(".capture-says");
const place = capture.dataset.fileAddress;
const AGAIN_MS = 5000;
const DAYS_KEPT = 30;
let undelivered = null; // the file that the server does not have yet
let sending = false;
let timer = null;
let heldBack = null; // the button that was pressed while a file was under way

// A store on this device, with the pieces of a file in the order they came. A shared device keeps nothing.
const opened =
  form.dataset.shared === "yes"
    ? Promise.resolve(null)
    : new Promise((resolve) => {
        try {
          const request = indexedDB.open("given-files", 1);
          request.onupgradeneeded = () => {
            request.result.createObjectStore("parts", { autoIncrement: true }).createIndex("place", "place");
          };
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => resolve(null);
        } catch {
          resolve(null); // a private window: the file is still on the page
        }
      });
let work = Promise.resolve();

function inTurn(step) {
  work = work.then(step).catch(() => {});
  return work;
}

async function change(act) {
  const store = await opened;
  if (!store) return;
  await new Promise((resolve) => {
    const transaction = store.transaction("parts", "readwrite");
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = resolve; // a full store: the file is still on the page
    act(transaction.objectStore("parts"));
  });
}

const keepPart = (blob, first) =>
  inTurn(async () => {
    if (first) await change(remove);
    await change((parts) => parts.add({ place, blob, type: blob.type, at: Date.now() }));
  });

function remove(parts) {
  parts.index("place").openKeyCursor(IDBKeyRange.only(place)).onsuccess = ({ target }) => {
    if (!target.result) return;
    parts.delete(target.result.primaryKey);
    target.result.continue();
  };
}

const forget = () => inTurn(() => change(remove));

function clearOld(parts) {
  parts.openCursor().onsuccess = ({ target }) => {
    if (!target.result) return;
    if (target.result.value.at < Date.now() - DAYS_KEPT * 86_400_000) target.result.delete();
    target.result.continue();
  };
}

async function found() {
  const store = await opened;
  if (!store) return null;
  await change(clearOld);
  return new Promise((resolve) => {
    const request = store.transaction("parts").objectStore("parts").index("place").getAll(place);
    request.onsuccess = () => {
      const parts = request.result;
      resolve(parts.length ? new Blob(parts.map((each) => each.blob), { type: parts[0].type }) : null);
    };
    request.onerror = () => resolve(null);
  });
}

function tell(name, detail = {}) {
  form.dispatchEvent(new CustomEvent(name, { detail }));
}

function refuse(words) {
  undelivered = null;
  heldBack = null;
  forget();
  says.textContent = words;
  says.classList.add("problem");
  tell("file-refused");
}

async function put(file) {
  const answer = await fetch(capture.dataset.fileAddress, { method: "PUT", body: file });
  if (answer.ok) return true;
  if (answer.status === 422) refuse((await answer.json()).words);
  else if (answer.status === 413) refuse(capture.dataset.tooBig);
  else if ([404, 409, 410].includes(answer.status)) {
    await forget();
    location.reload(); // the page says what has become of these answers
  } else throw new Error("the server cannot keep it just now");
  return false;
}

// Who only tries a survey sends a file that nobody keeps: the form says that there was one.
function tellTheForm() {
  if (form.elements.file_given) return;
  const given = document.createElement("input");
  given.type = "hidden";
  given.name = "file_given";
  given.value = "yes";
  form.append(given);
}

async function deliver() {
  clearTimeout(timer);
  if (sending || !undelivered) return;
  sending = true;
  const file = undelivered;
  let kept = false;
  try {
    kept = await put(file);
  } catch {
    if (file === undelivered) says.textContent = capture.dataset.noConnection;
    timer = setTimeout(deliver, AGAIN_MS);
  }
  sending = false;
  if (file !== undelivered) return deliver(); // another one was made meanwhile
  if (!kept) return goOn(leavesItBehind(heldBack));
  undelivered = null;
  await forget();
  tellTheForm();
  tell("file-kept");
  goOn(true);
}

const leavesItBehind = (button) => ["skip", "remove", "stop"].includes(button?.value);

function goOn(may) {
  if (!may || !heldBack) return;
  const button = heldBack;
  heldBack = null;
  form.requestSubmit(button);
}

form.addEventListener("file-part", ({ detail }) => keepPart(detail.blob, detail.first));

form.addEventListener("file-given", ({ detail }) => {
  says.classList.remove("problem");
  if (detail.blob.size > Number(capture.dataset.largest)) return refuse(capture.dataset.tooBig);
  undelivered = detail.blob;
  if (!detail.inParts) keepPart(detail.blob, true);
  deliver();
});

document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form || !undelivered) return;
    if (leavesItBehind(event.submitter) && !sending) {
      undelivered = null;
      forget();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    heldBack = event.submitter ?? form.querySelector('button[value="continue"]');
    deliver();
  },
  true,
);

window.addEventListener("online", deliver);

const left = await found();
if (left && !undelivered) {
  undelivered = left;
  tell("file-found", { blob: left });
  deliver();
}
