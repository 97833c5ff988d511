// The operators' pages: an organisation is made, renamed, suspended, let in again and removed; feedback by reason; workers and sizes. With and
// without script.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster } from './muster.mjs';

for (const script of [true, false]) {
  describe(`operators ${script ? 'with' : 'without'} script`, { skip: browserMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** An operator's. @type {import('playwright-core').Page} */
    let page;
    /** An owner's. @type {import('playwright-core').Page} */
    let owner;

    const binary = process.env.MUSTER_BINARY ?? resolve(import.meta.dirname, '../target/release/muster');
    const run = (/** @type {string[]} */ ...typed) =>
      execFileSync(binary, [...typed, '--database', muster.database], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const signIn = async (/** @type {import('playwright-core').Page} */ of, /** @type {string} */ link) => {
      await of.goto(link);
      await of.getByRole('button', { name: 'Sign in' }).click();
    };
    const seen = async (/** @type {string} */ name) => {
      if (script) await look(page, name);
    };

    before(async () => {
      muster = await startMuster({ demo: '--demo=30' });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
      owner = await newPage(browser, { javaScriptEnabled: script });
      await signIn(page, run('operator', 'create', 'sam@support.example', '--public-url', muster.url).trim());
      await signIn(owner, muster.signInLink);
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    test('organisations: made with an owner, whose link is shown once', async () => {
      await page.getByRole('link', { name: 'Operators' }).click();
      await page.getByRole('heading', { level: 1, name: 'Organisations' }).waitFor();
      await seen('operator-organisations');
      await page.getByLabel('Name of the organisation').fill('Initech');
      await page.getByLabel('Email of its owner').fill('ines@initech.example');
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.getByText('Initech was made. Its short name is initech.').waitFor();
      await seen('operator-made');
      const link = await page.getByLabel('Link', { exact: false }).first().inputValue();
      const ines = await newPage(browser, { javaScriptEnabled: script });
      await signIn(ines, link);
      await ines.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
      await ines.close();
    });

    test('suspended: everybody who comes is told why, until they are let in again', async () => {
      await page.goto(`${muster.url}/operator`);
      await page.getByRole('link', { name: 'Acme Ltd' }).click();
      await page.getByRole('heading', { level: 1, name: 'Acme Ltd' }).waitFor();
      await seen('operator-organisation');
      await page.getByLabel('Why').fill('Your contract ended on 30 June. Call 020 7946 0000.');
      await page.getByRole('button', { name: 'Suspend it' }).click();
      await page.getByText('It is suspended. People are told').waitFor();
      await seen('operator-suspended');
      await owner.goto(`${muster.url}/o/acme/users`);
      await owner.getByText('Your contract ended on 30 June.').waitFor();
      if (script) await look(owner, 'operator-suspended-owner');
      await page.getByRole('button', { name: 'Let them in' }).click();
      await page.getByText('Everybody can use it again.').waitFor();
      await owner.goto(`${muster.url}/o/acme/users`);
      await owner.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    });

    test('removed by who types its name, and its rows go by themselves', async () => {
      const field = page.getByLabel('To remove it, type its short name: acme');
      await field.fill('globex');
      await page.getByRole('button', { name: 'Remove it for good' }).click();
      await page.locator('#slug-problem').waitFor();
      await seen('operator-not-typed');
      await field.fill('acme');
      await page.getByRole('button', { name: 'Remove it for good' }).click();
      await page.getByText('It is being removed.').waitFor();
      for (let tries = 0; tries < 100 && (await page.getByText('Acme Ltd').count()) > 0; tries += 1) await page.goto(`${muster.url}/operator`);
      assert.equal(await page.getByText('Acme Ltd').count(), 0, 'a worker removes it');
      const gone = await owner.goto(`${muster.url}/o/acme/users`);
      assert.equal(gone?.status(), 404);
      run('doctor');
    });

    test('feedback, workers and sizes', async () => {
      await owner.goto(`${muster.url}/help`);
      await page.goto(`${muster.url}/operator/feedback`);
      await page.getByRole('heading', { level: 1, name: 'Feedback on the help' }).waitFor();
      await seen('operator-feedback');
      await page.getByRole('link', { name: 'Workers and sizes' }).click();
      await page.getByText(/workers? of this process (is|are) alive/).waitFor();
      await page.getByText('muster.db', { exact: true }).waitFor();
      await seen('operator-state');
    });
  });
}
