// The main job as an administrator does it: sign in, download, edit in a spreadsheet, import, put right on screen what is red, choose,
// complete, undo. Every page on the way is judged by axe-core at two widths, light and dark, and its picture is taken.

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

describe('an administrator', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  /** @type {ReturnType<typeof sheetOf>} */
  let sheet;
  let file = '';
  let userOfConflict = '';
  let updated = 0;

  before(async () => {
    muster = await startMuster({ demo: '--demo=120' });
    browser = await launchBrowser();
    page = await newPage(browser);
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  /** @param {string} text */
  const heading = (text) => page.getByRole('heading', { level: 1, name: text }).waitFor();

  test('signs in with the printed link', async () => {
    await page.goto(`${muster.url}/sign-in`);
    await look(page, 'sign-in');
    await page.getByLabel('Email').fill(muster.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The email or the password is not right.').waitFor();
    await look(page, 'sign-in-wrong');
    await page.goto(muster.signInLink);
    await look(page, 'link');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading('Users');
    assert.match(page.url(), /\/o\/acme\/users$/);
  });

  test('finds users', async () => {
    await page.getByText('120 users').waitFor();
    await look(page, 'users');
    const first = await page.locator('tbody th a').first().textContent();
    await page.getByRole('searchbox').fill(`${first}`);
    await page.locator('#found', { hasText: /match(es)?$/ }).waitFor();
    assert.equal(await page.locator('tbody th a').first().textContent(), first);
    await page.goto(`${muster.url}/o/acme/users`);
    await page.getByRole('link', { name: 'Name, by last name' }).click();
    await page.locator('th[aria-sort="descending"]').waitFor();
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByRole('link', { name: 'Previous' }).waitFor();
  });

  test('downloads and edits the workbook', async () => {
    await page.goto(`${muster.url}/o/acme/users`);
    await page.getByLabel('More actions').click();
    await look(page, 'users-menu');
    await page.getByRole('link', { name: 'Download user data' }).click();
    await heading('Download user data');
    await look(page, 'download');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^acme-users-\d{4}-\d\d-\d\d\.xlsx$/);
    file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    sheet = sheetOf(await readWorkbook(file));
    assert.equal(sheet.last, 122);
    await editWorkbook(file, edits());
  });

  /** A wrong choice three times, an email that is taken, a date that is none, a conflict to be, and what is simply right. */
  function edits() {
    const right = [3, 4, 5, 6, 7, 8].map((row) => ({ key: 'job_title', row, value: `Team lead ${row}` }));
    const withDepartment = rows().filter((row) => sheet.value(row, 'department') && row > 30).slice(0, 1);
    const misspelt = `${sheet.value(withDepartment[0], 'department')}`.replace(/(.)(.)$/, '$2$1');
    const wrong = [9, 10, 11].map((row) => ({ key: 'department', row, value: misspelt }));
    const withEmail = rows().filter((row) => sheet.value(row, 'email') && row > 40);
    userOfConflict = String(sheet.value(16, 'user_id'));
    return [
      ...right,
      ...wrong,
      { key: 'email', row: withEmail[0], value: sheet.value(withEmail[1], 'email') ?? '' },
      { key: 'start_date', row: 15, value: 'the last of May' },
      { key: 'job_title', row: 16, value: 'From the file' },
    ];
  }

  function rows() {
    return Array.from({ length: sheet.last - 2 }, (_, place) => place + 3);
  }

  test('edits one user by hand meanwhile', async () => {
    await page.goto(`${muster.url}/o/acme/users/${userOfConflict}`);
    await page.getByLabel('Last name').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nothing was saved yet').waitFor();
    await look(page, 'user-wrong');
    await page.goto(`${muster.url}/o/acme/users/${userOfConflict}`);
    await page.getByLabel('Job title').fill('By hand');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await look(page, 'user');
  });

  test('imports the file and sees what it would do', async () => {
    await page.goto(`${muster.url}/o/acme/users`);
    await page.getByLabel('More actions').click();
    await page.getByRole('link', { name: 'Import user data' }).click();
    await heading('Import user data');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Select a file to import.').waitFor();
    await look(page, 'import');
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await heading('Review the import');
    await look(page, 'review');
    await page.getByText('5 problems to put right').waitFor();
    const places = { problems: 'Problems to put right', conflicts: 'Conflicts', changes: 'What will change' };
    const review = page.url();
    for (const [place, title] of Object.entries(places)) {
      await page.goto(`${review}/${place}`);
      await heading(title);
      await look(page, `review-${place}`);
    }
    await page.goto(review);
  });

  test('is told what is in the way', async () => {
    await page.getByRole('button', { name: 'Complete', exact: true }).click();
    await page.getByText('Nothing was changed yet. First:').waitFor();
    await look(page, 'review-blocked');
  });

  test('puts right what is red', async () => {
    await page.getByRole('button', { name: 'Change all 3' }).click();
    await page.getByText('2 problems to put right').waitFor();
    const grid = page.getByRole('grid');
    await grid.locator('[tabindex="0"]').focus();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys in the table' }).waitFor();
    await look(page, 'review-keys');
    await page.keyboard.press('Escape');
    await grid.locator('td.bad').first().focus();
    for (const value of ['2024-05-31', 'nobody.has.this@acme.example']) {
      const column = /@/.test(value) ? 'Email' : 'Start date';
      const cell = grid.locator('td.bad', { has: page.getByLabel(new RegExp(`^${column} of`)) });
      await cell.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
      await cell.waitFor({ state: 'detached' });
    }
    await look(page, 'review-fixed');
    assert.equal(await grid.locator('td.bad').count(), 0);
  });

  test('chooses between the file and what is there now', async () => {
    await page.getByRole('radio', { name: 'Your file' }).check();
    await page.getByRole('button', { name: 'Save choices' }).click();
    const button = page.getByRole('button', { name: /^Update \d+ users$/ });
    updated = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
    // Six job titles, an email, a date, the conflict, and up to three departments: who was in that one already, stays.
    assert.ok(updated >= 10 && updated <= 12, `${updated} users`);
    await look(page, 'review-ready');
  });

  test('completes', async () => {
    await page.getByRole('button', { name: `Update ${updated} users` }).click();
    await heading(`${updated} users were successfully edited`);
    await look(page, 'done');
    await page.goto(`${muster.url}/o/acme/users/${userOfConflict}`);
    await page.locator('.history').getByText('From the file').waitFor();
    await look(page, 'user-history');
    await page.goBack();
  });

  test('undoes it', async () => {
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await heading(`Undone: ${updated} users have their earlier values again`);
    await look(page, 'undone');
    await page.getByRole('link', { name: 'Import history' }).click();
    await heading('Import history');
    await look(page, 'imports');
  });

  test('chooses a password, and leaves', async () => {
    await page.goto(`${muster.url}/o/acme/me`);
    await look(page, 'password');
    await page.goto(`${muster.url}/nothing/here`);
    await heading('Page not found');
    await look(page, 'not-found');
    await page.goto(`${muster.url}/o/acme/users`);
    await page.locator('.person summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading('Sign in');
  });
});
