// What others put right while a review stands open: asked for now and then, as long as somebody sits before the page.

import { announce } from './announce.js';
import { address, isUnsaved, plan, refresh, say } from './saving.js';

const SHORTEST = 4_000;
const LONGEST = 20_000;
/** Nobody has touched the page for so long: it does not ask any more, so that a session that rests can end. */
const RESTED = 15 * 60_000;

/**
 * A cell that somebody has put right.
 *
 * @typedef {{row: string, field: string, value: string | null, by: string, own: boolean}} Changed
 */

let wait = SHORTEST;
let tag = '';
let touched = Date.now();

/** @param {(next: Document, cells: Changed[]) => void} changed gets the page as it is now, and what others did */
export function watchOthers(changed) {
  for (const kind of ['keydown', 'pointerdown', 'focus']) addEventListener(kind, () => (touched = Date.now()), { capture: true });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wait = SHORTEST;
  });
  const next = () => setTimeout(() => void look(changed).finally(next), wait);
  next();
}

/** @param {(next: Document, cells: Changed[]) => void} changed */
async function look(changed) {
  wait = Math.min(wait * 1.25, LONGEST);
  if (document.hidden || isUnsaved() || Date.now() - touched > RESTED || !address()) return;
  const shown = plan();
  try {
    const response = await fetch(`${address()}/since?plan=${shown}`, { headers: tag ? { 'if-none-match': tag } : {}, cache: 'no-store' });
    if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) return;
    const answer = /** @type {{plan: number, state: string, cells: Changed[]}} */ (await response.json());
    tag = response.headers.get('etag') ?? '';
    if (answer.state !== 'review') {
      tell(say('moved-on'));
      return;
    }
    // One's own step may have come in between: what it answered is newer than this.
    if (answer.plan === shown || answer.plan <= plan() || isUnsaved()) return;
    wait = SHORTEST;
    await refresh((page) => changed(page, answer.cells));
    for (const [who, cells] of counted(answer.cells)) tell(say('others', { who, cells }));
  } catch {
    // The connection failed: the next look will tell.
  }
}

/** @param {Changed[]} cells how many cells others have put right, by who */
function counted(cells) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { by, own } of cells) if (!own) sums.set(by, (sums.get(by) ?? 0) + 1);
  return sums;
}

/** @param {string} words */
function tell(words) {
  announce(words);
  const state = document.querySelector('[data-save-state]');
  if (state) state.textContent = words;
}
