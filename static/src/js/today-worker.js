// Shows one page without a network: the page whose address is this worker's scope, until the end of its day.
const PAGE = self.registration.scope;
const STATIC = `${self.location.origin}/static/`;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const work = event.data.keep ? keep(event.data.keep, event.data.until) : forget();
  const tell = (word) => event.ports[0] && event.ports[0].postMessage(word);
  event.waitUntil(work.then(() => tell("kept"), () => tell("failed")));
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET") return;
  if (url.split("#")[0] === PAGE) event.respondWith(page(event.request));
  else if (url.startsWith(STATIC)) event.respondWith(file(event.request));
});

const mine = async () => (await caches.keys()).filter((name) => name.endsWith(` ${PAGE}`));
const until = (name) => Number(name.split(" ")[1]);
const isPage = (answer) => answer.ok && !answer.redirected;

async function keep(files, end) {
  const old = await mine();
  const answer = await fetch(PAGE, { credentials: "same-origin", cache: "no-store" });
  if (!isPage(answer)) throw new Error("not this page");
  const name = `today ${end} ${PAGE}`;
  const cache = await caches.open(name);
  await cache.addAll(files.filter((address) => address.startsWith(STATIC)));
  await cache.put(PAGE, answer);
  for (const other of old) if (other !== name) await caches.delete(other);
}

async function forget() {
  for (const name of await mine()) await caches.delete(name);
  await self.registration.unregister();
}

async function kept() {
  const [name] = await mine();
  if (!name) return null;
  if (until(name) > Date.now()) return caches.open(name);
  await forget();
  return null;
}

// The network first; what is kept only when it does not answer, or our side is down.
async function page(request) {
  const cache = await kept();
  const answer = await asked(request, cache).catch(() => null);
  if (answer && answer.status < 500) {
    if (cache && isPage(answer)) await cache.put(PAGE, answer.clone());
    if (answer.status === 403 || answer.status === 404) await forget(); // not theirs any more
    return answer;
  }
  return (cache && (await cache.match(PAGE))) || answer || Response.error();
}

function asked(request, cache) {
  if (!cache) return fetch(request);
  const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([fetch(request), late]);
}

async function file(request) {
  const cache = await kept();
  return (cache && (await cache.match(request))) || fetch(request);
}
