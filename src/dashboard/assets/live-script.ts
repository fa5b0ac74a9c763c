/**
 * Renews what a page shows when something has changed, without losing the reader's place: never while something is
 * being written or a dialog is open. Without it every page works all the same, and is renewed by hand.
 */
export const liveScript = `const main = document.querySelector('[data-live]');
const RENEW_EVERY_MS = 30_000;
let isBusy = false;
let isStale = false;
let restsUntil = 0;

function isInUse() {
  const active = document.activeElement;
  const isWriting = active && main.contains(active) && active.matches('input, textarea, select');
  return isWriting || main.querySelector('dialog[open], form[data-dirty]') !== null;
}

async function renew() {
  if (isBusy || document.hidden || isInUse() || performance.now() < restsUntil) { isStale = true; return; }
  isBusy = true;
  isStale = false;
  const begun = performance.now();
  try {
    const response = await fetch(location.href, { cache: 'no-store', redirect: 'error' });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-live]');
    if (fresh && fresh.innerHTML !== main.innerHTML && !isInUse()) exchange(fresh);
  } finally {
    isBusy = false;
    // A page that takes long to make is not asked for all the time.
    const rest = Math.min(10_000, 10 * (performance.now() - begun));
    restsUntil = performance.now() + rest;
    setTimeout(renewStale, rest + 50);
  }
}

function renewStale() {
  if (isStale) renew().catch(() => {});
}

function exchange(fresh) {
  const open = [...main.querySelectorAll('details[open][id]')].map(({ id }) => id);
  const find = placeOf(document.activeElement);
  for (const node of fresh.querySelectorAll('details[id]')) node.open = node.open || open.includes(node.id);
  main.replaceChildren(...document.importNode(fresh, true).childNodes);
  find()?.focus({ preventScroll: true });
}

/** How to find what is in focus again once it is another node. */
function placeOf(node) {
  if (!node || !main.contains(node)) return () => null;
  if (node.id) return () => document.getElementById(node.id);
  const details = node.matches('summary') ? node.closest('details[id]') : null;
  if (details) return () => document.getElementById(details.id)?.querySelector('summary');
  const same = (other) => other.getAttribute('href') === node.getAttribute('href') && other.textContent === node.textContent;
  return () => [...main.querySelectorAll(node.localName)].find(same);
}

if (main) {
  main.addEventListener('input', (event) => { if (event.target.form) event.target.form.dataset.dirty = ''; });
  document.addEventListener('visibilitychange', renewStale);
  main.addEventListener('focusout', () => setTimeout(renewStale, 200));
  // Countdowns go on also where nothing changes.
  setInterval(() => renew().catch(() => {}), RENEW_EVERY_MS);
  const source = new EventSource('/live');
  source.addEventListener('changed', () => renew().catch(() => {}));
}
`;
