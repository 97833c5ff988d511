// The forms beside the grid: the answers of a kind, conflicts, steps taken back. They are sent as the grid's cells are.

import { announce } from './announce.js';
import { sayBanner, send, swap } from './saving.js';

/** Ctrl + Enter anywhere among the answers takes them. @param {KeyboardEvent} event */
function takeAnswers(event) {
  const form = /** @type {Element} */ (event.target).closest('form');
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || form?.id !== 'values') return;
  event.preventDefault();
  /** @type {HTMLFormElement} */ (form).requestSubmit(form.querySelector('button.primary'));
}

document.addEventListener('keydown', takeAnswers);

/** @param {() => void} start what is to be done once parts of the page are others */
export function watchForms(start) {
  for (const form of document.querySelectorAll('form[data-swap]:not([data-watched])')) {
    form.setAttribute('data-watched', '');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sendForm(/** @type {HTMLFormElement} */ (form), /** @type {SubmitEvent} */ (event).submitter, start);
    });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {() => void} start
 */
function sendForm(form, submitter, start) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
  const section = form.closest('[data-part]')?.getAttribute('data-part') ?? '';
  form.classList.add('saving');
  send({
    action: form.action,
    body: () => body,
    cells: [],
    refused: (why) => {
      form.classList.remove('saving');
      announce(why);
    },
    done: (next) => {
      form.classList.remove('saving');
      sayBanner(next);
      form.reset();
      swap(next);
      swap(next, ['problems']);
      start();
      const heading = document.querySelector(`[data-part="${section}"] :is(h2, button.primary)`) ?? document.querySelector('#finish button');
      /** @type {HTMLElement | null} */ (heading)?.focus({ preventScroll: true });
    },
  });
}
