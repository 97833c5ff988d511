// A newcomer: from an empty database to the first finished import by pages alone. No command after `serve`; each thing that somebody does is
// counted: an address opened, a click, a text typed, a file chosen.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

const MOST = 25;

for (const script of [true, false]) {
  describe(`a newcomer ${script ? 'with' : 'without'} script`, { skip: browserMissing() || workbooksMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Page} */
    let page;
    let actions = 0;

    before(async () => {
      muster = await startMuster({ demo: false });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    /** @param {string} name @param {string | RegExp} text */
    const type = async (name, text) => {
      actions += 1;
      await page.getByLabel(name, { exact: true }).fill(String(text));
    };
    /** @param {'button' | 'link'} role @param {string | RegExp} name */
    const click = async (role, name) => {
      actions += 1;
      await page.getByRole(role, { name, exact: typeof name === 'string' }).first().click();
    };
    /** @param {string | RegExp} name */
    const heading = (name) => page.getByRole('heading', { level: 1, name }).waitFor();

    test('opens the printed link and makes an organisation', async () => {
      // The line is printed after the one that tells where it listens.
      let link = null;
      for (let tries = 0; !link && tries < 100; tries += 1) {
        link = /https?:\/\/\S+\/setup\/\S+/.exec(muster.log());
        if (!link) await page.waitForTimeout(50);
      }
      assert.ok(link, muster.log());
      actions += 1;
      await page.goto(link[0]);
      await type('Name of the organisation', 'Riverside School');
      await type('Your email', 'pat@riverside.example');
      await type('Password', 'several words that fit');
      await click('button', 'Make the organisation');
      await heading('Users');
    });

    test('gives the department its choices', async () => {
      actions += 1;
      await page.locator('details.person summary').click();
      await click('link', 'Fields');
      await heading('Fields');
      if (script) await look(page, 'fields-new');
      await click('link', 'Add options to Department');
      await heading('Department');
      await type('Add options', 'Teaching\nOffice\nKitchen');
      await click('button', 'Look at the list');
      await page.getByText('3 new, 0 there already, 0 differ only in case').waitFor();
      await click('button', 'Add 3 options');
      await page.getByText('The options were saved.').waitFor();
    });

    let file = '';

    test('downloads the template and fills it in', async () => {
      await click('link', 'Users');
      await heading('Users');
      actions += 1;
      const coming = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download new user template' }).click();
      const download = await coming;
      file = join(muster.directory, download.suggestedFilename());
      await download.saveAs(file);
      const people = [['Ada', 'Ade', 'Teaching'], ['Bo', 'Berg', 'kitchen']];
      await editWorkbook(
        file,
        people.flatMap(([first, last, department], at) => [
          { key: 'first_name', row: 3 + at, value: first },
          { key: 'last_name', row: 3 + at, value: last },
          { key: 'email', row: 3 + at, value: `${first.toLowerCase()}@riverside.example` },
          { key: 'status', row: 3 + at, value: 'Active' },
          { key: 'department', row: 3 + at, value: department },
        ]),
      );
    });

    test('imports it, and is done', async () => {
      await click('link', 'Import user data');
      await heading('Import user data');
      actions += 1;
      await page.getByLabel('Select a file to import').setInputFiles(file);
      if (!script) await click('button', 'Import');
      await click('button', /^Create 2 users/);
      await heading(/2 users were (successfully )?created/);
      console.log(`a newcomer ${script ? 'with' : 'without'} script: ${actions} actions`);
      assert.ok(actions <= MOST, `${actions} actions`);
    });
  });
}
