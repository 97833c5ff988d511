// What the modules of pages share: words for those who listen, and moments in the reader's own zone. Imports nothing. What people read
// comes with the page, in its language, as data of the element that a module works on; {} stands where something is put in.

/** @param {string} words said to those who listen to the page instead of looking at it */
export function announce(words) {
  const status = document.getElementById('status');
  if (status) status.textContent = words;
}

/** @param {ParentNode} root writes moments in the reader's own zone; the exact one stays in the attribute */
export function localMoments(root) {
  const shown = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
  for (const time of root.querySelectorAll('time[data-moment]')) {
    const moment = new Date(time.getAttribute('datetime') ?? '');
    if (!Number.isNaN(moment.getTime())) time.textContent = shown.format(moment);
  }
}
