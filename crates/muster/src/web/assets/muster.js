// What every page gets: menus that close, moments in the reader's own zone, passwords that can be looked at. The larger parts are
// modules of their own, fetched only by the pages that need them.

/** @param {string} words said to those who listen to the page instead of looking at it */
export function announce(words) {
  const status = document.getElementById('status');
  if (status) status.textContent = words;
}

/** @param {ParentNode} root writes moments in the reader's own zone; the exact one stays in the attribute */
export function localMoments(root) {
  const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  for (const time of root.querySelectorAll('time[data-moment]')) {
    const moment = new Date(time.getAttribute('datetime') ?? '');
    if (!Number.isNaN(moment.getTime())) time.textContent = shown.format(moment);
  }
}

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
  for (const frame of document.querySelectorAll('[data-reveal]')) {
    const input = frame.querySelector('input');
    if (!input) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Show';
    button.setAttribute('aria-label', 'Show password');
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      const show = input.type === 'password';
      input.type = show ? 'text' : 'password';
      button.textContent = show ? 'Hide' : 'Show';
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
// Not waited for: these modules import this one, which has to come to its end first.
if (document.querySelector('[data-search]')) void import('./search.js');
if (document.querySelector('[data-upload]')) void import('./upload.js');
if (document.querySelector('[data-progress]')) void import('./progress.js');
if (document.querySelector('[data-fix-grid], [data-swap]')) void import('./fix-grid.js');
