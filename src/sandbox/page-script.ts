/**
 * Fetches the page again from time to time and changes only the cards that differ, so that what a reader looks
 * at stays where it is.
 */
export const pageScript = `'use strict';
const everyMs = 2500;
let shown = '';

async function refresh() {
  if (document.hidden) return;
  const response = await fetch('/', { cache: 'no-store' });
  if (!response.ok) return;
  const html = await response.text();
  if (html === shown) return;
  shown = html;
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  keepPlace(() => {
    for (const section of fresh.querySelectorAll('section')) updateSection(section);
  });
}

function updateSection(fresh) {
  const old = document.querySelector('section.' + fresh.className);
  const list = old && old.querySelector('ol');
  const hasChangedShape = !list || list.children.length === 0;
  if (hasChangedShape) {
    if (old && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...document.importNode(fresh, true).childNodes);
    return;
  }
  for (const selector of ['h2', 'p.quiet']) {
    const [from, to] = [fresh, old].map((side) => [...side.children].find((child) => child.matches(selector)));
    if (from && to && from.outerHTML !== to.outerHTML) to.replaceWith(document.importNode(from, true));
    else if (from && !to) old.append(document.importNode(from, true));
    else if (to && !from) to.remove();
  }
  const items = new Map([...list.children].map((item) => [item.id, item]));
  let last = null;
  for (const item of fresh.querySelectorAll('ol > li')) {
    let current = items.get(item.id);
    items.delete(item.id);
    if (!current || contentOf(current) !== contentOf(item)) {
      const made = document.importNode(item, true);
      if (current) current.replaceWith(made);
      else made.classList.add('new');
      current = made;
    }
    const place = last ? last.nextElementSibling : list.firstElementChild;
    if (place !== current) list.insertBefore(current, place);
    last = current;
  }
  for (const item of items.values()) item.remove();
}

function contentOf(item) {
  const copy = item.cloneNode(true);
  for (const fold of copy.querySelectorAll('details')) fold.removeAttribute('open');
  return copy.innerHTML;
}

function keepPlace(change) {
  const anchor = window.scrollY > 0
    ? [...document.querySelectorAll('ol > li')].find((item) => item.getBoundingClientRect().bottom > 0)
    : undefined;
  const before = anchor && anchor.getBoundingClientRect().top;
  change();
  if (anchor && anchor.isConnected) window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
}

setInterval(() => { refresh().catch(() => {}); }, everyMs);
`;
