// The page of the download: who takes the tick of a field away chooses only the others; and once the file is on its way, what comes next is
// said. Without this the server understands the ticks the same, and the steps stand above the form.

import { announce } from './announce.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-download]'));
const next = document.getElementById('downloading');
const ticks = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input[type=checkbox][name=field]')]);

form.addEventListener('change', (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (input.name === 'fields' && input.value === 'all') for (const tick of ticks()) tick.checked = true;
  if (input.name !== 'field') return;
  const some = /** @type {HTMLInputElement | null} */ (form.querySelector('input[name=fields][value=some]'));
  if (some) some.checked = true;
});
form.addEventListener('submit', () => {
  if (!next) return;
  next.hidden = false;
  announce(next.querySelector('p')?.textContent ?? '');
  next.scrollIntoView({ block: 'nearest' });
});
