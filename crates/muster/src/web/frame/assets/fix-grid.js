// The table of problems as a grid: one stop of the Tab key, arrows to move, Enter or F2 to edit, Enter again to save and go to the next
// problem. A save posts the same form as without script and puts the answer's parts in place, so that counts, kinds and the button to
// complete always agree with the server.

import { announce } from './announce.js';
import { dialogOf } from './asking.js';
import { watchForms } from './beside.js';
import { copied, pasted, select } from './blocks.js';
import { readyHead } from './columns.js';
import { Calendar, Choices, answersOf, isTypedInto } from './editors.js';
import { key } from './keys.js';
import { watchOthers } from './others.js';
import { say, sayBanner, sayNote, send, swap, waits } from './saving.js';
import { settle } from './settling.js';

/** @typedef {import('./others.js').Changed} Changed */
/** @typedef {HTMLTableCellElement} Cell */

export class FixGrid {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.table = /** @type {HTMLTableElement} */ (form.querySelector('table'));
    this.canEdit = 'edit' in form.dataset;
    /** @type {Cell | null} where a selection of several cells begins */
    this.anchor = null;
    /** @type {Choices | Calendar | null} */
    this.editor = null;
    /** @type {Promise<Document> | null} the next page, fetched ahead */
    this.ahead = null;
    this.said = document.createElement('p');
    this.table.setAttribute('role', 'grid');
    form.querySelector('[data-frame]')?.removeAttribute('tabindex');
    form.querySelector('[data-save]')?.remove();
    this.makeToolbar();
    for (const row of this.rows()) for (const cell of row.cells) this.ready(cell);
    for (const head of this.heads()) readyHead(this, head);
    this.count();
    /** Problems of the pages behind. */
    this.behind = Math.max(0, Number(this.table.dataset.rows ?? 0) - Number(form.dataset.passed ?? 0) - this.problems().length);
    const first = this.wanted() ?? this.problems()[0];
    this.makeStop(first ?? this.rows()[0]?.cells[1]);
    // What is wrong is read before anybody has touched the table.
    if (first) this.tell(first);
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ does) => this.table.addEventListener(kind, does);
    on('keydown', (event) => key(this, event));
    on('focusin', (event) => this.focused(event));
    on('focusout', (event) => this.left(event));
    on('pointerdown', (event) => this.pressed(event));
    on('dblclick', (event) => this.edit(this.cellOf(event)));
    on('copy', (event) => copied(this, event));
    on('paste', (event) => pasted(this, event));
    form.addEventListener('submit', (event) => this.submitted(event));
  }

  rows() {
    return [...this.table.tBodies[0].rows];
  }

  heads() {
    return [...(this.table.tHead?.rows[0].cells ?? [])];
  }

  /** @returns {Cell[]} */
  problems() {
    return [...this.table.querySelectorAll('td.bad')].map((cell) => /** @type {Cell} */ (cell));
  }

  /** The cell that the address names. */
  wanted() {
    return location.hash.length > 1 ? /** @type {Cell | null} */ (this.table.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)) : null;
  }

  /** @param {Cell} cell @returns {HTMLInputElement | HTMLTextAreaElement | null} */
  inputOf(cell) {
    return cell.querySelector('input:not([type="hidden"], .picked), textarea');
  }

  /** @param {Cell} cell */
  textOf(cell) {
    const input = this.inputOf(cell);
    if (input) return input.value;
    const shown = cell.querySelector('span[dir]') ?? cell;
    return cell.matches('.bad, .fixed') && shown === cell ? '' : (shown.textContent ?? '').trim();
  }

  /** @param {Cell} cell */
  ready(cell) {
    cell.tabIndex = -1;
    cell.setAttribute('role', cell.tagName === 'TD' ? 'gridcell' : 'rowheader');
    const was = cell.querySelector('input[type="hidden"]');
    if (was instanceof HTMLInputElement) {
      cell.dataset.was = was.value;
      was.remove();
    }
    for (const inner of cell.querySelectorAll('input, textarea, button, a')) /** @type {HTMLElement} */ (inner).tabIndex = -1;
    const problem = cell.querySelector('.problem');
    if (cell.matches('.bad') && problem) {
      cell.setAttribute('aria-invalid', 'true');
      if (!problem.id) problem.id = `problem-of-${cell.parentElement?.dataset.row ?? ''}-${cell.cellIndex}`;
      cell.setAttribute('aria-describedby', problem.id);
    }
    if (!cell.dataset.target && cell.tagName === 'TD') cell.setAttribute('aria-readonly', 'true');
  }

  /** Where the rows stand among all: what those hear who do not see the table. */
  count() {
    const passed = Number(this.form.dataset.passed ?? 0);
    this.table.setAttribute('aria-rowcount', String(Math.max(Number(this.table.dataset.rows ?? 0), passed + this.rows().length) + 1));
    this.table.setAttribute('aria-colcount', String(this.heads().length));
    this.rows().forEach((row, place) => row.setAttribute('aria-rowindex', String(passed + place + 2)));
    this.table.tHead?.rows[0].setAttribute('aria-rowindex', '1');
  }

  makeToolbar() {
    const bar = this.form.querySelector('[data-toolbar]');
    const said = bar?.querySelector('.said');
    if (said instanceof HTMLParagraphElement) this.said = said;
    this.said.textContent = this.canEdit ? say('hint') : '';
    const end = bar?.querySelector('.end');
    this.answers = document.createElement('span');
    this.answers.className = 'row';
    const state = document.createElement('span');
    state.className = 'muted';
    state.dataset.saveState = '';
    end?.prepend(this.answers, state);
    const button = (/** @type {string} */ text, /** @type {() => void} */ press, /** @type {string} */ name) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = text;
      made.className = 'small';
      if (name) made.setAttribute('aria-label', name);
      made.addEventListener('click', press);
      end?.append(made);
    };
    button('↑', () => void this.go(-1), say('previous'));
    button('↓', () => void this.go(1), say('next'));
    button(say('keys'), () => this.showKeys(), '');
  }

  /** @param {Element | null | undefined} cell makes a cell the one that Tab reaches */
  makeStop(cell) {
    for (const other of this.table.querySelectorAll('[tabindex="0"]')) /** @type {HTMLElement} */ (other).tabIndex = -1;
    if (cell) /** @type {HTMLElement} */ (cell).tabIndex = 0;
  }

  stop() {
    return /** @type {Cell | null} */ (this.table.querySelector('[tabindex="0"]'));
  }

  /** @param {Element | null | undefined} cell */
  focus(cell) {
    if (!cell) return;
    this.makeStop(cell);
    /** @type {HTMLElement} */ (cell).focus();
  }

  /** @param {Event} event */
  cellOf(event) {
    return /** @type {Cell | null} */ (/** @type {Element} */ (event.target).closest('td, th'));
  }

  // ---- Focus, and what is said of a cell

  /** @param {FocusEvent} event */
  focused(event) {
    const cell = this.cellOf(event);
    if (!cell) return;
    if (cell.tabIndex !== 0) this.makeStop(cell);
    this.tell(cell);
    if (event.target === this.inputOf(cell) && !this.editor) this.openEditor(cell);
    const rows = this.rows();
    if (rows.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement)) >= rows.length - 10) this.fetchAhead();
  }

  /** What is wrong with the cell that has the focus stands above the table, where a spreadsheet has its formulas. @param {Cell} cell */
  tell(cell) {
    const all = this.problems();
    const place = all.indexOf(cell);
    const problem = cell.querySelector('.problem');
    const raise = problem?.querySelector('a.raise');
    const words = (problem?.textContent ?? '').replace(raise?.textContent ?? '', '').trim();
    const passed = Number(this.form.dataset.passed ?? 0);
    const number = say('place', { number: passed + place + 1, all: Math.max(Number(this.table.dataset.rows ?? 0), passed + all.length) });
    this.said.textContent = place >= 0 ? `${number} ${words}` : words || (this.canEdit ? say('hint') : '');
    if (raise) this.said.append(' ', raise.cloneNode(true));
    this.answers?.replaceChildren();
    if (!this.canEdit || !cell.matches('.bad[data-target]')) return;
    for (const answer of answersOf(cell)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'small';
      button.textContent = say('use', { answer });
      button.addEventListener('click', () => this.save([[cell, answer]], true));
      this.answers?.append(button);
    }
  }

  /** @param {FocusEvent} event leaving a changed input saves it */
  left(event) {
    const cell = this.cellOf(event);
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (!cell || (next !== cell && next && cell.contains(next)) || !isTypedInto(event.target) || event.target.matches('.picked')) return;
    const { value, defaultValue } = event.target;
    this.closeEditor();
    if (!waits(cell) && value !== defaultValue) this.save([[cell, value]], false);
    else this.putAway(cell);
  }

  isRtl() {
    return getComputedStyle(this.table).direction === 'rtl';
  }

  /** @param {PointerEvent} event with Shift, selects from the cell that has the focus */
  pressed(event) {
    const cell = this.cellOf(event);
    const from = this.stop();
    if (!cell || cell.closest('thead') || /** @type {Element} */ (event.target).closest('button, a, .grip')) return;
    if (event.shiftKey && from && !from.closest('thead')) {
      event.preventDefault();
      select(this, this.anchor ?? from, cell);
    } else {
      select(this, null);
    }
    if (!isTypedInto(event.target)) this.focus(cell);
  }

  // ---- Editing

  /** @param {Cell | null} cell */
  edit(cell) {
    if (!cell) return;
    if (this.canEdit && cell.dataset.target && !this.inputOf(cell)) this.makeInput(cell);
    const inner = this.inputOf(cell) ?? /** @type {HTMLElement | null} */ (cell.querySelector('button, a'));
    if (!inner) {
      if (this.canEdit) announce(say('not-editable'));
      return;
    }
    inner.focus();
    if (isTypedInto(inner)) inner.select();
  }

  /** @param {Cell} cell a cell with which nothing is wrong gets an input while it is edited */
  makeInput(cell) {
    const text = cell.textContent?.trim() ?? '';
    // An input would lose the breaks of a text.
    const input = document.createElement(text.includes('\n') ? 'textarea' : 'input');
    if (input instanceof HTMLTextAreaElement) input.rows = 1;
    input.value = text;
    input.defaultValue = input.value;
    input.dir = 'auto';
    input.tabIndex = -1;
    input.autocomplete = 'off';
    input.setAttribute('aria-label', `${this.heads()[cell.cellIndex]?.textContent ?? ''}, ${cell.parentElement?.querySelector('.who')?.textContent ?? ''}`);
    cell.replaceChildren(input);
    cell.classList.add('edited');
  }

  /** @param {Cell} cell takes that input away again */
  putAway(cell) {
    const input = this.inputOf(cell);
    if (!input || !cell.matches('.edited') || waits(cell)) return;
    const { value } = input;
    // Not while the browser is still at its business with the input.
    queueMicrotask(() => {
      if (cell.matches('.edited')) cell.replaceChildren(value);
      cell.classList.remove('edited');
    });
  }

  /** @param {Cell} cell */
  openEditor(cell) {
    const head = this.heads()[cell.cellIndex];
    const input = this.inputOf(cell);
    const { options, kind } = head?.dataset ?? {};
    const chosen = (/** @type {string} */ value) => this.save([[cell, value]], true);
    if (!input || !this.canEdit) return;
    const answers = answersOf(cell);
    if (!(input instanceof HTMLInputElement)) return;
    if (options !== undefined || 'names' in cell.dataset) {
      const all = options?.split('\n') ?? answers;
      if (all.length > 0) this.editor = new Choices(input, all, { best: answers.find((answer) => all.includes(answer)), none: say('no-option'), chosen });
    } else if (kind === 'date') {
      this.editor = new Calendar(input, say('calendar'), chosen);
    }
  }

  closeEditor() {
    this.editor?.close();
    this.editor = null;
  }

  // ---- Saving

  /**
   * @param {[Cell, string][]} values
   * @param {boolean} onwards to the next problem, once it is saved
   */
  save(values, onwards) {
    const [[cell, value]] = values;
    const input = this.inputOf(cell);
    if (!cell.dataset.target) return;
    if (input && value === input.defaultValue && !cell.matches('.unsaved, .edited')) {
      if (onwards) void this.go(1, cell);
      return;
    }
    if (input) input.value = value;
    if (waits(cell)) return;
    this.closeEditor();
    this.sendValues(values, [], onwards ? cell : null);
  }

  /**
   * @param {[Cell, string][]} values
   * @param {string[]} rest what goes to the pages behind
   * @param {number} [over] lines for which there is no row
   */
  saveAll(values, rest, over = 0) {
    const can = values.filter(([cell]) => cell.dataset.target && !('names' in cell.dataset));
    if (can.length === 0) {
      announce(say('no-paste'));
      return;
    }
    for (const [cell, value] of can) {
      const input = this.inputOf(cell);
      // One line can't show breaks; they are sent all the same.
      if (input) input.value = value.replace(/\s*[\t\r\n]\s*/g, ' ');
      else cell.textContent = value;
    }
    this.sendValues(can, rest, null, over);
  }

  /**
   * @param {[Cell, string][]} values
   * @param {string[]} rest
   * @param {Cell | null} onwards
   * @param {number} [over] lines that were pasted and for which there is no row
   */
  sendValues(values, rest, onwards, over = 0) {
    const body = () => {
      const form = this.back();
      for (const [cell, value] of values) {
        form.append(`${'names' in cell.dataset ? 'names' : 'value'}.${cell.dataset.target}`, value);
        // Nothing is sent of what stood there when it is the same: that would say that nothing is to be done.
        if (cell.dataset.was !== undefined && cell.dataset.was.trim() !== value.trim()) form.append(`was.${cell.dataset.target}`, cell.dataset.was);
      }
      if (rest.length > 0) form.append('rest.after', this.form.dataset.last ?? '');
      for (const value of rest) form.append('rest', value);
      return form;
    };
    this.send(body, values.map(([cell]) => cell), (next) => {
      for (const [cell, value] of values) this.saved(cell, value);
      this.answered(next, onwards);
      if (over === 0) return;
      sayNote(say('no-room', { cells: over }));
    });
  }

  /**
   * Gives all cells with the same problem and the same text this value, on other pages too.
   *
   * @param {Cell} cell
   * @param {string} value
   */
  saveAlike(cell, value) {
    const { code, field, was } = cell.dataset;
    if (!code || !field || !cell.matches('.bad')) {
      this.save([[cell, value]], true);
      return;
    }
    this.closeEditor();
    const input = this.inputOf(cell);
    if (input) input.value = value;
    const body = () => {
      const form = this.back();
      for (const [name, text] of [['code', code], ['field', field], ['value', value]]) form.append(`group.${name}`, text);
      if (was) form.append('group.text', was);
      return form;
    };
    this.send(body, [cell], (next) => {
      const alike = this.problems().filter((of) => of.dataset.code === code && of.dataset.field === field && of.dataset.was === was);
      for (const of of alike) this.saved(of, value);
      this.answered(next, cell);
    });
  }

  /** @param {'undo' | 'redo'} which */
  turnStep(which) {
    const body = () => {
      const form = this.back();
      form.append('turn', which);
      return form;
    };
    this.send(body, [], (next) => this.replace(next));
  }

  /** What every form of the grid says: where it stands. */
  back() {
    const form = new URLSearchParams();
    for (const stays of this.form.querySelectorAll(':scope > input[type="hidden"]')) {
      const { name, value } = /** @type {HTMLInputElement} */ (stays);
      if (value) form.append(name, value);
    }
    return form;
  }

  /**
   * @param {() => URLSearchParams} body
   * @param {Cell[]} cells
   * @param {(next: Document) => void} done
   */
  send(body, cells, done) {
    this.ahead = null;
    const refused = (/** @type {string} */ why) => {
      announce(why);
      this.said.textContent = why;
      for (const cell of cells) cell.classList.add('unsaved');
    };
    send({ action: this.form.action, body, cells, done, refused });
  }

  /**
   * What was sent is saved now; what was typed meanwhile is not.
   *
   * @param {Cell} cell
   * @param {string} value
   */
  saved(cell, value) {
    const input = this.inputOf(cell);
    cell.dataset.was = value;
    if (!input) return;
    const typed = input.value;
    const isTyped = typed !== input.defaultValue && typed !== value;
    const isBusy = document.activeElement === input;
    if (!isTyped) input.value = value;
    input.defaultValue = value;
    if (cell.matches('.edited') && !isBusy) this.putAway(cell);
    else if (isTyped && !isBusy) this.save([[cell, typed]], false);
  }

  /**
   * @param {Document} next
   * @param {Cell | null} from where to go on from
   */
  answered(next, from) {
    sayBanner(next);
    swap(next);
    settle(this, next, []);
    watchForms(start);
    if (!from?.isConnected || !from.contains(document.activeElement)) return;
    if (from.matches('.bad')) this.edit(from);
    else if (this.problems().length > 0 || this.link('next')) void this.go(1, from);
    else {
      this.focus(from);
      document.querySelector('#finish button')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /**
   * @param {Document} next
   * @param {boolean} [takesFocus]
   */
  replace(next, takesFocus = true) {
    sayBanner(next);
    swap(next);
    swap(next, ['problems']);
    start();
    const first = /** @type {HTMLElement | null} */ (document.querySelector('[data-fix-grid] [tabindex="0"]') ?? document.querySelector('#finish button'));
    if (takesFocus) first?.focus();
  }

  // ---- From problem to problem, and from page to page

  /**
   * Goes to the next or previous problem, on other pages too.
   *
   * @param {number} step
   * @param {Element | null} [from]
   */
  async go(step, from = this.stop()) {
    select(this, null);
    const all = this.problems();
    const cells = [...this.table.querySelectorAll('td, th')];
    const here = from ? cells.indexOf(from) : -1;
    const after = all.filter((cell) => (step > 0 ? cells.indexOf(cell) > here : cells.indexOf(cell) < here));
    const to = step > 0 ? after[0] : after.at(-1);
    if (to) this.focus(to);
    else if (!(await this.turnPage(step > 0 ? 'next' : 'prev', step < 0))) this.focus(step > 0 ? all[0] : all.at(-1));
  }

  /** @param {'next' | 'prev'} which @returns {HTMLAnchorElement | null} */
  link(which) {
    return document.querySelector(`[data-part="problems"] nav.pages a[rel="${which}"]`);
  }

  /** @param {string} href */
  async fetched(href) {
    const response = await fetch(href);
    if (!response.ok || new URL(response.url).pathname !== location.pathname) throw new Error('another page');
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  }

  fetchAhead() {
    const link = this.link('next');
    if (!link || this.ahead) return;
    this.ahead = this.fetched(link.href);
    this.ahead.catch(() => (this.ahead = null));
  }

  /**
   * @param {'next' | 'prev'} which
   * @param {boolean} [atEnd] whether to begin at its end
   * @returns {Promise<boolean>} whether there is such a page
   */
  async turnPage(which, atEnd = false) {
    const link = this.link(which);
    if (!link) return false;
    try {
      const next = await ((which === 'next' && this.ahead) || this.fetched(link.href));
      history.replaceState(null, '', link.href);
      swap(next, ['problems']);
      const grid = start();
      const problems = grid?.problems() ?? [];
      grid?.focus((atEnd ? problems.at(-1) : problems[0]) ?? grid.stop());
    } catch {
      location.assign(link.href);
    }
    return true;
  }

  // ---- The rest

  /** @param {SubmitEvent} event "leave out" */
  submitted(event) {
    const button = event.submitter;
    event.preventDefault();
    if (!(button instanceof HTMLButtonElement) || !button.name) return;
    const { name, value } = button;
    const row = button.closest('tr');
    const body = () => {
      const form = this.back();
      form.append(name, value);
      return form;
    };
    this.send(body, [], (next) => {
      const to = /** @type {HTMLTableRowElement | null} */ (row?.nextElementSibling ?? row?.previousElementSibling ?? null);
      row?.remove();
      sayBanner(next);
      swap(next);
      settle(this, next, []);
      if (to?.isConnected) this.focus(to.querySelector('td.bad') ?? to.cells[0]);
      watchForms(start);
    });
  }

  showKeys() {
    const list = document.createElement('dl');
    list.className = 'details';
    for (const line of say('key-list').split('\n')) {
      const [keys, does] = line.split('|').map((/** @type {string} */ part) => part.trim());
      const term = document.createElement('dt');
      const key = document.createElement('kbd');
      key.textContent = keys;
      term.append(key);
      const told = document.createElement('dd');
      told.textContent = does ?? '';
      list.append(term, told);
    }
    const form = document.createElement('form');
    form.method = 'dialog';
    const close = document.createElement('button');
    close.className = 'primary';
    close.textContent = say('close');
    form.append(list, close);
    dialogOf(say('keys-title'), form);
    close.focus();
  }
}

/** @type {FixGrid | null} */
let grid = null;

function start() {
  watchForms(start);
  for (const form of document.querySelectorAll('form[data-fix-grid]:not([data-watched])')) {
    form.setAttribute('data-watched', '');
    grid = new FixGrid(/** @type {HTMLFormElement} */ (form));
  }
  return grid;
}

// On a telephone the kinds would push away what is to be done with one of them.
const kinds = /** @type {HTMLDetailsElement | null} */ (document.querySelector('nav.kinds details'));
if (kinds && innerWidth < 760) kinds.open = false;
start();
const here = /** @type {FixGrid | null} */ (grid);
if (here?.wanted()) here.focus(here.stop());
for (const skip of document.querySelectorAll('a.skip[href="#problems-part"]')) {
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    grid?.focus(grid.stop());
  });
}
watchOthers((next, cells) => {
  swap(next);
  if (grid?.form.isConnected) settle(grid, next, cells);
  else swap(next, ['problems']);
  start();
});
