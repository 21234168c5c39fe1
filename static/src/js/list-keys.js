// Moving through the list with the keyboard. Only while a reference in the list has the focus (WCAG 2.1.4).
const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const PAGES = { n: "next", p: "prev" };

export function moveByKeys() {
  for (const list of document.querySelectorAll("[data-list-keys]")) {
    list.addEventListener("keydown", (event) => pressed(event, [...list.querySelectorAll("tbody th a")]));
  }
}

function pressed(event, links) {
  const here = links.indexOf(event.target);
  if (here < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const there = target(event.key, here, links);
  const page = PAGES[event.key] && document.querySelector(`.app-pages [rel="${PAGES[event.key]}"]`);
  if (!there && !page) return;
  event.preventDefault();
  if (there) there.focus();
  else page.click();
}

function target(key, here, links) {
  if (key in STEPS) return links[here + STEPS[key]];
  return { Home: links[0], End: links[links.length - 1] }[key];
}
