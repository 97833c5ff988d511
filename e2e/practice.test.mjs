// "Try it on made-up users": one click on the help makes an organisation of one's own, its workbook has eight kinds of problems, and every page
// says that it is practice. With and without script.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster, workbooksMissing } from './muster.mjs';

for (const script of [true, false]) {
  describe(`practice ${script ? 'with' : 'without'} script`, { skip: browserMissing() || workbooksMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {import('playwright-core').Page} */
    let page;
    /** Looks at what the page is by one that has script: axe needs it. @type {import('playwright-core').Page} */
    let looking;

    const binary = process.env.MUSTER_BINARY ?? resolve(import.meta.dirname, '../target/release/muster');
    const seen = async (/** @type {string} */ name) => {
      if (!script) return;
      await looking.context().addCookies(await page.context().cookies());
      await looking.goto(page.url());
      await look(looking, name);
    };

    before(async () => {
      muster = await startMuster({ demo: '--demo=20' });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
      looking = await newPage(browser);
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    test('who is not signed in does that first, and comes back to the button', async () => {
      await page.goto(`${muster.url}/help`);
      await page.getByRole('button', { name: 'Try it on made-up users' }).click();
      await page.getByLabel('Email').fill(muster.email);
      await page.getByLabel('Password', { exact: true }).fill(muster.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(/\/help$/);
      await seen('practice-help');
    });

    test('one click: 200 made-up users, and a workbook with eight kinds of problems', async () => {
      await page.getByRole('button', { name: 'Try it on made-up users' }).click();
      await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
      await page.getByText('200 users').first().waitFor();
      await page.getByText('These users are made up').waitFor();
      await seen('practice-users');
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the prepared workbook' }).click()]);
      const file = join(muster.directory, download.suggestedFilename());
      await download.saveAs(file);
      const slug = /\/o\/([^/]+)\//.exec(page.url())?.[1];
      await page.goto(`${muster.url}/o/${slug}/import`);
      await page.getByLabel('Select a file to import').setInputFiles(file);
      if (!script) await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.waitForURL(/\/(problems|conflicts|changes)/, { timeout: 60_000 });
      await page.getByText('These users are made up').waitFor();
      await seen('practice-problems');
      assert.equal(await page.getByText('Raise a ticket').count(), 0, 'nothing of practice goes to support');
      // A second click opens the first.
      await page.goto(`${muster.url}/help`);
      await page.getByRole('button', { name: 'Try it on made-up users' }).click();
      await page.getByText('200 users').first().waitFor();
      assert.ok(page.url().includes(`/o/${slug}/`), page.url());
    });

    test('ended, its rows go; the own users are untouched', async () => {
      await page.getByRole('button', { name: 'End practice' }).click();
      await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
      await page.getByText('20 users').first().waitFor();
      assert.equal(await page.getByText('These users are made up').count(), 0);
      execFileSync(binary, ['doctor', '--database', muster.database], { stdio: 'ignore' });
    });
  });
}
