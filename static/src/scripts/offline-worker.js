// Answers for the server while there is no connection: pages of surveys under /offline/ and what they need.
// What is kept was put there by offline-ready.js; what is sent goes past this script.
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  return (
    (await caches.match(request, { ignoreVary: true })) ??
    // A page in a language that was not kept: the same page in another.
    (request.mode === "navigate" ? caches.match(request, { ignoreVary: true, ignoreSearch: true }) : undefined)
  );
}

async function fresh(request) {
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
    if (reply.status < 500) return reply;
    return (await kept(request)) ?? reply;
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

// A player asks for a part of a recording, and some play only what comes as a part.
async function part(request, found) {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!wanted) return found;
  const whole = await found.blob();
  const first = Number(wanted[1]);
  const last = Math.min(wanted[2] ? Number(wanted[2]) : Infinity, whole.size - 1);
  return new Response(whole.slice(first, last + 1), {
    status: 206,
    headers: {
      "Accept-Ranges": "bytes",
      "Content-Length": last + 1 - first,
      "Content-Range": `bytes ${first}-${last}/${whole.size}`,
      "Content-Type": found.headers.get("Content-Type"),
    },
  });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/offline/")) event.respondWith(fresh(request));
  else if (url.pathname.startsWith("/static/"))
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  else if (url.pathname.startsWith("/asked/"))
    event.respondWith(kept(request).then((found) => (found ? part(request, found) : fetch(request))));
});
