// The article, bullet by bullet: each test is named by what the article says, and does it as somebody with a spreadsheet would, once with
// script and once without.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

for (const script of [true, false]) {
  describe(`the article ${script ? 'with' : 'without'} script`, { skip: browserMissing() || workbooksMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Page} */
    let page;
    /** @type {ReturnType<typeof sheetOf>} */
    let sheet;
    let file = '';

    before(async () => {
      muster = await startMuster({ demo: '--demo=60' });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
      await page.goto(muster.signInLink);
      await page.getByRole('button', { name: 'Sign in' }).click();
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    /** @param {string | RegExp} name */
    const heading = (name) => page.getByRole('heading', { level: 1, name }).waitFor();

    /** @param {string} path */
    async function select(path) {
      await page.goto(`${muster.url}/o/acme/import`);
      await page.getByLabel('Select a file to import').setInputFiles(path);
      if (!script) await page.getByRole('button', { name: 'Import', exact: true }).click();
    }

    /**
     * A copy of the download with these edits.
     *
     * @param {string} name
     * @param {import('./workbooks.mjs').Edit[]} edits
     */
    async function edited(name, edits) {
      const path = join(muster.directory, name);
      await copyFile(file, path);
      return editWorkbook(path, edits);
    }

    test('to get started, click on "Users"', async () => {
      await page.getByRole('link', { name: 'Users', exact: true }).click();
      await heading('Users');
    });

    test('click the (⋮) to open the menu', async () => {
      await page.getByLabel('More actions').click();
      await page.getByRole('link', { name: 'Download user data' }).waitFor();
    });

    test('select from the dropdown "Download user data"', async () => {
      await page.getByRole('link', { name: 'Download user data' }).click();
      await heading('Download user data');
    });

    test('click on "Download user data" and then open the spreadsheet file', async () => {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      const download = await coming;
      file = join(muster.directory, download.suggestedFilename());
      await download.saveAs(file);
      sheet = sheetOf(await readWorkbook(file));
      assert.equal(sheet.last, 62);
    });

    test('columns B onwards contain data that can be edited, and column A is the User ID', async () => {
      const rows = await readWorkbook(file);
      assert.match(String(rows[1][0]), /^user_id@acme\./);
      assert.match(String(rows[2][0]), /^U-/);
      await edited('edited.xlsx', [
        { key: 'job_title', row: 3, value: 'Team Lead' },
        { key: 'job_title', row: 4, value: 'Team Lead' },
        { key: 'start_date', row: 5, value: 'the last of May' },
      ]);
    });

    test('go back, click the menu, then "Import user data"', async () => {
      await page.goto(`${muster.url}/o/acme/users`);
      await page.getByLabel('More actions').click();
      await page.getByRole('link', { name: 'Import user data' }).click();
      await heading('Import user data');
    });

    test('"Select a file to import", and choose the file you just edited', async () => {
      await select(join(muster.directory, 'edited.xlsx'));
      await heading(/^Review/);
    });

    test('if it is taking too long, try refreshing the page', async () => {
      await page.reload();
      await heading(/^Review/);
    });

    test('errors are flagged in red, edited on the screen, and then the process is completed', async () => {
      const red = page.locator('td.bad');
      assert.equal(await red.count(), 1);
      await page.getByLabel('“the last of May” becomes').fill('2024-05-31');
      await page.getByRole('button', { name: 'Change as said above' }).click();
      await page.getByRole('button', { name: 'Update 3 users' }).click();
    });

    test('a confirmation message says "3 users were successfully edited"', async () => {
      await heading('3 users were successfully edited');
    });

    test('rows 1 and 2 are to be kept: without them the file is refused in words', async () => {
      await select(await edited('without-keys.xlsx', [{ deleteRow: 2 }]));
      await page.getByText(/Row 2/).first().waitFor();
      assert.equal(await page.getByRole('button', { name: /^Update/ }).count(), 0);
    });

    test('column A is to be kept: a User ID that nobody has is red', async () => {
      await select(await edited('other-id.xlsx', [{ key: 'user_id', row: 3, value: 'U-2222222222' }]));
      await heading(/^Review/);
      await page.locator('main').getByText('This User ID is not a user of this organisation.').filter({ visible: true }).first().waitFor();
      assert.equal(await page.getByRole('button', { name: /^Update/ }).count(), 0);
    });

    test('rows of users that need no edit can be deleted, which does not affect them', async () => {
      const gone = [...Array(50).keys()].map(() => ({ deleteRow: 10 }));
      await select(await edited('few.xlsx', [{ key: 'job_title', row: 6, value: 'Editor' }, ...gone]));
      await page.getByRole('button', { name: 'Update 1 user' }).click();
      await heading('1 user was successfully edited');
      await page.goto(`${muster.url}/o/acme/users`);
      await page.getByText('60 users').waitFor();
    });

    test('"Email/Username is already in use", and they are not a user of yours: nothing of theirs is told', async () => {
      const binary = process.env.MUSTER_BINARY ?? '';
      const theirs = join(muster.directory, 'globex.csv');
      const place = ['--account', 'globex', '--database', muster.database];
      await promisify(execFile)(binary, ['download', '--format', 'csv', '-o', theirs, ...place]);
      const rows = (await import('node:fs')).readFileSync(theirs, 'utf8').split('\r\n').map((line) => line.split(','));
      const keys = rows[1].map((key) => key.split('@')[0].replace(/^\ufeff/, ''));
      const holder = rows.find((row, at) => at > 1 && row[keys.indexOf('email')]?.includes('@')) ?? [];
      const email = holder[keys.indexOf('email')];
      await select(await edited('taken.xlsx', [{ key: 'email', row: 7, value: email }]));
      await heading(/^Review/);
      await page.locator('main').getByText('Email/Username is already in use').filter({ visible: true }).first().waitFor();
      const told = (await page.content()).replaceAll(email, '');
      assert.ok(!told.includes(holder[keys.indexOf('user_id')]), 'the holder’s User ID');
    });

    test('"Was this article helpful?"', async () => {
      await page.goto(`${muster.url}/help`);
      await page.locator('summary', { hasText: 'No' }).click();
      // Nobody answers within two seconds.
      await new Promise((settle) => setTimeout(settle, 2_200));
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Select at least one of the reasons.').waitFor();
      await page.getByRole('checkbox', { name: 'A step did not work' }).check();
      await new Promise((settle) => setTimeout(settle, 2_200));
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('We will use it to put the article right.').waitFor();
    });
  });
}
