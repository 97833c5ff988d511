// The progress of an import, looked at once a second. Says the quarters aloud, tells how long it may still take, and goes on to the
// next page when the reader is still waiting here; otherwise it offers a link and leaves the focus alone.

import { announce } from './announce.js';

const region = /** @type {HTMLElement} */ (document.querySelector('[data-progress]'));
const started = performance.now();
/** @type {{ at: number, percent: number } | null} */
let first = null;
let said = 0;
let failures = 0;

function part() {
  return /** @type {HTMLElement | null} */ (region.querySelector('[data-state]'));
}

function tell() {
  const now = part();
  const percent = Number(now?.dataset.percent ?? 0);
  first ??= { at: performance.now(), percent };
  const quarter = Math.floor(percent / 25) * 25;
  if (quarter > said && quarter < 100) {
    said = quarter;
    announce((region.dataset.quarter ?? '').replace('{}', String(quarter)));
  }
  const line = region.querySelector('[data-left]');
  const gone = (performance.now() - first.at) / 1000;
  if (line && gone > 3 && percent > first.percent && percent < 100) {
    line.textContent = left((gone * (100 - percent)) / (percent - first.percent));
  }
}

/** @param {number} seconds */
function left(seconds) {
  const words = seconds < 60 ? region.dataset.seconds : region.dataset.minutes;
  return (words ?? '').replace('{}', String(Math.max(1, Math.round(seconds < 60 ? seconds : seconds / 60))));
}

function arrive() {
  announce(region.dataset.ready ?? '');
  const busy = document.activeElement && document.activeElement !== document.body;
  if (!busy || performance.now() - started < 10_000) {
    location.reload();
    return;
  }
  const banner = document.createElement('p');
  banner.className = 'banner good';
  const link = document.createElement('a');
  link.href = location.pathname;
  link.textContent = region.dataset.arrived ?? '';
  banner.append(link);
  document.querySelector('main')?.prepend(banner);
}

async function look() {
  try {
    const response = await fetch(region.dataset.progress ?? '');
    if (!response.ok || response.redirected) {
      location.reload();
      return;
    }
    const next = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-state]');
    if (!next) return;
    failures = 0;
    part()?.replaceWith(next);
    const state = next.getAttribute('data-state') ?? '';
    if (!['reading', 'applying'].includes(state)) {
      arrive();
      return;
    }
    tell();
  } catch {
    // The server may be starting again: the work goes on without it, so looking goes on too, more and more seldom.
    failures = Math.min(failures + 1, 9);
  }
  setTimeout(look, 1000 * (1 + failures));
}

tell();
setTimeout(look, 500);
