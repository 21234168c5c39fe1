// One page can be kept on a phone until the end of its day, after its reader asked for it. Nothing else ever is.
const KEPT = /^today (\d+) (\S+)$/;

async function forgetThose(isMeant) {
  if (!window.caches || !navigator.serviceWorker) return;
  for (const name of await caches.keys()) {
    const [, until, page] = KEPT.exec(name) || [];
    if (!page || !isMeant(Number(until))) continue;
    await caches.delete(name);
    const worker = await navigator.serviceWorker.getRegistration(page);
    if (worker && worker.scope === page) await worker.unregister();
  }
}

export const forgetOldPages = () => forgetThose((until) => until <= Date.now()).catch(() => {});

// Quick exit: the worker finishes even when this page is gone already.
export function forgetPages() {
  const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (worker) worker.postMessage({ forget: true });
  forgetThose(() => true).catch(() => {});
}

// Signing out says with a mark in its form that what was kept goes too.
export function watchSignOut() {
  document.addEventListener("submit", async (event) => {
    if (!event.target.querySelector("[data-forget-pages]")) return;
    event.preventDefault();
    await forgetThose(() => true).catch(() => {});
    event.target.submit();
  });
}

export function offerToKeep() {
  const place = document.querySelector("[data-keep-page]");
  if (!place || !navigator.serviceWorker || !window.caches) return;
  new Keeper(place).begin();
}

class Keeper {
  constructor(place) {
    this.place = place;
    this.page = new URL(place.dataset.keepPage, window.location.href).href;
    this.keeps = place.querySelector("[data-keep]");
    this.forgets = place.querySelector("[data-forget]");
    this.says = place.querySelector("[data-keep-says]");
  }

  async begin() {
    if (navigator.serviceWorker.controller) renewIds();
    this.keeps.addEventListener("click", () => this.run(() => this.keep(), "kept"));
    this.forgets.addEventListener("click", () => this.run(() => forgetThose(() => true), "forgotten"));
    this.place.hidden = false;
    this.draw(await this.isKept());
  }

  async isKept() {
    return (await caches.keys()).some((name) => name.endsWith(` ${this.page}`));
  }

  async run(work, done) {
    try {
      await work();
      this.say(done);
    } catch {
      this.say("failed");
    }
    this.draw(await this.isKept());
  }

  async keep() {
    await navigator.serviceWorker.register(this.place.dataset.worker, { scope: new URL(this.page).pathname });
    const worker = await active(await navigator.serviceWorker.getRegistration(this.page));
    const answer = await ask(worker, { keep: files(), until: Number(this.place.dataset.until) * 1000 });
    if (answer !== "kept") throw new Error(answer);
  }

  draw(isKept) {
    this.keeps.hidden = isKept;
    this.forgets.hidden = !isKept;
  }

  say(what) {
    this.says.textContent = this.says.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`];
  }
}

function active(registration) {
  const worker = registration.installing || registration.waiting || registration.active;
  return new Promise((resolve) => {
    const look = () => worker.state === "activated" && resolve(worker);
    worker.addEventListener("statechange", look);
    look();
  });
}

function ask(worker, words) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(words, [port2]);
  });
}

// What the page is drawn with: its style, its script, its fonts, its icon.
function files() {
  const linked = [...document.querySelectorAll("link[href], script[src]")].map((each) => each.href || each.src);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = `${window.location.origin}/static/`;
  return [...new Set([...linked, ...loaded])].filter((address) => address.startsWith(own));
}

// A kept page brings the same ids each time: what is written on it now must not pass for what it sent before.
function renewIds() {
  if (!window.crypto || !window.crypto.randomUUID) return;
  for (const box of document.querySelectorAll("input[type=hidden][name$=once]")) box.value = crypto.randomUUID();
}
