// After the import: what was changed, in the past tense and as a file; some users changed back; a note in each user's history; and the small
// ways in and out: the download that says what comes next, a page that is not there, all of it without script too.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import XLSX from 'xlsx';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('done', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  /** The address of the import that most tests are about. */
  let here = '';

  before(async () => {
    muster = await startMuster({ demo: '--demo=60' });
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

  /** @param {Page} of @param {import('playwright-core').Locator} link */
  async function saved(of, link) {
    const [download] = await Promise.all([of.waitForEvent('download'), link.click()]);
    const file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    return file;
  }

  test('the download takes the tick of a field at its word, and says what comes next', async () => {
    await page.goto(`${muster.url}/o/acme/download`);
    await page.getByRole('checkbox', { name: 'Phone' }).uncheck();
    assert.ok(await page.getByRole('radio', { name: 'Only these:' }).isChecked());
    const file = await saved(page, page.getByRole('button', { name: 'Download' }));
    await page.locator('#downloading', { hasText: 'The file is on its way.' }).waitFor();
    await look(page, 'done-download');
    const keys = (await readWorkbook(file))[1].map(String);
    assert.ok(!keys.includes('phone') && keys.includes('email'), keys.join());
    await page.getByRole('radio', { name: 'All fields' }).check();
    assert.ok(await page.getByRole('checkbox', { name: 'Phone' }).isChecked());
    await page.getByRole('link', { name: 'Import the edited file' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import user data' }).waitFor();
  });

  test('what was done is told in the past, with the file as it came and what changed as a file', async () => {
    await page.goto(`${muster.url}/o/acme/download`);
    const file = await saved(page, page.getByRole('button', { name: 'Download' }));
    const sheet = sheetOf(await readWorkbook(file));
    await editWorkbook(file, [3, 4, 5, 6].map((row) => ({ key: 'job_title', row, value: 'Team Lead' })));
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.getByRole('button', { name: /^Update \d users$/ }).click();
    await page.getByRole('heading', { level: 1, name: /users were successfully edited/ }).waitFor();
    here = page.url();
    await page.getByRole('columnheader', { name: 'What happened' }).waitFor();
    await look(page, 'done-done');
    const csv = await readFile(await saved(page, page.getByRole('link', { name: 'CSV' })), 'utf8');
    assert.match(csv, /User ID,User,Field,Was,Became/);
    assert.ok(csv.includes(String(sheet.value(3, 'user_id'))) && csv.includes(',Team Lead'));
    const book = XLSX.readFile(await saved(page, page.getByRole('link', { name: 'Excel' })));
    /** @type {string[][]} */
    const list = XLSX.utils.sheet_to_json(book.Sheets['Changes'], { header: 1 });
    assert.equal(list[0].slice(0, 5).join(), 'User ID,User,Field,Was,Became');
    assert.equal(list.filter((row) => row[4] === 'Team Lead').length, csv.split('Team Lead').length - 1);
    await saved(page, page.getByRole('link', { name: 'the file as it came' }));

    await page.locator('summary', { hasText: 'A note on this import' }).click();
    await page.getByRole('textbox', { name: 'A note on this import' }).fill('reorganisation, agreed with the board');
    await page.getByRole('button', { name: 'Save the note' }).click();
    await page.getByText('The note was saved.').waitFor();
    await page.goto(`${muster.url}/o/acme/users/${sheet.value(3, 'user_id')}`);
    await page.getByText('reorganisation, agreed with the board').waitFor();
    await page.goto(`${muster.url}/o/acme/imports`);
    await page.getByText('reorganisation, agreed with the board').waitFor();
  });

  test('three users are changed back, and then the rest; each line says so', async () => {
    await page.goto(here);
    await page.getByRole('link', { name: 'Change back some users only' }).click();
    const ticks = page.getByRole('checkbox', { name: /^Change back: / });
    const all = await ticks.count();
    await ticks.first().check();
    await ticks.nth(2).click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Change those ticked back (3)' }).waitFor();
    await look(page, 'done-ticked');
    await page.getByRole('button', { name: 'Change those ticked back (3)' }).click();
    await page.getByRole('heading', { level: 1, name: '3 users are as before that import' }).waitFor();
    await page.goto(`${here}/changes`);
    assert.equal(await page.getByText('changed back', { exact: true }).count(), 3);
    assert.equal(await ticks.count(), all - 3);
    await look(page, 'done-changed-back');
    await page.goto(here);
    await page.getByText('3 users were changed back.').waitFor();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('heading', { level: 1, name: /^Undone: / }).waitFor();
    await page.goto(`${here}/changes`);
    assert.equal(await page.getByText('Undone', { exact: true }).count(), all);
    await page.goto(here);
    await page.getByText('This was undone.').waitFor();
    await look(page, 'done-undone');
  });

  test('a page that is not there keeps the navigation', async () => {
    await page.goto(`${muster.url}/o/acme/nowhere`);
    await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
    await look(page, 'done-nowhere');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import history' }).waitFor();
  });

  test('without script the same forms do the same', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    const plain = await context.newPage();
    await plain.goto(`${muster.url}/o/acme/download`);
    await plain.getByRole('checkbox', { name: 'Phone' }).uncheck();
    const file = await saved(plain, plain.getByRole('button', { name: 'Download' }));
    assert.ok(!(await readWorkbook(file))[1].map(String).includes('phone'), 'the ticks count');
    await editWorkbook(file, [{ key: 'job_title', row: 9, value: 'Cook' }]);
    await plain.getByRole('link', { name: 'import it' }).click();
    await plain.getByLabel('Select a file to import').setInputFiles(file);
    await plain.getByRole('button', { name: 'Import', exact: true }).click();
    for (let tries = 0; tries < 40 && !plain.url().endsWith('/changes'); tries += 1) await plain.waitForTimeout(250).then(() => plain.goto(plain.url()));
    await plain.getByRole('button', { name: 'Update 1 user', exact: true }).click();
    for (let tries = 0; tries < 40 && (await plain.locator('#outcome').count()) === 0; tries += 1) await plain.waitForTimeout(250).then(() => plain.goto(plain.url()));
    await plain.getByRole('link', { name: 'Change back some users only' }).click();
    await plain.getByRole('checkbox', { name: /^Change back: / }).check();
    await plain.getByRole('button', { name: 'Change those ticked back' }).click();
    for (let tries = 0; tries < 40 && (await plain.locator('#outcome').count()) === 0; tries += 1) await plain.waitForTimeout(250).then(() => plain.goto(plain.url()));
    assert.equal(await plain.locator('h1').innerText(), '1 user is as before that import');
    await context.close();
  });
});
