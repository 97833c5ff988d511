// The columns of the grid: as wide as a person makes them, by mouse or by keys; what they choose is kept.

import { announce } from './announce.js';
import { say } from './saving.js';

/** @typedef {import('./fix-grid.js').FixGrid} FixGrid */
/** @typedef {HTMLTableCellElement} Cell */

/**
 * @param {FixGrid} grid
 * @param {Cell} head gets a grip for its width, by mouse; by keyboard, Shift and the arrows do it
 */
export function readyHead(grid, head) {
  head.tabIndex = -1;
  head.setAttribute('role', 'columnheader');
  const grip = document.createElement('span');
  grip.className = 'grip';
  grip.addEventListener('pointerdown', (event) => drag(grid, event, head, grip));
  head.append(grip);
}

/**
 * @param {FixGrid} grid
 * @param {Cell} head
 */
export function column(grid, head) {
  return /** @type {HTMLTableColElement | undefined} */ (grid.table.querySelectorAll('col')[head.cellIndex]);
}

/**
 * @param {FixGrid} grid
 * @param {Cell} head
 * @param {number} width in pixels
 */
export function resize(grid, head, width) {
  const of = column(grid, head);
  if (!of) return;
  of.style.inlineSize = `${Math.min(Math.max(Math.round(width), 44), 800)}px`;
  announce(say('width', { column: head.textContent ?? '', width: head.offsetWidth }));
}

/**
 * @param {FixGrid} grid
 * @param {PointerEvent} event
 * @param {Cell} head
 * @param {HTMLElement} grip
 */
export function drag(grid, event, head, grip) {
  event.preventDefault();
  event.stopPropagation();
  const [from, width, way] = [event.clientX, head.offsetWidth, grid.isRtl() ? -1 : 1];
  grip.setPointerCapture(event.pointerId);
  const move = (/** @type {PointerEvent} */ to) => resize(grid, head, width + (to.clientX - from) * way);
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', () => {
    grip.removeEventListener('pointermove', move);
    keepWidth(grid, head);
  }, { once: true });
}

/**
 * @param {FixGrid} grid
 * @param {Cell} head keeps the width for the person
 */
export function keepWidth(grid, head) {
  const key = column(grid, head)?.dataset.key;
  const { columns } = grid.form.dataset;
  if (!key || !columns) return;
  const body = new URLSearchParams([[`width.${key}`, String(head.offsetWidth)]]);
  // A width that is not kept is none the worse for that.
  fetch(columns, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
}
