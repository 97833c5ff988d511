// Fields in another order by dragging: a row is dropped on the one whose place it takes, and the form is sent as its buttons send it. Without
// this the buttons do the same.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-ordering]'));
const rows = () => /** @type {HTMLTableRowElement[]} */ ([...(form?.querySelectorAll('tbody tr[data-key]') ?? [])]);
/** @type {HTMLTableRowElement | null} */
let dragged = null;

/** @param {Event} event the row that an event is over */
const rowOf = (event) => /** @type {HTMLTableRowElement | null} */ (/** @type {Element} */ (event.target).closest('tr[data-key]'));

/** @param {string} key @param {number} to sends the form: this field to that place */
function place(key, to) {
  if (!form) return;
  for (const [name, value] of [['move', key], ['to', String(to)]]) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    input.disabled = false;
    input.value = value;
  }
  form.submit();
}

for (const row of rows()) row.draggable = true;

form?.addEventListener('dragstart', (event) => {
  dragged = rowOf(event);
  event.dataTransfer?.setData('text/plain', dragged?.dataset.key ?? '');
  dragged?.classList.add('on');
});
form?.addEventListener('dragover', (event) => {
  const over = rowOf(event);
  if (!dragged || !over) return;
  event.preventDefault();
  for (const row of rows()) row.classList.toggle('on', row === dragged || row === over);
});
form?.addEventListener('drop', (event) => {
  const over = rowOf(event);
  if (!dragged || !over) return;
  event.preventDefault();
  if (over !== dragged) place(dragged.dataset.key ?? '', rows().indexOf(over));
});
form?.addEventListener('dragend', () => {
  for (const row of rows()) row.classList.remove('on');
  dragged = null;
});
