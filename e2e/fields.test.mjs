// Fields, administrators and tokens as an owner sees to them, with script and without: no command is needed for any of it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

for (const script of [true, false]) {
  describe(`fields ${script ? 'with' : 'without'} script`, { skip: browserMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Page} */
    let page;

    before(async () => {
      muster = await startMuster({ demo: '--demo=60' });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
      await page.goto(muster.signInLink);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await heading('Users');
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    /** @param {string | RegExp} name */
    const heading = (name) => page.getByRole('heading', { level: 1, name }).waitFor();
    /** @param {string | RegExp} name */
    const press = (name) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click();
    /** @param {string} path */
    const open = (path) => page.goto(`${muster.url}/o/acme/${path}`);
    const titles = () => page.locator('main tbody th a').allTextContents();
    const options = () => page.locator('#options tbody input[name=label]').evaluateAll((all) => all.map((input) => /** @type {HTMLInputElement} */ (input).value));

    test('a field is added and moved', async () => {
      await page.locator('details.person summary').click();
      await page.getByRole('link', { name: 'Fields' }).click();
      await heading('Fields');
      if (script) await look(page, 'fields');
      await page.getByLabel('Title', { exact: true }).fill('Building');
      await page.getByLabel('Type').selectOption('choice');
      await page.getByLabel('Options, for one choice or several').fill('Tower\nAnnexe');
      await press('Add a field');
      await heading('Building');
      await page.getByText('The field was added.').waitFor();
      assert.deepEqual(await options(), ['Tower', 'Annexe']);
      await open('fields');
      const before = await titles();
      await press('Building: up');
      await heading('Fields');
      assert.deepEqual((await titles()).indexOf('Building'), before.length - 2);
      if (!script) return;
      // Both rows are in sight: a page that scrolls under the pointer would drag another one.
      await page.setViewportSize({ width: 1280, height: 1600 });
      await page.locator('tr[data-key=building]').dragTo(page.locator('tr[data-key=last_name]'));
      await page.waitForFunction(() => document.querySelectorAll('main tbody th a')[1]?.textContent === 'Building');
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test('what it means is said before it is saved', async () => {
      await open('fields/job_title');
      if (script) await look(page, 'field-text');
      await page.getByLabel('Every user must have a value').check();
      await press('Save the field');
      await page.getByRole('heading', { name: 'Before it is saved' }).waitFor();
      await page.getByText(/users? ha(s|ve) no value/).waitFor();
      if (script) await look(page, 'field-question');
      await page.getByRole('link', { name: 'Leave it as it is' }).click();
      assert.equal(await page.getByLabel('Every user must have a value').isChecked(), false);
      await page.getByLabel('No two users may have the same value').check();
      await press('Save the field');
      await page.getByText(/values? (is|are) had by several users/).waitFor();
      if (script) await look(page, 'field-doubled');
    });

    test('options are pasted, renamed, and removed for another one', async () => {
      await open('fields/department');
      if (script) await look(page, 'field-options');
      const before = await options();
      await page.getByLabel('Add options').fill(`Library\n${before[0]}\n${before[1].toUpperCase()}`);
      await press('Look at the list');
      await page.getByText('1 new, 1 there already, 1 differ only in case').waitFor();
      if (script) await look(page, 'field-pasted');
      await press('Add 1 option');
      await page.getByText('The options were saved.').waitFor();
      await page.getByLabel(`Name of the option ${before[0]}`).fill('Renamed');
      await press(`Rename ${before[0]}`);
      await page.getByText('The options were saved.').waitFor();
      assert.equal((await options())[0], 'Renamed');
      await press('Remove Renamed');
      await page.getByText(/users? ha(s|ve) it\./).waitFor();
      await page.getByLabel('They get').selectOption({ label: 'Library' });
      if (script) await look(page, 'field-removing');
      await press('Remove it');
      await heading(/users? (was|were) successfully edited/);
      await open('fields/department');
      assert.ok(!(await options()).includes('Renamed'));
      await page.getByRole('heading', { name: 'Removed options' }).waitFor();
    });

    test('somebody is invited by a link', async () => {
      await open('administrators');
      await page.getByLabel('Their email').fill('kim@acme.example');
      await page.locator('#role').selectOption('viewer');
      await press('Make the link');
      const link = await page.getByLabel('Link').inputValue();
      if (script) await look(page, 'administrators');
      const theirs = await newPage(browser, { javaScriptEnabled: script });
      await theirs.goto(link);
      await theirs.getByRole('button', { name: 'Sign in' }).click();
      await theirs.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
      await theirs.goto(`${muster.url}/o/acme/fields/department`);
      assert.equal(await theirs.getByRole('button', { name: /Rename/ }).count(), 0);
      await theirs.context().close();
    });

    test('a token is made and taken away', async () => {
      await open('tokens');
      await page.getByLabel('Name', { exact: true }).fill('Payroll');
      await press('Make a token');
      const token = await page.getByLabel('Token', { exact: true }).inputValue();
      const ask = () => fetch(`${muster.url}/api/v1/fields`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal((await ask()).status, 200);
      await open('tokens');
      await page.getByText(/Last used/).waitFor();
      if (script) await look(page, 'tokens');
      await press(/^Revoke · Payroll/);
      await page.getByText('The token was taken away.').waitFor();
      assert.equal((await ask()).status, 401);
    });

    test('one’s own name is changed', async () => {
      await open('me/account');
      if (script) await look(page, 'account');
      await page.getByLabel('Your name').fill('Pat Example');
      await press('Save');
      await page.getByText('Saved.').waitFor();
    });
  });
}
