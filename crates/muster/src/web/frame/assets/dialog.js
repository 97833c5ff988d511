// A page that is one form, shown as a dialog over the page that leads to it. Without this it is a page. Wherever something is in the way,
// the link is followed.

import { localMoments } from './announce.js';

/**
 * A button that closes the dialog.
 * @param {HTMLDialogElement} dialog
 * @param {string} words
 * @param {string} look
 * @param {string} label what it is called, where the words are a sign
 */
function closing(dialog, words, look, label) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = look;
  button.textContent = words;
  if (label) button.setAttribute('aria-label', label);
  button.addEventListener('click', () => dialog.close());
  return button;
}

/** @param {HTMLAnchorElement} link */
async function show(link) {
  const response = await fetch(link.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  /** @type {HTMLElement | null} */
  const part = page.querySelector('[data-part="ticket"]');
  if (!response.ok || !part) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'ticket-title');
  for (const only of part.querySelectorAll('[data-page-only]')) only.remove();
  dialog.append(document.importNode(part, true));
  const head = document.createElement('div');
  head.className = 'row';
  const heading = dialog.querySelector('h1');
  heading?.replaceWith(head);
  head.append(...(heading ? [heading] : []), closing(dialog, '✕', 'quiet end', part.dataset.close ?? ''));
  dialog.querySelector('form .row:last-child')?.append(closing(dialog, part.dataset.cancel ?? '', '', ''));
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  localMoments(dialog);
  dialog.showModal();
  dialog.querySelector('textarea')?.focus();
}

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('a[data-dialog]');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!(link instanceof HTMLAnchorElement) || !plain) return;
  event.preventDefault();
  show(link).catch(() => location.assign(link.href));
});
