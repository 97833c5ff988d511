// What the walks through the pages share: a good look at a page, and a sheet by its keys.

import { WIDTHS, accessible, fitsItsWidth, screenshot } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Looks at a page as it stands: no rule of accessibility broken, nothing wider than the window; where MUSTER_PICTURES is set, pictures are taken.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function look(page, name) {
  for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      // At its end nothing of the page lies behind the bar below, which axe would take for a target that is too small.
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await accessible(page, { colours: colorScheme === 'dark' });
      await page.evaluate(() => scrollTo(0, 0));
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    if (process.env.MUSTER_PICTURES) await screenshot(page, colorScheme === 'dark' ? `${name}-dark` : name);
  }
  await fitsItsWidth(page);
}

/**
 * The sheet by keys: the number of a row in the file, and the value of a column there.
 *
 * @param {(string | number | boolean | null)[][]} rows
 */
export function sheetOf(rows) {
  const keys = rows[1].map((key) => String(key).split('@')[0]);
  const value = (/** @type {number} */ row, /** @type {string} */ key) => rows[row - 1][keys.indexOf(key)];
  return { last: rows.length, value };
}
