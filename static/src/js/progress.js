// Asks the same page again until the work is done. Without this script the page refreshes itself.
// Soon at first, since most work takes a second; then more and more seldom.
const SOON = 300;
const SELDOM = 3000;
let wait = SOON;

export function followProgress() {
  if (document.querySelector("[data-progress]")) setTimeout(look, wait);
}

async function look() {
  const here = document.querySelector("[data-progress]");
  if (!here) return;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-progress]");
    if (!answer.ok || !there) return window.location.reload();
    here.querySelector("[role=status]").textContent = there.querySelector("[role=status]").textContent;
    here.querySelector("progress").value = there.querySelector("progress").value;
  } catch {
    // The network is away: look again later.
  }
  wait = Math.min(wait * 1.4, SELDOM);
  setTimeout(look, wait);
}
