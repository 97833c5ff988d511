// Sending what is put right in a review: one form after another, as the browser would send it without script. What can't be sent is kept,
// said in words and tried again; a session that has ended is begun again in place; what somebody else has changed meanwhile is asked about.

import { announce, localMoments } from './announce.js';
import { ask, signIn } from './asking.js';

const PARTS = ['review', 'tabs', 'steps', 'kinds', 'repair', 'part', 'finish'];
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
/** What an answer says where nothing was kept: it is tried again, or has to be looked at. */
const BUSY = ['others'];
const REFUSED = ['no_cell', 'no_user', 'shared_by', 'no_option'];

/** @returns {HTMLElement} what the page says of the review that it shows */
const review = () => document.querySelector('[data-part="review"]') ?? document.createElement('div');

/** The number of the plan that the page shows. */
export const plan = () => Number(review().dataset.plan ?? 0);
/** The address of the import. */
export const address = () => review().dataset.address ?? '';

/**
 * A sentence of the page, with its places filled.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [places]
 */
export function say(name, places = {}) {
  const words = JSON.parse(review().dataset.words ?? '{}')[name] ?? '';
  return words.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ place) => String(places[place] ?? ''));
}

/**
 * Something that waits to be sent.
 *
 * @typedef {object} Waiting
 * @property {string} action
 * @property {() => URLSearchParams} body made when it is sent: what stands in a cell may be another text by then
 * @property {Element[]} cells
 * @property {(next: Document) => void} done
 * @property {(why: string) => void} [refused]
 */

/** @type {Waiting[]} */
const queue = [];
let isSending = false;
let wait = FIRST_WAIT;
let retry = 0;

/** Whether something was typed that is not saved. */
export const isUnsaved = () => queue.length > 0;
/** @param {Element} cell */
export const waits = (cell) => queue.some((waiting) => waiting.cells.includes(cell));

/** @param {Waiting} waiting */
export function send(waiting) {
  queue.push(waiting);
  for (const cell of waiting.cells) cell.classList.add('saving');
  void pump();
}

async function pump() {
  if (isSending) return;
  isSending = true;
  clearTimeout(retry);
  if (!document.querySelector('#unsaved')) tell('saving');
  while (queue.length > 0 && (await sendFirst())) wait = FIRST_WAIT;
  isSending = false;
  if (queue.length > 0) return;
  document.querySelector('#unsaved')?.remove();
  tell('saved');
}

/** @param {string} name the state of saving, beside the keys of the grid */
function tell(name) {
  const state = document.querySelector('[data-save-state]');
  if (state) state.textContent = say(name);
}

/** @returns {Promise<boolean>} whether to go on with the next */
async function sendFirst() {
  const first = queue[0];
  for (const cell of first.cells) mark(cell, 'saving', 'unsaved');
  let response;
  try {
    response = await fetch(first.action, { method: 'POST', body: first.body() });
  } catch {
    return later();
  }
  const landed = new URL(response.url);
  if (response.redirected && landed.pathname.startsWith('/sign-in')) return signInAgain();
  if (response.status >= 500 || response.status === 429) return later();
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (response.status === 409) return overtaken(first, next);
  const said = landed.searchParams.get('said') ?? '';
  if (BUSY.includes(said)) return later();
  if (!response.ok || REFUSED.includes(said)) {
    leave(first);
    first.refused?.(bannerOf(next) || say('refused'));
    return true;
  }
  if (!landed.pathname.startsWith(new URL(first.action).pathname.replace(/\/fixes$/, '/')) || !next.querySelector('[data-part]')) {
    // A large file is being read again, or the import has moved on: the whole page says it better than a part of it.
    queue.length = 0;
    location.assign(landed.href);
    return false;
  }
  for (const name of ['said', 'a', 'b']) landed.searchParams.delete(name);
  if (landed.pathname === location.pathname) history.replaceState(null, '', landed.pathname + landed.search);
  leave(first);
  first.done(next);
  return true;
}

/** @param {Waiting} waiting */
function leave(waiting) {
  queue.splice(queue.indexOf(waiting), 1);
  for (const cell of waiting.cells) if (!waits(cell)) cell.classList.remove('saving', 'unsaved');
}

/**
 * @param {Element} cell
 * @param {string} now
 * @param {string} before
 */
function mark(cell, now, before) {
  cell.classList.add(now);
  cell.classList.remove(before);
}

/** Keeps what waits, says so, and tries again after a while. */
function later() {
  sayUnsaved(say('again'), () => void pump());
  retry = setTimeout(() => void pump(), wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
  return false;
}

/**
 * @param {string} button
 * @param {() => void} press
 */
function sayUnsaved(button, press) {
  const cells = queue.reduce((sum, waiting) => sum + Math.max(waiting.cells.length, 1), 0);
  for (const waiting of queue) for (const cell of waiting.cells) mark(cell, 'unsaved', 'saving');
  const words = say('unsaved', { cells });
  const banner = document.createElement('div');
  banner.id = 'unsaved';
  banner.className = 'banner bad';
  banner.innerHTML = '<span class="icon" aria-hidden="true">!</span><span></span><button type="button"></button>';
  const [, told, again] = [...banner.children];
  told.textContent = words;
  again.textContent = button;
  again.addEventListener('click', press);
  const before = document.querySelector('#unsaved');
  if (before) before.replaceWith(banner);
  else document.querySelector('main')?.append(banner);
  announce(words);
  tell('');
}

/** @returns {Promise<boolean>} */
async function signInAgain() {
  if (await signIn({ email: review().dataset.email ?? '', cells: queue.length, say })) return true;
  sayUnsaved(say('sign-in'), () => void pump());
  return false;
}

/**
 * Shows both values and asks; the answer goes the way of what was sent first.
 *
 * @param {Waiting} first
 * @param {Document} next
 */
async function overtaken(first, next) {
  const form = /** @type {HTMLFormElement | null} */ (next.querySelector('form[data-overtaken]'));
  if (!form) {
    leave(first);
    first.refused?.(say('refused'));
    return true;
  }
  localMoments(form);
  const answer = await ask(next.querySelector('h1')?.textContent ?? '', form, next.querySelector('main > p')?.textContent ?? '');
  if (answer) {
    first.body = () => answer;
  } else {
    leave(first);
    await refresh(first.done);
  }
  return true;
}

/** @param {(next: Document) => void} done gets the page as it is now */
export async function refresh(done) {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (response.ok && new URL(response.url).pathname === location.pathname) {
      done(new DOMParser().parseFromString(await response.text(), 'text/html'));
      return;
    }
    if (response.ok && !response.url.includes('/sign-in') && !isUnsaved()) location.assign(response.url);
  } catch {
    // The next look will tell.
  }
}

/**
 * Puts the parts of an answer in place of the page's own, but for those in which somebody is typing.
 *
 * @param {Document} next
 * @param {string[]} [names]
 */
export function swap(next, names = PARTS) {
  for (const name of names) {
    const here = document.querySelector(`[data-part="${name}"]`);
    const there = next.querySelector(`[data-part="${name}"]`);
    if (!here || !there || isTypedIn(here)) continue;
    localMoments(there);
    here.replaceWith(there);
  }
}

/** @param {Element} part */
function isTypedIn(part) {
  // What is typed in the grid, the grid looks after itself.
  if (part.querySelector('[data-fix-grid]')) return false;
  return [...part.querySelectorAll('input, select, textarea')].some((input) => {
    if (input instanceof HTMLTextAreaElement) return input.value !== input.defaultValue;
    if (input instanceof HTMLInputElement) return input.type === 'text' && input.value !== input.defaultValue;
    const chosen = input instanceof HTMLSelectElement ? [...input.options].findIndex((option) => option.defaultSelected) : 0;
    return input instanceof HTMLSelectElement && input.selectedIndex !== Math.max(chosen, 0);
  });
}

/** @param {Document} next */
export const bannerOf = (next) => next.querySelector('main > .banner')?.textContent?.replace(/^\s*[✓!i]\s*/, '').trim() ?? '';

/** @param {Document} next says what the answer's banner says; what an older one says on the page is true no more */
export function sayBanner(next) {
  document.querySelector('main > .banner:not(#unsaved)')?.remove();
  const words = bannerOf(next);
  if (words) announce(words);
}

/** @param {string} words what is to be known of what was done, in sight until the next answer */
export function sayNote(words) {
  const banner = document.createElement('div');
  banner.className = 'banner note told';
  banner.innerHTML = '<span class="icon" aria-hidden="true">i</span><span></span>';
  if (banner.lastElementChild) banner.lastElementChild.textContent = words;
  document.querySelector('main')?.append(banner);
  announce(words);
}

addEventListener('online', () => void pump());
addEventListener('beforeunload', (event) => {
  if (isUnsaved()) event.preventDefault();
});
