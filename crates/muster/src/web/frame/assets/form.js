// The form of one user, smoother: what is not saved yet is not lost by leaving, a User ID is copied, and a person is found by name. Without
// this the form takes a User ID, an email or a username.

import { announce } from './announce.js';

function unsaved() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-unsaved]'));
  if (!form) return;
  let isChanged = false;
  form.addEventListener('input', () => {
    isChanged = true;
  });
  // Every form of the page: who puts a value back or signs out has pressed for it.
  document.addEventListener('submit', () => {
    isChanged = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (isChanged) event.preventDefault();
  });
}

function copies() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-copy]'))) {
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      announce(button.dataset.copied ?? '');
      button.textContent = `✓ ${button.dataset.copied}`;
    });
  }
}

/** @param {HTMLInputElement} input offers the users that what is typed finds; the one that is chosen stands there by User ID */
async function offer(input) {
  const words = input.value.trim();
  if (words.length < 2) return;
  const response = await fetch(`${input.dataset.people || '../users'}?search=${encodeURIComponent(words)}`);
  if (!response.ok || input.value.trim() !== words) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const rows = [...page.querySelectorAll('#listed tbody tr')].slice(0, 8);
  listOf(input).replaceChildren(
    ...rows.map((row) => {
      const link = row.querySelector('th a');
      const option = document.createElement('option');
      option.value = link?.getAttribute('href')?.split('/').pop() ?? '';
      option.label = [link?.textContent, row.querySelector('td')?.textContent].filter(Boolean).join(', ');
      return option;
    }),
  );
}

/** @param {HTMLInputElement} input */
function listOf(input) {
  const known = document.getElementById(`${input.id}-people`);
  if (known) return known;
  const list = document.createElement('datalist');
  list.id = `${input.id}-people`;
  input.after(list);
  input.setAttribute('list', list.id);
  return list;
}

/** Listens to the whole page: parts of it may be exchanged. */
function people() {
  /** @type {number | undefined} */
  let waiting;
  document.addEventListener('input', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.dataset.people === undefined) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void offer(input), 200);
  });
}

unsaved();
copies();
people();
