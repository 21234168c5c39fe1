// Puts the answer to a sent form in the place of this page, as a visit would have done.
let shown = window.location.href;

export function showPage(html, url, start) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (url !== window.location.href) window.history.pushState({}, "", url);
  shown = window.location.href;
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.body.replaceWith(document.adoptNode(page.body));
  addScripts(page);
  window.scrollTo(0, 0);
  (document.querySelector("main") || document.body).focus({ preventScroll: true });
  start();
}

function addScripts(page) {
  const known = new Set(Array.from(document.scripts, (script) => script.src));
  for (const found of page.head.querySelectorAll("script[src]")) {
    if (known.has(found.src)) continue;
    const script = document.createElement("script");
    script.type = found.type;
    script.src = found.src;
    document.head.append(script);
  }
}

// Back from a page that was put in place leads to an address whose page is gone: fetch it again.
window.addEventListener("popstate", () => {
  const page = (address) => address.split("#")[0];
  if (page(window.location.href) !== page(shown)) window.location.reload();
});
