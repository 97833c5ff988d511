// "Who looked": the page of owners, narrowed and as a file; and the bell, which says that an import came to rest after one had left its page.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('activity', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  let file = '';

  before(async () => {
    muster = await startMuster({ demo: '--demo=40' });
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

  test('what was done stands there, by whom, from where and when', async () => {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
    file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    await page.goto(`${muster.url}/o/acme/settings`);
    await page.getByRole('link', { name: 'Activity' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Users downloaded' });
    for (const told of ['Users: 40', 'Which users: everybody', 'Fields: all', muster.email, '127.0.0.1']) {
      assert.ok((await row.textContent())?.includes(told), `${told}: ${await row.textContent()}`);
    }
    await page.getByRole('row').filter({ hasText: 'Signed in' }).first().waitFor();
    await look(page, 'activity');
    await page.setViewportSize({ width: 390, height: 800 });
    await page.reload();
    const tab = await page.locator('.tabs [aria-current]').boundingBox();
    assert.ok(tab && tab.x >= 0 && tab.x + tab.width <= 390, `the open tab is seen: ${JSON.stringify(tab)}`);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('it is narrowed by kind, person and days, without script too', async () => {
    await page.getByLabel('Kind').selectOption('downloaded');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    assert.equal(await page.locator('tbody tr').count(), 1);
    await look(page, 'activity-narrowed');
    await page.getByLabel('To day (UTC)').fill('2020-01-01');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Nothing was done that these filters let through.').waitFor();
    await page.getByRole('link', { name: 'Show all' }).click();
    assert.ok((await page.locator('tbody tr').count()) > 1);
    await page.getByLabel('Kind').selectOption('signed-in');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const [sent] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as csv' }).click()]);
    const path = join(muster.directory, sent.suggestedFilename());
    await sent.saveAs(path);
    const lines = (await readFile(path, 'utf8')).trim().split('\r\n');
    assert.equal(lines[0], 'time,event,who,name,address,about');
    assert.ok(lines.slice(1).every((line) => line.includes('"signed-in"')), lines.join('\n'));
  });

  test('word of an import that came to rest after one had left its page', async () => {
    sheetOf(await readWorkbook(file));
    await editWorkbook(file, [{ key: 'job_title', row: 3, value: 'Pilot' }]);
    const bytes = await readFile(file);
    // Sent, and nobody looks at what comes of it.
    const status = await page.evaluate(
      async ({ address, data }) => {
        const form = new FormData();
        form.append('file', new Blob([new Uint8Array(data)]), 'users.xlsx');
        return (await fetch(address, { method: 'POST', body: form, redirect: 'manual' })).type;
      },
      { address: `${muster.url}/o/acme/imports`, data: [...bytes] },
    );
    assert.equal(status, 'opaqueredirect');
    const bell = page.locator('a.bell');
    const late = Date.now() + 30_000;
    do {
      await page.goto(`${muster.url}/o/acme/users`);
    } while ((await bell.getAttribute('aria-label')) !== 'News: 1 is new' && Date.now() < late);
    assert.equal(await bell.getAttribute('aria-label'), 'News: 1 is new');
    await look(page, 'activity-bell');
    await bell.click();
    await page.getByRole('heading', { level: 1, name: 'News' }).waitFor();
    await look(page, 'activity-news');
    await page.getByRole('link', { name: 'An import of yours waits for you' }).click();
    await page.waitForURL(/\/imports\//);
    await page.goto(`${muster.url}/o/acme/users`);
    assert.equal(await bell.getAttribute('aria-label'), 'News: nothing new');
  });
});
