// What every page gets: menus that close, moments in the reader's own zone, passwords that can be looked at. The larger parts are
// modules of their own, fetched only by the pages that need them.

import { localMoments } from './announce.js';

function menus() {
  const open = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details[data-menu][open]'));
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('focusout', (event) => {
    const menu = /** @type {Element} */ (event.target).closest('details[data-menu]');
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (menu && next && !menu.contains(next)) /** @type {HTMLDetailsElement} */ (menu).open = false;
  });
}

function reveals() {
  for (const frame of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-reveal]'))) {
    const input = frame.querySelector('input');
    if (!input) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = frame.dataset.show ?? '';
    button.setAttribute('aria-label', frame.dataset.reveal ?? '');
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      const show = input.type === 'password';
      input.type = show ? 'text' : 'password';
      button.textContent = (show ? frame.dataset.hide : frame.dataset.show) ?? '';
      button.setAttribute('aria-pressed', String(show));
    });
    frame.append(button);
  }
}

document.documentElement.classList.add('scripted');
localMoments(document);
menus();
reveals();
document.getElementById('outcome')?.focus();
// Of tabs that do not fit side by side, the one that is open is seen.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
// What goes on with each look, as a page without script does by its refresh.
if (document.querySelector('[data-go-on]')) setTimeout(() => location.reload(), 300);
// Not waited for: nothing here needs them.
if (document.querySelector('[data-search]')) void import('./search.js');
if (document.querySelector('form[data-download]')) void import('./download.js');
if (document.getElementById('selecting')) void import('./ticks.js');
if (document.querySelector('[data-upload]')) void import('./upload.js');
if (document.querySelector('[data-progress]')) void import('./progress.js');
if (document.querySelector('[data-dialog], [data-part="review"]')) void import('./dialog.js');
if (document.querySelector('[data-part="review"]')) void import('./fix-grid.js');
if (document.querySelector('[data-unsaved], [data-copy], [data-people]')) void import('./form.js');
if (document.querySelector('[data-ordering]')) void import('./fields.js');
