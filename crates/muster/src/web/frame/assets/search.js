// Search as you type: the page that the form would fetch is fetched 200 ms after the last key and its list put in place. The address
// says what is shown, older requests are given up, and Enter works as without script.

import { announce } from './announce.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-search]'));
const LIST = ['#found', '.frame', '.pages', '.empty'];

/** @type {AbortController | null} */
let running = null;
/** @type {number | undefined} */
let waiting;

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, String(value));
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

async function refresh() {
  running?.abort();
  running = new AbortController();
  const wanted = address();
  try {
    const response = await fetch(wanted, { signal: running.signal });
    if (!response.ok || new URL(response.url).pathname !== location.pathname) {
      location.assign(wanted);
      return;
    }
    put(new DOMParser().parseFromString(await response.text(), 'text/html'));
    history.replaceState(null, '', wanted);
  } catch (error) {
    // A request that was given up for a newer one says nothing; any other failure leaves the page as it is, and Enter works.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** @param {Document} next */
function put(next) {
  const count = document.getElementById('found');
  const nextCount = next.getElementById('found');
  if (!count || !nextCount) return;
  for (const selector of LIST.slice(1)) document.querySelector(`#found ~ ${selector}`)?.remove();
  let last = /** @type {Element} */ (count);
  for (const selector of LIST.slice(1)) {
    const part = next.querySelector(`#found ~ ${selector}`);
    if (part) {
      last.after(part);
      last = part;
    }
  }
  const menu = document.querySelector('details[data-menu]:not(.person) ul');
  const nextMenu = next.querySelector('details[data-menu]:not(.person) ul');
  if (menu && nextMenu) menu.replaceWith(nextMenu);
  count.replaceWith(nextCount);
  announce(nextCount.textContent ?? '');
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(refresh, 200);
});
