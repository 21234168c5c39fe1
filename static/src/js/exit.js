// The link works by itself. The script blanks the page at once and leaves no step back to it.
import { forgetPages } from "./keep-page.js";

export function watchExit() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-exit]");
    if (!link) return;
    event.preventDefault();
    document.documentElement.classList.add("app-away");
    document.title = link.dataset.exit;
    forgetPages();
    window.location.replace(link.href);
  });
}
