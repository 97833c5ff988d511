// Makes the pictures of the README, docs/pictures/*.png, of the pages as they are now: node pictures.mjs. MUSTER_BINARY is the program.

import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stat } from 'node:fs/promises';
import { sheetOf } from './look.mjs';
import { editWorkbook, launchBrowser, newPage, readWorkbook, startMuster } from './muster.mjs';

const PICTURES = resolve(dirname(fileURLToPath(import.meta.url)), '../docs/pictures');
/** Bytes of a picture at the most. */
const MOST = 200_000;

const muster = await startMuster({ demo: '--demo=300' });
const browser = await launchBrowser();
try {
  const page = await newPage(browser, { viewport: { width: 1280, height: 740 } });
  const picture = async (/** @type {string} */ name) => {
    const path = join(PICTURES, `${name}.png`);
    await page.screenshot({ path });
    const { size } = await stat(path);
    if (size > MOST) throw new Error(`${path} has ${size} bytes, more than ${MOST}.`);
    console.log(`${path}: ${size} bytes`);
  };
  await page.goto(muster.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  const ticks = page.locator('tbody input[type=checkbox]');
  await ticks.nth(1).click();
  await ticks.nth(4).click({ modifiers: ['Shift'] });
  await page.mouse.move(0, 0);
  await picture('users');

  await page.goto(`${muster.url}/o/acme/download`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
  const file = join(muster.directory, download.suggestedFilename());
  await download.saveAs(file);
  const rows = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, place) => from + place);
  const { value } = sheetOf(await readWorkbook(file));
  await editWorkbook(file, [
    ...rows(9, 3).map((row) => ({ key: 'department', row, value: 'Legal & Complianec' })),
    ...rows(20, 3).map((row) => ({ key: 'start_date', row, value: 'next spring' })),
    ...rows(30, 7).map((row) => ({ key: 'job_title', row, value: `Lead ${value(row, 'job_title') ?? 'Analyst'}` })),
    { key: 'start_date', row: 41, value: '01/03/2024' },
  ]);
  await page.goto(`${muster.url}/o/acme/import`);
  await page.getByLabel('Select a file to import').setInputFiles(file);
  await page.waitForURL(/\/problems$/, { timeout: 60_000 });
  await page.locator('[data-save-state]').waitFor({ state: 'attached' });
  await picture('review');
} finally {
  await browser.close();
  await muster.stop();
}
