// The keys of the grid, and where each leads to.

import { announce } from './announce.js';
import { fillDown, select } from './blocks.js';
import { keepWidth, resize } from './columns.js';
import { Calendar, Choices, answersOf } from './editors.js';
import { say } from './saving.js';

/** @typedef {import('./fix-grid.js').FixGrid} FixGrid */
/** @typedef {HTMLTableCellElement} Cell */

/**
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 */
export function key(grid, event) {
  const cell = grid.cellOf(event);
  if (!cell) return;
  if (event.key === 'F8') {
    event.preventDefault();
    void grid.go(event.shiftKey ? -1 : 1, cell);
  } else if (event.key === 'Enter' && event.altKey) {
    event.preventDefault();
    const [best] = answersOf(cell);
    if (best) grid.save([[cell, best]], true);
  } else if (/** @type {Element} */ (event.target).matches('input, textarea')) {
    keyInEdit(grid, event, cell);
  } else if (event.target === cell) {
    if (cell.closest('thead')) keyOnHead(grid, event, cell);
    else keyOnCell(grid, event, cell);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    grid.focus(cell);
  }
}

/**
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 * @param {Cell} cell
 */
export function keyInEdit(grid, event, cell) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const list = grid.editor instanceof Choices ? grid.editor : null;
  const isDown = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  if (event.key === 'Enter' && event.shiftKey && input.matches('textarea')) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    const value = list?.active ?? input.value;
    if (event.ctrlKey || event.metaKey) grid.saveAlike(cell, value);
    else grid.save([[cell, value]], true);
  } else if (event.key === 'Escape' && list?.isOpen && input.value !== input.defaultValue) {
    event.preventDefault();
    list.hide();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    input.value = input.defaultValue;
    grid.focus(cell);
  } else if (isDown && list) {
    event.preventDefault();
    list.move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'ArrowDown' && event.altKey && grid.editor instanceof Calendar) {
    event.preventDefault();
    grid.editor.open();
  }
}

/**
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 * @param {Cell} cell
 */
export function keyOnHead(grid, event, cell) {
  if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    event.preventDefault();
    const wider = (event.key === 'ArrowRight') !== grid.isRtl();
    resize(grid, cell, cell.offsetWidth + (wider ? 16 : -16));
    keepWidth(grid, cell);
    return;
  }
  const to = target(grid, event, cell);
  if (!to) return;
  event.preventDefault();
  grid.focus(to);
}

/**
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 * @param {Cell} cell
 */
export function keyOnCell(grid, event, cell) {
  const to = target(grid, event, cell);
  const which = turn(grid, event);
  const all = event.ctrlKey || event.metaKey;
  if (to) {
    event.preventDefault();
    if (event.shiftKey && !to.closest('thead')) select(grid, grid.anchor ?? cell, to);
    else select(grid, null);
    grid.focus(to);
  } else if (event.key === 'ArrowDown' && !event.shiftKey) {
    event.preventDefault();
    void grid.turnPage('next');
  } else if (which) {
    event.preventDefault();
    if (document.querySelector(`[data-turn="${which}"]`)) grid.turnStep(which);
    else announce(say(which === 'undo' ? 'no-undo' : 'no-redo'));
  } else if (all && event.key.toLowerCase() === 'd') {
    event.preventDefault();
    fillDown(grid, cell);
  } else if (all && event.key === 'Enter') {
    event.preventDefault();
    grid.saveAlike(cell, grid.textOf(cell));
  } else if (event.key === 'Enter' || event.key === 'F2') {
    event.preventDefault();
    grid.edit(cell);
  } else if (event.key === '?') {
    event.preventDefault();
    grid.showKeys();
  } else if (event.key.length === 1 && !all && !event.altKey && event.key !== ' ' && cell.dataset.target) {
    grid.edit(cell);
  }
}

/**
 * Where a key leads to.
 *
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 * @param {Cell} cell
 * @returns {Cell | null | undefined}
 */
export function target(grid, event, cell) {
  const head = grid.table.tHead?.rows[0];
  const rows = [...(head ? [head] : []), ...grid.rows()];
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const place = rows.indexOf(row);
  const all = event.ctrlKey || event.metaKey;
  const beside = (/** @type {number} */ step) => {
    let at = cell.cellIndex + (grid.isRtl() ? -step : step);
    // Columns that a narrow window does not show are passed over.
    while (row.cells[at] && row.cells[at].offsetWidth === 0) at += grid.isRtl() ? -step : step;
    return row.cells[at];
  };
  switch (event.key) {
    case 'ArrowDown': return rows[place + 1]?.cells[cell.cellIndex];
    case 'ArrowUp': return rows[place - 1]?.cells[cell.cellIndex];
    case 'ArrowRight': return beside(1);
    case 'ArrowLeft': return beside(-1);
    case 'Home': return (all ? rows[1] : row)?.cells[0];
    case 'End': return [...((all ? rows[rows.length - 1] : row)?.cells ?? [])].at(-1);
    case 'PageDown': return rows[Math.min(place + 10, rows.length - 1)].cells[cell.cellIndex];
    case 'PageUp': return rows[Math.max(place - 10, 1)].cells[cell.cellIndex];
    default: return null;
  }
}

/**
 * @param {FixGrid} grid
 * @param {KeyboardEvent} event
 * @returns {'undo' | 'redo' | null}
 */
export function turn(grid, event) {
  if (!event.ctrlKey && !event.metaKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
  return key === 'z' ? 'undo' : null;
}
