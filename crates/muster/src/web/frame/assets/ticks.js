// Ticks of the list of users: shift ticks a span, and the button says how many are ticked. Without it the form does the same.

const button = document.getElementById('select-ticked');
const words = button?.textContent ?? '';
/** @type {HTMLInputElement | null} */
let last = null;

const ticks = () =>
  /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('#listed input[type=checkbox][name=user]')]);

function count() {
  const all = ticks();
  const ticked = all.filter((tick) => tick.checked).length;
  for (const tick of all) tick.closest('tr')?.classList.toggle('on', tick.checked);
  if (button) button.textContent = ticked > 0 ? `${words} (${ticked})` : words;
}

document.addEventListener('click', (event) => {
  const tick = /** @type {Element} */ (event.target);
  if (!(tick instanceof HTMLInputElement) || tick.name !== 'user') return;
  const all = ticks();
  const from = last ? all.indexOf(last) : -1;
  if (event.shiftKey && from >= 0) {
    const to = all.indexOf(tick);
    for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = tick.checked;
  }
  last = tick;
  count();
});

// What a search put in place has no ticks; what a browser kept of a page has them still.
const listed = document.getElementById('listed');
if (listed?.parentElement) new MutationObserver(count).observe(listed.parentElement, { childList: true });
count();
