// What this tablet must have to do without a connection: pages, questions, and all that these show.
const tablet = document.getElementById("tablet");
const { link, language } = tablet.dataset;
const own = ["queue", "routing", "getReady", "makingRoom"].map((name) => tablet.dataset[name]);

export const questionsOf = (code) => `/offline/${link}/questions?lang=${code}`;

async function needed() {
  const pages = tablet.dataset.languages.split(" ").flatMap((code) => [`/offline/${link}?lang=${code}`, questionsOf(code)]);
  const files = new Set(own);
  const keep = new Map();
  const [asked, films] = [new Set(), new Set()];
  for (const address of [`/offline/${link}`, ...pages]) {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(`${reply.status} for ${address}`);
    keep.set(address, reply.clone());
    const text = await reply.text();
    if (address.includes("/questions?")) {
      for (const { html } of JSON.parse(text).questions) {
        const question = document.createElement("template");
        question.innerHTML = html;
        for (const shown of question.content.querySelectorAll('[src^="/asked/"]'))
          (shown.localName === "video" ? films : asked).add(shown.getAttribute("src"));
      }
    }
    for (const [file] of text.replaceAll("&amp;", "&").matchAll(/\/static\/[\w./-]+\?v=\w+/g)) files.add(file);
  }
  for (const file of [...files].filter((each) => each.includes(".css"))) {
    const style = await (await fetch(file)).text();
    for (const [, inside] of style.matchAll(/url\("?([^")]+)"?\)/g)) {
      if (!inside.startsWith("data:")) files.add(new URL(inside, new URL(file, location.href)).pathname);
    }
  }
  return { keep, files, asked, films };
}

// A picture, recording or film of a question. Its name says which one it is, so what is kept is never old.

async function keepAsked(cache, file) {
  if (await cache.match(file)) return;
  const reply = await fetch(file);
  if (reply.ok) await cache.put(file, reply);
}

async function getReady() {
  const { keep, files, asked, films } = await needed();
  const cache = await caches.open(`offline ${link}`);
  const missing = [];
  for (const file of files) if (!(await cache.match(file))) missing.push(file);
  await cache.addAll(missing);
  for (const file of asked) await keepAsked(cache, file);
  for (const [address, reply] of keep) await cache.put(address, reply);
  const wanted = new Set([...keep.keys(), ...files, ...asked, ...films].map((address) => new URL(address, location.href).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  return films;
}

// Films are large: each is kept if there is room, after everything else.

async function keepFilms(films) {
  const cache = await caches.open(`offline ${link}`);
  for (const film of films) {
    try {
      await keepAsked(cache, film);
    } catch {
      // No connection, or a full tablet: the question stands there in words.
    }
  }
}

async function isReady() {
  const cache = await caches.open(`offline ${link}`);
  return (await cache.match(questionsOf(language))) !== undefined;
}

export async function prepare() {
  const ready = document.getElementById("ready");
  if (!("serviceWorker" in navigator) || !("indexedDB" in window) || !crypto.subtle) {
    ready.textContent = tablet.dataset.cannot;
    return false;
  }
  ready.textContent = tablet.dataset.gettingReady;
  navigator.storage?.persist?.();
  let films = [];
  try {
    await navigator.serviceWorker.register("/offline/worker.js", { scope: "/offline/" });
    await navigator.serviceWorker.ready;
    films = await getReady();
  } catch {
    // No connection, or a full tablet: what was kept before may be enough.
  }
  const isPrepared = await isReady();
  ready.textContent = isPrepared ? tablet.dataset.ready : tablet.dataset.notReady;
  ready.dataset.ready = isPrepared ? "yes" : "no";
  keepFilms(films);
  return isPrepared;
}
