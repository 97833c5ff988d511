// What review asks of a file: which of its sheets are meant, and whether a change of a whole column was meant; each answer by one click,
// and back again.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./workbooks.mjs').Edit} Edit */

describe('questions', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;

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

  /** A download with these edits, in review. @param {(sheet: ReturnType<typeof sheetOf>) => Edit[]} edits */
  async function review(edits) {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Download', { exact: true }).click(),
    ]);
    const file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    await editWorkbook(file, edits(sheetOf(await readWorkbook(file))));
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.getByRole('heading', { level: 1, name: /^Review / }).waitFor();
  }

  const button = (/** @type {string} */ words) => page.getByRole('button', { name: new RegExp(`^${words}`) });
  const tab = (/** @type {string} */ name) => page.getByRole('navigation', { name: 'Parts of the review' }).getByRole('link', { name });
  /** A change that stands on its page. @param {string} words */
  async function change(words) {
    await tab('What will change').click();
    return page.locator('#changes-part table', { hasText: words }).last();
  }
  const asked = () => page.locator('#warnings-part', { hasText: 'has keys too' });

  test('asks which of two sheets are meant', async () => {
    await review(() => [
      { copySheet: 'Staff' },
      { key: 'job_title', row: 4, value: 'Clerk of the week' },
      { key: 'job_title', row: 6, value: 'Porter' },
      { key: 'job_title', row: 5, value: 'Cook of the week', in: 'Staff' },
      { key: 'job_title', row: 6, value: 'Baker', in: 'Staff' },
      { set: 'D5', value: 'Call Bo before noon', in: 'Instructions' },
    ]);
    await asked().waitFor();
    await page.getByText('The sheet “Instructions” has 1 cell that is not of Muster, D5: it is not read.').waitFor();
    await look(page, 'review-sheets');
    await (await change('Clerk of the week')).waitFor();
  });

  test('reads all of them, and shows which rows contradict each other', async () => {
    await tab('Worth knowing').click();
    await button('Read all of them').click();
    await asked().waitFor({ state: 'detached' });
    await (await change('Cook of the week')).waitFor();
    await tab('Problems 2').click();
    await page.getByRole('link', { name: /^All problems/ }).click();
    const ofStaff = page.locator('th.row-number', { hasText: 'of sheet “Staff”' });
    await ofStaff.waitFor();
    assert.equal(await page.getByText(/of file \d/).count(), 0);
    await look(page, 'review-all-sheets');
    await page.locator('tr', { has: ofStaff }).getByRole('button', { name: /^Leave out/ }).click();
    await tab('Problems 0').waitFor();
    await (await change('Porter')).waitFor();
  });

  test('takes the answer back and reads one sheet alone', async () => {
    await button('Undo: 1 row left out').click();
    await tab('Problems 2').waitFor();
    await button('Undo: the choice to read all sheets').click();
    await tab('Problems 0').waitFor();
    await tab('Worth knowing').click();
    await asked().waitFor();
    await button('Read “Staff” alone').click();
    await asked().waitFor({ state: 'detached' });
    await page.getByText('The sheet “Users” was not chosen').waitFor();
    await look(page, 'review-one-sheet');
    await (await change('Baker')).waitFor();
    assert.equal(await (await change('Clerk of the week')).count(), 0);
    await button('Update 2 users').click();
    await page.getByRole('heading', { level: 1, name: '2 users were successfully edited' }).waitFor();
  });

  test('asks whether a change of a whole column was meant', async () => {
    await review((sheet) => {
      const rows = Array.from({ length: sheet.last - 2 }, (_, place) => place + 3);
      const named = rows.filter((row) => /[a-z]/.test(String(sheet.value(row, 'job_title') ?? ''))).slice(0, 8);
      assert.equal(named.length, 8);
      return [
        ...named.map((row) => ({ key: 'job_title', row, value: String(sheet.value(row, 'job_title')).toUpperCase() })),
        { key: 'notes', row: 9, value: 'Back on Monday' },
      ];
    });
    await button('Keep the old values').waitFor();
    await look(page, 'review-transformed');
    await button('Keep the old values').click();
    await page.getByRole('button', { name: 'Update 1 user', exact: true }).waitFor();
    await button('Undo: keeping values that were all changed in one way').click();
    await button('Use the file’s values').click();
    await button('Keep the old values').waitFor({ state: 'detached' });
    await button('Undo: a change of many values as it was meant').waitFor();
    await look(page, 'review-transformed-meant');
  });
});
