// The table of problems as a grid: one stop of the Tab key, arrows to move, Enter or F2 to edit, Enter again to save and go to the next
// problem. A save posts the same form as without script and puts the answer's parts in place, so that counts, kinds and the button to
// complete always agree with the server.

import { announce, localMoments } from './announce.js';

const PARTS = ['tabs', 'steps', 'kinds', 'repair', 'problems', 'part', 'finish'];

const KEYS = [
  ['Arrow keys', 'Move from cell to cell'],
  ['Home, End', 'First, last cell of the row'],
  ['Ctrl + Home, Ctrl + End', 'First, last cell of the table'],
  ['Enter, F2', 'Edit the cell'],
  ['Enter while editing', 'Save and go to the next problem'],
  ['Ctrl + Enter while editing', 'Change all equal cells with the same problem'],
  ['Ctrl + V', 'Paste; several rows fill the red cells from here on'],
  ['Ctrl + Z, Ctrl + Y', 'Undo, redo the last corrections'],
  ['Esc', 'Stop editing; the cell is as before'],
  ['F8, Shift + F8', 'Next, previous problem'],
  ['?', 'This list'],
];

/**
 * Posts a form as the browser would and answers the page that follows; the address becomes that of the page, without what it said.
 *
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} body
 * @returns {Promise<Document>}
 */
async function post(form, body) {
  const response = await fetch(form.action, { method: 'POST', body });
  const landed = new URL(response.url);
  if (!response.ok || !landed.pathname.startsWith(new URL(form.action).pathname.replace(/\/fixes$/, ''))) {
    // Signed out, or the import has moved on: the whole page says it better than a part of it.
    location.assign(response.ok ? landed.href : location.href);
    throw new DOMException('the page is left', 'AbortError');
  }
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!next.querySelector('[data-part]') || landed.pathname !== location.pathname) {
    // A large file is being read again, or another page is next: the whole of it says what.
    location.assign(landed.href);
    throw new DOMException('the page is left', 'AbortError');
  }
  for (const said of ['said', 'a', 'b']) landed.searchParams.delete(said);
  history.replaceState(null, '', landed.pathname + landed.search);
  return next;
}

/**
 * Puts the parts of an answer in place of the page's own.
 *
 * @param {Document} next
 * @param {string[]} names
 */
function swap(next, names) {
  for (const name of names) {
    const here = document.querySelector(`[data-part="${name}"]`);
    const there = next.querySelector(`[data-part="${name}"]`);
    if (!here || !there) continue;
    localMoments(there);
    here.replaceWith(there);
  }
}

/** @param {Document} next says what the answer's banner says; what an older one says on the page is true no more */
function sayBanner(next) {
  document.querySelector('main > .banner')?.remove();
  const words = next.querySelector('main > .banner')?.textContent?.replace(/^\s*[✓!i]\s*/, '').trim();
  if (words) announce(words);
}

class FixGrid {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.table = /** @type {HTMLTableElement} */ (form.querySelector('table'));
    this.saving = Promise.resolve();
    this.table.setAttribute('role', 'grid');
    form.querySelector('[data-frame]')?.removeAttribute('tabindex');
    form.querySelector('[data-save]')?.remove();
    this.makeToolbar();
    this.makeDetail();
    for (const row of this.rows()) for (const cell of row.cells) this.ready(cell);
    this.makeStop(this.problems()[0] ?? this.rows()[0]?.cells[0]);
    this.table.addEventListener('keydown', (event) => this.key(event));
    this.table.addEventListener('focusin', (event) => this.focused(event));
    this.table.addEventListener('change', (event) => this.changed(event));
    this.table.addEventListener('paste', (event) => this.pasted(event));
    form.addEventListener('submit', (event) => this.submitted(event));
  }

  rows() {
    return [...this.table.tBodies[0].rows];
  }

  /** @returns {HTMLTableCellElement[]} */
  problems() {
    return [...this.table.querySelectorAll('td.bad[data-target]')].map((cell) => /** @type {HTMLTableCellElement} */ (cell));
  }

  /** @param {HTMLTableCellElement} cell */
  ready(cell) {
    cell.tabIndex = -1;
    if (cell.tagName === 'TD') cell.setAttribute('role', 'gridcell');
    else cell.setAttribute('role', 'rowheader');
    for (const inner of cell.querySelectorAll('input:not([type="hidden"]), button, a')) {
      /** @type {HTMLElement} */ (inner).tabIndex = -1;
    }
    const problem = cell.querySelector('.problem');
    if (cell.matches('.bad[data-target]') && problem) {
      cell.setAttribute('aria-invalid', 'true');
      cell.setAttribute('aria-describedby', problem.id);
    }
  }

  makeToolbar() {
    const bar = this.form.querySelector('[data-toolbar] .end');
    if (!bar) return;
    const button = (/** @type {string} */ text, /** @type {() => void} */ press) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = text;
      made.addEventListener('click', press);
      bar.append(made);
    };
    button('Previous problem', () => this.go(-1));
    button('Next problem', () => this.go(1));
    button('Keys', () => this.showKeys());
  }

  /** What is wrong with the cell that has the focus stands above the table, where a spreadsheet has its formulas. */
  makeDetail() {
    this.detail = document.createElement('p');
    this.detail.textContent = 'Enter edits a red cell, Enter again saves it and goes to the next problem. ? lists all keys.';
    this.form.querySelector('[data-toolbar]')?.prepend(this.detail);
  }

  /** @param {Element | null | undefined} cell makes a cell the one that Tab reaches */
  makeStop(cell) {
    for (const other of this.table.querySelectorAll('[tabindex="0"]')) /** @type {HTMLElement} */ (other).tabIndex = -1;
    if (cell) /** @type {HTMLElement} */ (cell).tabIndex = 0;
  }

  /** @param {Element | null | undefined} cell */
  focus(cell) {
    if (!cell) return;
    this.makeStop(cell);
    /** @type {HTMLElement} */ (cell).focus();
  }

  /** @param {Event} event */
  cellOf(event) {
    const found = /** @type {Element} */ (event.target).closest('td, th');
    return /** @type {HTMLTableCellElement | null} */ (found);
  }

  /** @param {Event} event */
  focused(event) {
    const cell = this.cellOf(event);
    if (!cell || !this.detail) return;
    const all = this.problems();
    const place = all.indexOf(cell);
    const words = cell.querySelector('.problem')?.textContent?.replace(/^\s*!?\s*(Error:)?\s*/, '').trim();
    if (place >= 0) this.detail.textContent = `Problem ${place + 1} of ${all.length} here. ${words ?? ''}`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const cell = this.cellOf(event);
    if (!cell) return;
    const input = /** @type {Element} */ (event.target).matches('input');
    if (event.key === 'F8') {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1, cell);
    } else if (input) {
      this.keyInEdit(event, cell);
    } else if (event.target === cell) {
      this.keyOnCell(event, cell);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.focus(cell);
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLTableCellElement} cell
   */
  keyInEdit(event, cell) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.saveAlike(cell, input.value);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.save(cell, input.value, true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      input.value = input.defaultValue;
      this.focus(cell);
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLTableCellElement} cell
   */
  keyOnCell(event, cell) {
    const to = this.target(event, cell);
    const turn = this.turn(event);
    if (to) {
      event.preventDefault();
      this.focus(to);
    } else if (turn) {
      event.preventDefault();
      if (document.querySelector(`[data-turn="${turn}"]`)) this.send(new URLSearchParams([['turn', turn]]), cell, false);
      else announce(turn === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      this.edit(cell);
    } else if (event.key === '?') {
      event.preventDefault();
      this.showKeys();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' ') {
      this.edit(cell);
    }
  }

  /**
   * Where a key leads to.
   *
   * @param {KeyboardEvent} event
   * @param {HTMLTableCellElement} cell
   * @returns {Element | null | undefined}
   */
  target(event, cell) {
    const rows = this.rows();
    const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
    const place = rows.indexOf(row);
    const rtl = getComputedStyle(this.table).direction === 'rtl';
    const all = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case 'ArrowDown': return rows[place + 1]?.cells[cell.cellIndex];
      case 'ArrowUp': return rows[place - 1]?.cells[cell.cellIndex];
      case 'ArrowRight': return row.cells[cell.cellIndex + (rtl ? -1 : 1)];
      case 'ArrowLeft': return row.cells[cell.cellIndex + (rtl ? 1 : -1)];
      case 'Home': return (all ? rows[0] : row).cells[0];
      case 'End': return [...(all ? rows[rows.length - 1] : row).cells].at(-1);
      case 'PageDown': return rows[Math.min(place + 10, rows.length - 1)].cells[cell.cellIndex];
      case 'PageUp': return rows[Math.max(place - 10, 0)].cells[cell.cellIndex];
      default: return null;
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {'undo' | 'redo' | null}
   */
  turn(event) {
    if (!event.ctrlKey && !event.metaKey) return null;
    const key = event.key.toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
    return key === 'z' ? 'undo' : null;
  }

  /**
   * Gives all cells with the same problem and the same text this value, on other pages too.
   *
   * @param {HTMLTableCellElement} cell
   * @param {string} value
   */
  saveAlike(cell, value) {
    const { code, field } = cell.dataset;
    const was = /** @type {HTMLInputElement | null} */ (cell.querySelector('input[name^="was."]'));
    if (!code || !field) {
      this.save(cell, value, true);
      return;
    }
    const body = new URLSearchParams([['group.code', code], ['group.field', field], ['group.value', value]]);
    if (was?.value) body.append('group.text', was.value);
    cell.classList.add('saving');
    this.send(body, cell, true);
  }

  /** @param {ClipboardEvent} event a block of cells, as spreadsheets copy it, fills the red cells that it covers; one step of undo */
  pasted(event) {
    const cell = this.cellOf(event);
    const text = event.clipboardData?.getData('text/plain').replace(/\r?\n$/, '') ?? '';
    if (!cell || !/[\n\t]/.test(text)) return;
    event.preventDefault();
    const rows = this.rows();
    const first = rows.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement));
    const body = new URLSearchParams();
    text.split(/\r?\n/).forEach((line, down) => line.split('\t').forEach((value, across) => {
      const at = rows[first + down]?.cells[cell.cellIndex + across];
      const input = at?.querySelector('input[name^="value."]');
      if (!at?.dataset.target || !(input instanceof HTMLInputElement)) return;
      input.value = value.trim();
      body.append(`value.${at.dataset.target}`, input.value);
    }));
    if ([...body.keys()].length === 0) announce('None of the cells there is red, so nothing was pasted.');
    else this.send(body, cell, false);
  }

  /** @param {HTMLTableCellElement} cell */
  edit(cell) {
    const inner = /** @type {HTMLElement | null} */ (cell.querySelector('input:not([type="hidden"]), button, a'));
    if (!inner) return;
    inner.focus();
    if (inner instanceof HTMLInputElement) inner.select();
  }

  /**
   * Goes to the next or previous problem.
   *
   * @param {number} step
   * @param {Element | null} [from]
   */
  go(step, from = this.table.querySelector('[tabindex="0"]')) {
    const all = this.problems();
    if (all.length === 0) return;
    const cells = [...this.table.querySelectorAll('td, th')];
    const here = from ? cells.indexOf(from) : -1;
    const after = all.filter((cell) => (step > 0 ? cells.indexOf(cell) > here : cells.indexOf(cell) < here));
    this.focus(step > 0 ? (after[0] ?? all[0]) : (after.at(-1) ?? all.at(-1)));
  }

  /** @param {Event} event picking from the list of options, or leaving a changed input, saves it */
  changed(event) {
    const cell = this.cellOf(event);
    const input = event.target;
    if (cell && input instanceof HTMLInputElement && input.value !== input.defaultValue) this.save(cell, input.value, false);
  }

  /** @param {SubmitEvent} event a suggestion or "leave out" */
  submitted(event) {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !button.name) return;
    event.preventDefault();
    const cell = button.closest('td, th');
    if (button.name.startsWith('value.') && cell) this.save(/** @type {HTMLTableCellElement} */ (cell), button.value, true);
    else this.send(new URLSearchParams([[button.name, button.value]]), null, false);
  }

  /**
   * @param {HTMLTableCellElement} cell
   * @param {string} value
   * @param {boolean} onwards
   */
  save(cell, value, onwards) {
    const target = cell.dataset.target;
    if (!target) return;
    const input = /** @type {HTMLInputElement | null} */ (cell.querySelector('input:not([type="hidden"])'));
    if (input && value === input.defaultValue) {
      if (onwards) this.go(1, cell);
      return;
    }
    if (input) input.value = value;
    if (cell.matches('.saving')) return;
    cell.classList.add('saving');
    this.send(new URLSearchParams([[`value.${target}`, value]]), cell, onwards);
  }

  /**
   * Sends one after another, so that answers arrive in the order of the edits.
   *
   * @param {URLSearchParams} body
   * @param {HTMLTableCellElement | null} cell
   * @param {boolean} onwards
   */
  send(body, cell, onwards) {
    for (const name of ['back', 'kind']) {
      const stays = /** @type {HTMLInputElement | null} */ (this.form.querySelector(`[name="${name}"]`));
      if (stays?.value) body.append(name, stays.value);
    }
    this.saving = this.saving
      .then(() => post(this.form, body))
      .then((next) => {
        this.saved(body, cell);
        this.answered(next, cell, onwards);
      })
      .catch((/** @type {unknown} */ error) => {
        cell?.classList.remove('saving');
        if (!(error instanceof DOMException)) this.unsaved();
      });
  }

  /**
   * What was sent is saved now; what was typed meanwhile is not.
   *
   * @param {URLSearchParams} body
   * @param {HTMLTableCellElement | null} cell
   */
  saved(body, cell) {
    for (const [name, value] of body) {
      const input = name === 'group.value' ? cell?.querySelector('input:not([type="hidden"])') : this.table.querySelector(`input[name="${CSS.escape(name)}"]`);
      if (input instanceof HTMLInputElement && input.type !== 'hidden') input.defaultValue = value;
    }
    cell?.classList.remove('saving');
    const typed = cell?.querySelector('input:not([type="hidden"])');
    if (cell && typed instanceof HTMLInputElement && typed.value !== typed.defaultValue && document.activeElement !== typed) this.save(cell, typed.value, false);
  }

  /** What was typed stays in its cell and counts as unsaved: leaving the cell, or Enter, tries again. */
  unsaved() {
    const words = 'Not saved: the connection failed. What you typed is still there; press Enter in the cell to try again.';
    announce(words);
    if (this.detail) this.detail.textContent = words;
  }

  /**
   * @param {Document} next
   * @param {HTMLTableCellElement | null} cell
   * @param {boolean} onwards
   */
  answered(next, cell, onwards) {
    cell?.classList.remove('saving');
    sayBanner(next);
    swap(next, PARTS.filter((name) => name !== 'problems'));
    this.settle(next);
    if (this.problems().length === 0 && !cell?.isConnected) return;
    if (!cell || !onwards) return;
    if (cell.matches('.bad')) this.edit(cell);
    else if (this.problems().length > 0) this.go(1, cell);
    else document.querySelector('#finish button')?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Brings the grid's cells to what the answer says: what is right now turns green and stays where it is, so that no row vanishes under
   * the cursor; when the answer has other problems, its table takes this one's place.
   *
   * @param {Document} next
   */
  settle(next) {
    const key = (/** @type {Element} */ cell) => cell.getAttribute('data-target') ?? '';
    const found = new Map([...next.querySelectorAll('[data-fix-grid] td.bad[data-target]')].map((cell) => [key(cell), cell]));
    const mine = new Set(this.problems().map(key));
    const others = [...found.keys()].some((target) => !mine.has(target) && !this.table.querySelector(`[data-target="${CSS.escape(target)}"]`));
    const rowsNow = new Set([...next.querySelectorAll('[data-fix-grid] tr[data-row]')].map((row) => row.getAttribute('data-row')));
    if (others || (found.size === 0 && rowsNow.size === 0)) {
      this.replace(next);
      return;
    }
    for (const cell of this.table.querySelectorAll('td[data-target]')) {
      const fresh = found.get(key(cell));
      if (fresh) this.spoil(/** @type {HTMLTableCellElement} */ (cell), fresh);
      else this.mend(/** @type {HTMLTableCellElement} */ (cell));
    }
    for (const row of this.rows()) {
      if (!rowsNow.has(row.getAttribute('data-row')) && !row.querySelector('.fixed')) row.remove();
    }
    watchForms();
  }

  /** @param {Document} next */
  replace(next) {
    swap(next, ['problems']);
    start();
    const heading = /** @type {HTMLElement | null} */ (document.querySelector('[data-fix-grid] td.bad[tabindex="0"]') ?? document.querySelector('#finish button'));
    heading?.focus();
  }

  /** @param {HTMLTableCellElement} cell */
  mend(cell) {
    if (cell.matches('.fixed')) return;
    const input = cell.querySelector('input:not([type="hidden"])');
    input?.removeAttribute('aria-invalid');
    cell.classList.replace('bad', 'fixed');
    cell.removeAttribute('aria-invalid');
    cell.querySelector('.suggestions')?.remove();
    const problem = cell.querySelector('.problem');
    if (problem) problem.textContent = '✓ Put right';
  }

  /**
   * @param {HTMLTableCellElement} cell
   * @param {Element} fresh the same cell as the answer has it
   */
  spoil(cell, fresh) {
    const words = fresh.querySelector('.problem')?.innerHTML ?? '';
    if (cell.matches('.bad') && cell.querySelector('.problem')?.innerHTML === words) return;
    cell.innerHTML = fresh.innerHTML;
    cell.className = fresh.className;
    this.ready(cell);
  }

  showKeys() {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'keys-title');
    const list = KEYS.map(([key, does]) => `<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`).join('');
    dialog.innerHTML = `<h2 id="keys-title">Keys in the table</h2><dl>${list}</dl><form method="dialog"><button class="primary">Close</button></form>`;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** Ctrl + Enter anywhere among the answers takes them. @param {KeyboardEvent} event */
function takeAnswers(event) {
  const form = /** @type {Element} */ (event.target).closest('form');
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || form?.id !== 'values') return;
  event.preventDefault();
  /** @type {HTMLFormElement} */ (form).requestSubmit(form.querySelector('button.primary'));
}

document.addEventListener('keydown', takeAnswers);

/** The forms beside the grid: all alike, conflicts. */
function watchForms() {
  for (const form of document.querySelectorAll('form[data-swap]:not([data-watched])')) {
    form.setAttribute('data-watched', '');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sendForm(/** @type {HTMLFormElement} */ (form), /** @type {SubmitEvent} */ (event).submitter);
    });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
async function sendForm(form, submitter) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
  const section = form.closest('[data-part]')?.getAttribute('data-part') ?? '';
  form.classList.add('saving');
  try {
    const next = await post(form, body);
    sayBanner(next);
    swap(next, PARTS);
    start();
    const heading = document.querySelector(`[data-part="${section}"] :is(h2, button.primary)`) ?? document.querySelector('#finish button');
    /** @type {HTMLElement | null} */ (heading)?.focus({ preventScroll: true });
  } catch (error) {
    if (error instanceof DOMException) return;
    form.classList.remove('saving');
    announce('Not saved: the connection failed. Try again.');
  }
}

function start() {
  watchForms();
  for (const form of document.querySelectorAll('form[data-fix-grid]:not([data-watched])')) {
    form.setAttribute('data-watched', '');
    if (form.querySelector('[data-toolbar]')) new FixGrid(/** @type {HTMLFormElement} */ (form));
  }
}

// On a telephone the kinds would push away what is to be done with one of them.
const kinds = /** @type {HTMLDetailsElement | null} */ (document.querySelector('nav.kinds details'));
if (kinds && innerWidth < 760) kinds.open = false;
start();
