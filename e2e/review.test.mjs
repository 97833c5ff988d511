// Review, with all that people can take back: a report mended in a spreadsheet and uploaded beside the first file, equal cells changed
// by one key, a block pasted, steps undone and made again, damage and clears decided about.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import {
  browserMissing,
  editWorkbook,
  launchBrowser,
  newPage,
  readWorkbook,
  startMuster,
  workbooksMissing,
} from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('review', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  /** @type {ReturnType<typeof sheetOf>} */
  let sheet;
  let department = '';

  before(async () => {
    muster = await startMuster({ demo: '--demo=120' });
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

  /** @param {string} address @param {string} button */
  async function save(address, button) {
    if (address) await page.goto(address);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(button, { exact: true }).click()]);
    const path = join(muster.directory, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** Rows whose value in a column is such. @param {string} key @param {(value: unknown) => boolean} wanted @param {number} from */
  function rowsWith(key, wanted, from) {
    const rows = Array.from({ length: sheet.last - from }, (_, place) => place + from + 1);
    return rows.filter((row) => wanted(sheet.value(row, key)));
  }

  const tab = (/** @type {string} */ name) => page.getByRole('navigation', { name: 'Parts of the review' }).getByRole('link', { name });
  const problems = (/** @type {number} */ count) => tab(`Problems ${count}`).waitFor();
  const dates = () => page.locator('td.bad', { has: page.getByLabel(/^Start date of/) });

  test('opens on a file with many things in it', async () => {
    const file = await save(`${muster.url}/o/acme/download`, 'Download');
    sheet = sheetOf(await readWorkbook(file));
    const zeros = rowsWith('employee_number', (value) => /^0\d+$/.test(String(value)), 30).slice(0, 3);
    const phones = rowsWith('phone', Boolean, 30).slice(0, 5);
    department = String(sheet.value(rowsWith('department', Boolean, 30)[0], 'department'));
    const misspelt = department.replace(/(.)(.)$/, '$2$1');
    await editWorkbook(file, [
      ...[3, 4].map((row) => ({ key: 'job_title', row, value: `Team lead ${row}` })),
      ...[9, 10, 11].map((row) => ({ key: 'department', row, value: misspelt })),
      ...[15, 16, 17].map((row) => ({ key: 'start_date', row, value: `some day ${row}` })),
      ...zeros.map((row) => ({ key: 'employee_number', row, value: Number(sheet.value(row, 'employee_number')) })),
      ...phones.map((row) => ({ key: 'phone', row, value: null })),
    ]);
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.getByRole('heading', { level: 1, name: /^Review / }).waitFor();
    await problems(6);
    await look(page, 'review-many');
  });

  test('takes the mended report beside the first file', async () => {
    const report = await save('', 'Download the problems');
    const rows = sheetOf(await readWorkbook(report));
    assert.equal(rows.last, 8, 'two heads and six rows');
    assert.equal(rows.value(6, 'row'), 15);
    await editWorkbook(report, [{ key: 'start_date', row: 6, value: '2024-05-31' }]);
    await page.getByText('Another file', { exact: false }).first().click();
    await page.locator('#further-file').setInputFiles(report);
    await page.getByRole('button', { name: 'Upload' }).click();
    await problems(5);
    await page.getByText('Another file', { exact: false }).first().click();
    await page.getByText('These files came after the first and count').waitFor();
    await look(page, 'review-second-file');
  });

  test('changes all equal cells by one key, undoes and redoes it', async () => {
    await page.getByRole('link', { name: /^All problems/ }).click();
    const cell = page.locator('td.bad', { has: page.getByLabel(/^Department of/) }).first();
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(department);
    await page.keyboard.press('Control+Enter');
    await problems(2);
    await dates().first().focus();
    await page.keyboard.press('Control+z');
    await problems(5);
    await page.getByRole('button', { name: /^Redo: / }).waitFor();
    await look(page, 'review-undone-step');
    await dates().first().focus();
    await page.keyboard.press('Control+y');
    await problems(2);
  });

  test('takes a block of cells from a spreadsheet', async () => {
    await dates().first().focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '2024-06-01\n2024-06-02\n');
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await problems(0);
    await page.getByRole('button', { name: 'Undo: 2 corrections' }).click();
    await problems(2);
    await page.getByRole('button', { name: 'Redo: 2 corrections' }).click();
    await problems(0);
  });

  test('decides about clears and damage', async () => {
    await tab('Worth knowing').click();
    await page.getByRole('button', { name: /^Keep all 5/ }).click();
    await page.getByText('5 values will be cleared').waitFor({ state: 'detached' });
    const damaged = page.getByRole('list', { name: 'Values changed by the spreadsheet' });
    assert.equal(await damaged.getByRole('listitem').count(), 3);
    await damaged.getByRole('button', { name: /^Use the file’s:/ }).first().click();
    await damaged.getByText('The file’s value will be used.').waitFor();
    await look(page, 'review-decided');
    await page.getByRole('button', { name: 'Undo: 1 choice' }).click();
    await damaged.getByText('The file’s value will be used.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Use the file’s values/ }).click();
    await damaged.waitFor({ state: 'detached' });
  });

  test('completes what it shows', async () => {
    const button = page.getByRole('button', { name: /^Update \d+ users$/ });
    const updated = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
    // Two titles, three dates, three numbers, and up to three departments: who was in that one already, stays.
    assert.ok(updated >= 8 && updated <= 11, `${updated} users`);
    await button.click();
    await page.getByRole('heading', { level: 1, name: `${updated} users were successfully edited` }).waitFor();
  });
});
