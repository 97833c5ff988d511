// What an answer says of the cells of the grid: what is right now, what is wrong, what others have put there.

import { say, waits } from './saving.js';

/** @typedef {import('./fix-grid.js').FixGrid} FixGrid */
/** @typedef {HTMLTableCellElement} Cell */
/** @typedef {import('./others.js').Changed} Changed */

/**
 * Brings the grid's cells to what the answer says: what is right now turns green and stays where it is, so that no row vanishes under
 * the cursor; when nothing is left to be put right here, the answer's table takes this one's place.
 *
 * @param {FixGrid} grid
 * @param {Document} next
 * @param {Changed[]} others what others have put right
 */
export function settle(grid, next, others) {
  const fresh = new Map([...next.querySelectorAll('[data-fix-grid] td[data-target]')].map((cell) => [cell.getAttribute('data-target') ?? '', cell]));
  const isHere = (/** @type {Element} */ row) => grid.table.querySelector(`tr[data-of="${CSS.escape(row.getAttribute('data-of') ?? '')}"]`);
  for (const cell of grid.table.querySelectorAll('td[data-target]')) settleCell(grid, /** @type {Cell} */ (cell), fresh, others);
  const rows = [...next.querySelectorAll('[data-fix-grid] tr[data-of]')];
  const known = rows.map(isHere);
  if (grid.problems().length === 0 && !known.some(Boolean)) {
    // Whoever types somewhere on the page is left there.
    grid.replace(next, grid.form.contains(document.activeElement));
    return;
  }
  rows.forEach((row, place) => {
    const after = known.slice(place + 1).find(Boolean);
    if (known[place] || !after || row.children.length !== grid.heads().length) return;
    const made = /** @type {HTMLTableRowElement} */ (document.importNode(row, true));
    for (const cell of made.cells) grid.ready(cell);
    after.before(made);
    known[place] = made;
  });
  for (const row of grid.rows()) {
    if (!rows.some((of) => isHere(of) === row) && !row.querySelector('.fixed, .saving, .unsaved, .edited, :focus') && row.querySelector('.bad')) row.remove();
  }
  grid.count();
}

/**
 * @param {FixGrid} grid
 * @param {Cell} cell
 * @param {Map<string, Element>} all
 * @param {Changed[]} others
 */
export function settleCell(grid, cell, all, others) {
  const input = grid.inputOf(cell);
  const fresh = all.get(cell.dataset.target ?? '');
  if (waits(cell) || cell.matches('.unsaved') || (input && input.value !== input.defaultValue)) return;
  const by = others.find((of) => of.row === cell.parentElement?.dataset.of && of.field === cell.dataset.field);
  if (fresh?.matches('.bad')) spoil(grid, cell, fresh);
  else if (cell.matches('.bad') || (by && cell.matches('.fixed'))) mend(grid, cell, by);
  else if (fresh && !input && cell.textContent !== fresh.textContent) cell.textContent = fresh.textContent;
}

/**
 * @param {FixGrid} grid
 * @param {Cell} cell
 * @param {Changed} [by]
 */
export function mend(grid, cell, by) {
  const input = grid.inputOf(cell);
  const shown = by && !by.own;
  if (input && shown && typeof by.value === 'string') {
    input.value = by.value;
    input.defaultValue = by.value;
    cell.dataset.was = by.value;
  }
  input?.removeAttribute('aria-invalid');
  cell.classList.replace('bad', 'fixed');
  cell.removeAttribute('aria-invalid');
  delete cell.dataset.answers;
  const problem = cell.querySelector('.problem');
  if (problem) problem.textContent = shown ? say('right-by', { who: by.by }) : say('right');
  if (cell.contains(document.activeElement)) grid.tell(cell);
}

/**
 * @param {FixGrid} grid
 * @param {Cell} cell
 * @param {Element} fresh the same cell as the answer has it
 */
export function spoil(grid, cell, fresh) {
  const words = fresh.querySelector('.problem')?.textContent ?? '';
  const was = fresh.querySelector('input[type="hidden"]')?.getAttribute('value') ?? '';
  if (cell.matches('.bad') && cell.querySelector('.problem')?.textContent === words && cell.dataset.was === was) return;
  const had = cell.contains(document.activeElement);
  cell.innerHTML = fresh.innerHTML;
  cell.className = fresh.className;
  if (fresh instanceof HTMLElement) for (const name of ['code', 'field', 'answers']) {
    if (fresh.dataset[name] === undefined) delete cell.dataset[name];
    else cell.dataset[name] = fresh.dataset[name];
  }
  grid.ready(cell);
  if (had) grid.focus(cell);
}
