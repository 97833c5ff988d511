// The editors of the grid's cells: a list to choose from, which finds what is typed; a calendar beside a date.

let number = 0;

/** The answers that are offered for a cell, in lines; the breaks of one are vertical tabs. @param {HTMLElement} cell */
export const answersOf = (cell) => cell.dataset.answers?.split('\n').map((answer) => answer.replaceAll('\v', '\n')) ?? [];

/** @param {unknown} element @returns {element is HTMLInputElement | HTMLTextAreaElement} */
export const isTypedInto = (element) => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** A list of options below the input of a cell, as ARIA's combobox has it. */
export class Choices {
  /**
   * @param {HTMLInputElement} input
   * @param {string[]} options
   * @param {{best?: string, none: string, chosen: (value: string) => void}} of
   */
  constructor(input, options, { best, none, chosen }) {
    this.input = input;
    this.options = options;
    this.none = none;
    this.chosen = chosen;
    this.list = document.createElement('ul');
    this.list.id = `choices-${(number += 1)}`;
    this.list.className = 'editor-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', input.getAttribute('aria-label') ?? '');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.list.id);
    this.list.addEventListener('pointerdown', (event) => {
      const option = /** @type {Element} */ (event.target).closest('[role="option"]');
      event.preventDefault();
      if (option) this.chosen(option.textContent ?? '');
    });
    this.typed = () => this.filter(input.value);
    input.addEventListener('input', this.typed);
    (input.closest('dialog, form') ?? document.body).append(this.list);
    this.show(options, best ?? options.find((option) => option === input.value));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** The option that Enter takes. */
  get active() {
    return this.isOpen ? this.list.querySelector('[aria-selected="true"]')?.textContent ?? null : null;
  }

  /**
   * @param {string[]} options
   * @param {string} [active]
   */
  show(options, active) {
    this.list.replaceChildren(
      ...options.map((option, place) => {
        const line = document.createElement('li');
        line.id = `${this.list.id}-${place}`;
        line.setAttribute('role', 'option');
        line.dir = 'auto';
        line.textContent = option;
        return line;
      }),
    );
    if (options.length === 0) {
      const line = document.createElement('li');
      line.className = 'muted';
      line.textContent = this.none;
      this.list.append(line);
    }
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark(options.indexOf(active ?? ''));
    this.place();
  }

  /** What begins with the text first, then what holds it. @param {string} text */
  filter(text) {
    const wanted = text.trim().toLocaleLowerCase();
    const begins = this.options.filter((option) => option.toLocaleLowerCase().startsWith(wanted));
    const holds = this.options.filter((option) => !begins.includes(option) && option.toLocaleLowerCase().includes(wanted));
    const found = [...begins, ...holds];
    this.show(found, wanted ? found[0] : undefined);
  }

  /** @param {number} place */
  mark(place) {
    const lines = [...this.list.querySelectorAll('[role="option"]')];
    lines.forEach((line, of) => line.setAttribute('aria-selected', String(of === place)));
    if (lines[place]) {
      this.input.setAttribute('aria-activedescendant', lines[place].id);
      lines[place].scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {number} step */
  move(step) {
    if (!this.isOpen) return this.show(this.options, this.options.find((option) => option === this.input.value));
    const lines = [...this.list.querySelectorAll('[role="option"]')];
    const at = lines.findIndex((line) => line.getAttribute('aria-selected') === 'true');
    if (lines.length > 0) this.mark((at < 0 ? (step > 0 ? 0 : lines.length - 1) : at + step + lines.length) % lines.length);
  }

  /** Below the input, or above it where there is more room. */
  place() {
    const at = this.input.getBoundingClientRect();
    const below = innerHeight - at.bottom;
    const { style } = this.list;
    style.left = `${at.left}px`;
    style.minWidth = `${at.width}px`;
    const isBelow = below > 160 || below > at.top;
    style.maxHeight = `${Math.max(Math.min(280, (isBelow ? below : at.top) - 12), 80)}px`;
    style.top = isBelow ? `${at.bottom + 2}px` : '';
    style.bottom = style.top ? '' : `${innerHeight - at.top + 2}px`;
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  close() {
    this.list.remove();
    this.input.removeEventListener('input', this.typed);
    for (const name of ['role', 'aria-autocomplete', 'aria-controls', 'aria-expanded', 'aria-activedescendant']) this.input.removeAttribute(name);
  }
}

/** A calendar beside the input of a date: whatever reads as a date can be typed all the same. */
export class Calendar {
  /**
   * @param {HTMLInputElement} input
   * @param {string} label
   * @param {(value: string) => void} chosen
   */
  constructor(input, label, chosen) {
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'calendar quiet';
    this.button.tabIndex = -1;
    this.button.setAttribute('aria-label', label);
    this.button.textContent = '▾';
    this.date = document.createElement('input');
    this.date.type = 'date';
    this.date.tabIndex = -1;
    this.date.className = 'picked';
    this.date.setAttribute('aria-label', label);
    // The browser shows only what is a date to it.
    this.date.value = input.value;
    this.date.addEventListener('change', (event) => {
      event.stopPropagation();
      if (this.date.value) chosen(this.date.value);
    });
    this.button.addEventListener('pointerdown', (event) => event.preventDefault());
    this.button.addEventListener('click', () => this.open());
    input.after(this.button, this.date);
  }

  open() {
    this.date.showPicker();
  }

  close() {
    this.button.remove();
    this.date.remove();
  }
}
