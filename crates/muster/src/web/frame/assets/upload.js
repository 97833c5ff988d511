// The file input, smoother: a file that is chosen or dropped is sent at once, one that is too large is named before, and the upload shows
// how far it is. The form works the same without this, with a button.

import { announce } from './announce.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-upload]'));
const input = /** @type {HTMLInputElement} */ (form.querySelector('input[type="file"]'));
const zone = /** @type {HTMLElement} */ (form.querySelector('[data-drop]'));

/** @param {string} name of words that the page says in its language */
function said(name) {
  return form.dataset[name] ?? '';
}

function problem() {
  const file = input.files?.[0];
  if (!file) return said('none');
  if (file.size === 0) return said('empty');
  const most = Number(/\.csv$/i.test(file.name) ? form.dataset.mostCsv : form.dataset.most);
  if (file.size > most) {
    return said('larger').replace('{}', String(Math.round(most / 1024 / 1024)));
  }
  return '';
}

/** @param {string} words shown beside the input; none takes what was shown away */
function show(words) {
  let line = document.getElementById('file-problem');
  if (!line && words) {
    line = document.createElement('p');
    line.id = 'file-problem';
    line.className = 'problem';
    input.before(line);
  }
  if (line) line.textContent = words;
  input.setAttribute('aria-describedby', words ? 'file-problem file-hint' : 'file-hint');
  if (words) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  } else {
    input.removeAttribute('aria-invalid');
  }
}

function send() {
  const request = new XMLHttpRequest();
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.setAttribute('aria-label', said('sending'));
  const cancel = document.createElement('button');
  cancel.type = 'button';
  cancel.textContent = said('stop');
  const line = document.createElement('div');
  line.className = 'progress';
  line.append(said('sending'), bar, cancel);
  form.hidden = true;
  form.after(line);
  announce(said('sending'));
  const stop = (/** @type {string} */ words) => {
    line.remove();
    form.hidden = false;
    // The same file can be chosen again.
    input.value = '';
    show(words);
  };
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  };
  request.onload = () => {
    if (request.status === 200 && request.responseURL !== location.href) location.assign(request.responseURL);
    else stop(said('refused'));
  };
  request.onerror = () => stop(said('broken'));
  request.onabort = () => stop('');
  cancel.addEventListener('click', () => request.abort());
  request.open('POST', form.action);
  request.send(new FormData(form));
}

/** Sends the file, or says what is wrong with it. */
function begin() {
  const words = problem();
  if (words) show(words);
  else send();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  begin();
});
form.querySelector('[data-without-script]')?.remove();
input.addEventListener('change', () => {
  if (input.files?.length) begin();
  else show('');
});

for (const kind of ['dragenter', 'dragover']) {
  zone.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
}
for (const kind of ['dragleave', 'drop']) zone.addEventListener(kind, () => zone.classList.remove('over'));
zone.addEventListener('drop', (event) => {
  event.preventDefault();
  const files = event.dataTransfer?.files;
  if (!files?.length) return;
  input.files = files;
  begin();
});
