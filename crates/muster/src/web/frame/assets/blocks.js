// Several cells of the grid at once: selected, copied, pasted as spreadsheets do, filled from the first of them.

import { announce } from './announce.js';
import { say } from './saving.js';

/** @typedef {import('./fix-grid.js').FixGrid} FixGrid */
/** @typedef {HTMLTableCellElement} Cell */

/**
 * Selects the cells between two.
 *
 * @param {FixGrid} grid
 * @param {Cell | null} from
 * @param {Cell} [to]
 */
export function select(grid, from, to) {
  for (const cell of grid.table.querySelectorAll('[aria-selected="true"]')) cell.removeAttribute('aria-selected');
  grid.anchor = from;
  if (!from || !to || from === to) return;
  for (const line of block(grid, from, to)) for (const cell of line) cell.setAttribute('aria-selected', 'true');
}

/**
 * @param {FixGrid} grid
 * @param {Cell} from
 * @param {Cell} to
 * @returns {Cell[][]}
 */
export function block(grid, from, to) {
  const rows = grid.rows();
  const places = [from, to].map((cell) => rows.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement)));
  const columns = [from.cellIndex, to.cellIndex];
  return rows
    .slice(Math.min(...places), Math.max(...places) + 1)
    .map((row) => [...row.cells].slice(Math.min(...columns), Math.max(...columns) + 1));
}

/**
 * @param {FixGrid} grid
 * @param {Cell} cell
 * @returns {Cell[][]} what is selected, or the cell alone
 */
export function selected(grid, cell) {
  return grid.anchor ? block(grid, grid.anchor, cell) : [[cell]];
}

/**
 * @param {FixGrid} grid
 * @param {ClipboardEvent} event the selected cells, as spreadsheets read them
 */
export function copied(grid, event) {
  const cell = grid.cellOf(event);
  if (!cell || event.target !== cell) return;
  event.preventDefault();
  const lines = selected(grid, cell).map((line) => line.map((of) => grid.textOf(of).replace(/[\t\r\n]+/g, ' ')).join('\t'));
  event.clipboardData?.setData('text/plain', lines.join('\n'));
  announce(say('copied', { cells: selected(grid, cell).flat().length }));
}

/**
 * The cells of what a spreadsheet has copied, line by line. Of cells with breaks or tabs it makes texts in quotes, in which quotes are
 * doubled; quotes of others are as they stand in the cell.
 *
 * @param {string} text
 */
function cellsOf(text) {
  const quoted = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
  const plain = /[^\t\r\n]*/y;
  /** @type {string[][]} */
  const lines = [[]];
  for (let at = 0; at <= text.length; ) {
    quoted.lastIndex = plain.lastIndex = at;
    const inside = text[at] === '"' ? (quoted.exec(text)?.[1] ?? '') : '';
    const isQuoted = /[\t\r\n]/.test(inside);
    lines[lines.length - 1].push(isQuoted ? inside.replaceAll('""', '"').trim() : (plain.exec(text)?.[0] ?? '').trim());
    at = isQuoted ? quoted.lastIndex : plain.lastIndex;
    if (at < text.length && text[at] !== '\t') lines.push([]);
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return lines;
}

/**
 * How many of the pasted texts go to the pages behind: those of a column of the problems that the table is of.
 *
 * @param {FixGrid} grid
 * @param {Cell} cell
 */
function behind(grid, cell) {
  const kind = /** @type {HTMLInputElement | null} */ (grid.form.querySelector('input[name="kind"]'))?.value;
  const isOfKind = kind === `${cell.dataset.code}:${grid.heads()[cell.cellIndex]?.dataset.key}`;
  return isOfKind && grid.form.dataset.last ? grid.behind : 0;
}

/**
 * A block of cells, as spreadsheets copy it, fills the cells that it covers, and those of the pages behind; one step of undo. What finds no
 * cell is said.
 *
 * @param {FixGrid} grid
 * @param {ClipboardEvent} event
 */
export function pasted(grid, event) {
  const cell = grid.cellOf(event);
  const text = event.clipboardData?.getData('text/plain').replace(/\r?\n$/, '') ?? '';
  const isInside = event.target !== cell;
  if (!cell || !grid.canEdit || (isInside && !/[\n\t]/.test(text))) return;
  event.preventDefault();
  const lines = cellsOf(text);
  const isOne = lines.length === 1 && lines[0].length === 1;
  if (isOne && grid.anchor) {
    grid.saveAll(selected(grid, cell).flat().map((of) => [of, lines[0][0]]), []);
    return;
  }
  const rows = grid.rows();
  const first = rows.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement));
  /** @type {[Cell, string][]} */
  const values = [];
  lines.slice(0, rows.length - first).forEach((line, down) => line.forEach((value, across) => {
    const at = rows[first + down].cells[cell.cellIndex + across];
    if (at) values.push([at, value]);
  }));
  const isColumn = lines.every((line) => line.length === 1);
  const rest = lines.slice(rows.length - first, rows.length - first + (isColumn ? behind(grid, cell) : 0));
  const over = lines.length - Math.min(lines.length, rows.length - first) - rest.length;
  grid.saveAll(values, rest.map(([value]) => value), over);
}

/**
 * @param {FixGrid} grid
 * @param {Cell} cell the first of the selected cells fills the others; without a selection, the cell above fills this one
 */
export function fillDown(grid, cell) {
  const block = selected(grid, cell);
  const above = grid.rows()[grid.rows().indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement)) - 1]?.cells[cell.cellIndex];
  if (block.length === 1) {
    if (above) grid.saveAll(block[0].map((of) => [of, grid.textOf(/** @type {Cell} */ (above))]), []);
    return;
  }
  const [first, ...rest] = block;
  grid.saveAll(rest.flatMap((line) => line.map((of, across) => /** @type {[Cell, string]} */ ([of, grid.textOf(first[across])]))), []);
}
