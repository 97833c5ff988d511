// Dialogs of a review: to sign in again without leaving the page, and which of two values is meant.

/**
 * @param {string} title
 * @param {HTMLElement} content
 * @param {string} [told]
 * @returns {HTMLDialogElement} shown, gone from the page once it is closed; the focus goes back to where it was
 */
export function dialogOf(title, content, told = '') {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const heading = document.createElement('h2');
  heading.id = 'dialog-title';
  heading.textContent = title;
  dialog.append(heading);
  if (told) {
    const words = document.createElement('p');
    words.id = 'dialog-told';
    words.textContent = told;
    dialog.setAttribute('aria-describedby', words.id);
    dialog.append(words);
  }
  dialog.append(content);
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  dialog.addEventListener('close', () => {
    dialog.remove();
    before?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks by a form of the server's; null when it was closed without an answer.
 *
 * @param {string} title
 * @param {HTMLFormElement} form
 * @param {string} told
 * @returns {Promise<URLSearchParams | null>}
 */
export function ask(title, form, told) {
  return new Promise((settle) => {
    const mine = /** @type {HTMLFormElement} */ (document.importNode(form, true));
    const dialog = dialogOf(title, mine, told);
    /** @type {URLSearchParams | null} */
    let answer = null;
    mine.addEventListener('submit', (event) => {
      event.preventDefault();
      answer = new URLSearchParams();
      for (const [name, value] of new FormData(mine)) answer.append(name, String(value));
      dialog.close();
    });
    mine.querySelector('a')?.addEventListener('click', (event) => {
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener('close', () => settle(answer));
    mine.querySelector('input')?.focus();
  });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} type
 * @param {string} complete
 */
function field(name, label, type, complete) {
  const frame = document.createElement('div');
  frame.className = 'field';
  const words = document.createElement('label');
  words.htmlFor = `again-${name}`;
  words.textContent = label;
  const input = document.createElement('input');
  Object.assign(input, { id: words.htmlFor, name, type, required: true, autocomplete: complete });
  frame.append(words, input);
  return { frame, input };
}

/**
 * Asks for the password, and for the code where the account has a second factor, until a session has begun.
 *
 * @param {{email: string, cells: number, say: (name: string, places?: Record<string, string | number>) => string}} of
 * @returns {Promise<boolean>} whether it has
 */
export function signIn({ email, cells, say }) {
  return new Promise((settle) => {
    const form = document.createElement('form');
    form.className = 'stack';
    const who = field('email', say('email'), 'email', 'username');
    who.input.value = email;
    who.input.readOnly = email !== '';
    const password = field('password', say('password'), 'password', 'current-password');
    const code = field('code', say('code'), 'text', 'one-time-code');
    const problem = document.createElement('p');
    problem.setAttribute('role', 'alert');
    problem.className = 'problem';
    const row = document.createElement('div');
    row.className = 'row';
    row.innerHTML = '<button class="primary" type="submit"></button><button type="button"></button>';
    const [go, not] = [...row.children];
    go.textContent = say('sign-in');
    not.textContent = say('later');
    form.append(problem, who.frame, password.frame, row);
    const dialog = dialogOf(say('signed-out'), form, say('signed-out-why', { cells }));
    password.input.focus();
    let action = '/sign-in';
    let isIn = false;
    not.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => settle(isIn));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      problem.textContent = '';
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) body.append(name, String(value));
      // A small page follows, not the review: what waits is sent by itself.
      body.append('next', '/healthz');
      try {
        const response = await fetch(action, { method: 'POST', body });
        const path = new URL(response.url).pathname;
        if (response.ok && !path.startsWith('/sign-in')) {
          isIn = true;
          dialog.close();
        } else if (response.ok && path === '/sign-in/code') {
          action = path;
          password.frame.replaceWith(code.frame);
          code.input.focus();
        } else {
          const page = new DOMParser().parseFromString(await response.text(), 'text/html');
          problem.textContent = page.querySelector('#problem div')?.textContent?.trim() ?? say('refused');
          if (response.ok && path === '/sign-in') {
            // The code came too late: from the beginning.
            action = '/sign-in';
            code.frame.replaceWith(password.frame);
          }
          (action === '/sign-in' ? password : code).input.select();
        }
      } catch {
        problem.textContent = say('refused');
      }
    });
  });
}
