// Search as you type: the page that the form would fetch is fetched 200 ms after the last key and its list put in place. The address
// says what is shown, older requests are given up, and Enter works as without script.

import { announce } from './announce.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-search]'));
/** The parts of the page that follow what is searched for. */
const PARTS = ['actions', 'chips', 'found', 'listed', 'select-found'];

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
  for (const id of PARTS) {
    const part = document.getElementById(id);
    const fresh = next.getElementById(id);
    if (part && fresh) part.replaceWith(fresh);
  }
  announce(document.getElementById('found')?.textContent ?? '');
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(refresh, 200);
});
