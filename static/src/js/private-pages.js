// A browser may bring a page back from memory after someone has left it. A private one must ask again.
export function guardPrivatePages() {
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !document.body.hasAttribute("data-private")) return;
    document.documentElement.classList.add("app-away");
    window.location.reload();
  });
}
