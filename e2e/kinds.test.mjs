// Problems by kind, as few clicks and keys as there are kinds: 504 problems of three kinds, 1,000 equal ones, nine by keyboard alone; what is
// hard on many users is stopped by a tick; what was typed outlives a connection that fails.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./workbooks.mjs').Edit} Edit */

describe('kinds', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;

  before(async () => {
    muster = await startMuster({ demo: '--demo=1100' });
    browser = await launchBrowser();
    page = await newPage(browser);
    await page.goto(muster.signInLink);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  /** A download with these edits, in review. @param {(sheet: ReturnType<typeof sheetOf>) => Edit[]} edits */
  async function review(edits) {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
    const file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    await editWorkbook(file, edits(sheetOf(await readWorkbook(file))));
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.waitForURL(/\/(problems|conflicts|changes)$/, { timeout: 60_000 });
  }

  const tab = (/** @type {string} */ name) => page.getByRole('navigation', { name: 'Parts of the review' }).getByRole('link', { name });
  const rows = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, place) => from + place);
  const phone = (/** @type {number} */ row) => ({ key: 'phone', row, value: `07700 90${1000 + row}` });
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  /** A date of which nobody knows whether the day comes first. @param {number} row */
  const turned = (row) => ({ key: 'start_date', row, value: `${two(1 + (row % 6))}/${two(7 + (row % 5))}/20${two(row % 25)}` });
  /** Dates that prove both orders, so that the others stay open. @param {number} row */
  const proofs = (row) => [{ key: 'start_date', row, value: '14/02/2020' }, { key: 'start_date', row: row + 1, value: '02/14/2020' }];

  test('504 problems of three kinds are put right by six clicks at the most', async () => {
    await review(() => [
      ...rows(3, 300).map(phone),
      ...rows(303, 193).map(turned),
      ...proofs(600),
      ...rows(700, 8).map((row) => ({ key: 'department', row, value: 'Fianance' })),
      ...rows(708, 3).map((row) => ({ key: 'department', row, value: 'Slaes' })),
    ]);
    await tab('Problems 504').waitFor();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height <= 2_200, `${height} px high`);
    await look(page, 'kinds-504');
    let clicks = 0;
    const click = async (/** @type {string} */ name) => {
      clicks += 1;
      await page.getByRole('button', { name }).click();
    };
    await page.getByRole('heading', { name: 'Phone: 300 cells' }).waitFor();
    await click('Use these 300 answers');
    await page.getByRole('heading', { name: 'Start date: 193 cells' }).waitFor();
    await click('The day comes first, in all 193');
    await page.getByRole('heading', { name: 'Department: 11 cells' }).waitFor();
    await click('Change these 11 cells');
    await tab('Problems 0').waitFor();
    console.log(`504 problems: ${clicks} clicks`);
    assert.ok(clicks <= 6, `${clicks} clicks`);
    // Each was one step.
    await page.getByRole('button', { name: /^Undo: 11 corrections/ }).click();
    await tab('Problems 11').waitFor();
    await page.goto(page.url().replace(/\/problems.*/, '/changes'));
    await look(page, 'kinds-changes');
  });

  test('1,000 equal errors are one step', async () => {
    await review(() => rows(3, 1000).map((row) => ({ key: 'department', row, value: 'Fianance' })));
    await tab('Problems 1,000').waitFor();
    await page.getByRole('button', { name: 'Change these 1,000 cells' }).click();
    await tab('Problems 0').waitFor();
    await page.getByRole('button', { name: 'Undo: 1,000 corrections' }).waitFor();
  });

  test('nine errors of three kinds are put right by forty keys at the most', async () => {
    await review(() => [
      ...rows(3, 3).map(phone),
      ...rows(20, 3).map(turned),
      ...proofs(30),
      ...rows(40, 3).map((row) => ({ key: 'department', row, value: 'Fianance' })),
    ]);
    await tab('Problems 9').waitFor();
    let keys = 0;
    const press = async (/** @type {string} */ key) => {
      keys += 1;
      await page.keyboard.press(key);
    };
    await press('Tab');
    await press('Enter');
    for (const left of [6, 3, 0]) {
      for (let tries = 0; tries < 30; tries += 1) {
        if (await page.evaluate(() => document.activeElement?.closest('#values') !== null)) break;
        await press('Tab');
      }
      await press('Control+Enter');
      await tab(`Problems ${left}`).waitFor();
    }
    console.log(`nine errors of three kinds: ${keys} keys`);
    assert.ok(keys <= 40, `${keys} keys`);
  });

  test('what is hard on many users waits for a tick', async () => {
    await review(() => rows(3, 60).map((row) => ({ key: 'status', row, value: 'Inactive' })));
    const users = Number(/\d+/.exec((await page.getByRole('checkbox', { name: /^Yes, make \d+ users inactive/ }).evaluate((box) => box.parentElement?.textContent ?? '')) ?? '')?.[0]);
    const button = page.getByRole('button', { name: `Update ${users} users` });
    await button.click();
    await page.getByText('Nothing was changed yet. One change hits many users').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'look', 'the focus is there, too');
    await look(page, 'kinds-blast');
    await page.getByRole('button', { name: 'Keep them active' }).click();
    await page.getByRole('button', { name: `Undo: ${users} values kept as they are` }).click();
    await page.getByRole('checkbox', { name: /^Yes, make/ }).check();
    await button.click();
    await page.getByRole('heading', { level: 1, name: `${users} users were successfully edited` }).waitFor();
    await look(page, 'kinds-done');
  });

  test('what was typed outlives a connection that fails', async () => {
    await review(() => [{ key: 'start_date', row: 5, value: 'some day' }, { key: 'start_date', row: 6, value: 'another day' }]);
    await tab('Problems 2').waitFor();
    const cell = page.locator('td.bad[data-target]').first();
    await page.route('**/fixes', (route) => route.abort());
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2024-05-31');
    await page.keyboard.press('Enter');
    await page.locator('#unsaved', { hasText: 'Not saved yet: 1.' }).waitFor();
    assert.equal(await cell.locator('input').first().inputValue(), '2024-05-31');
    await page.unroute('**/fixes');
    await page.getByRole('button', { name: 'Send again now' }).click();
    await tab('Problems 1').waitFor();
  });

  test('a clean file takes four clicks from Users to done', async () => {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
    const file = join(muster.directory, `clean-${download.suggestedFilename()}`);
    await download.saveAs(file);
    await editWorkbook(file, [{ key: 'job_title', row: 9, value: 'Chair of the board' }]);
    await page.goto(`${muster.url}/o/acme/users`);
    await page.getByLabel('More actions').click();
    await page.getByRole('link', { name: 'Import user data' }).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel('Select a file to import').click()]);
    await chooser.setFiles(file);
    await page.getByRole('button', { name: 'Update 1 user', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '1 user was successfully edited' }).waitFor();
  });
});
