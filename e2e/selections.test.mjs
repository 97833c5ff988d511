// Many users changed at once without a file: ticked with shift, looked at, changed by lines, reviewed, completed.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('selections', { skip: browserMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;

  before(async () => {
    muster = await startMuster({ demo: '--demo=300' });
    browser = await launchBrowser();
    page = await newPage(browser);
    await page.goto(`${muster.url}/sign-in`);
    await page.getByLabel('Email').fill(muster.email);
    await page.getByLabel('Password', { exact: true }).fill(muster.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  test('shift ticks a span, and all of a search follow what is typed', async () => {
    const ticks = page.locator('#listed td.tick input');
    await ticks.nth(1).check();
    await ticks.nth(4).click({ modifiers: ['Shift'] });
    assert.equal(await page.locator('#listed td.tick input:checked').count(), 4);
    await page.getByRole('button', { name: 'Select the ticked (4)' }).waitFor();
    await look(page, 'users-ticked');
    await page.getByRole('searchbox').fill('zzzz');
    await page.getByRole('button', { name: 'Select all 0 of this search' }).waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Select all 300 of this search' }).waitFor();
  });

  test('a selection is changed, reviewed and completed', async () => {
    await page.locator('#listed td.tick input').first().check();
    await page.getByRole('button', { name: 'Select the ticked (1)' }).click();
    await page.getByRole('heading', { level: 1, name: '1 user selected' }).waitFor();
    await look(page, 'selection');
    await page.getByRole('link', { name: 'Change this 1 here…' }).click();
    await page.getByLabel('What is to be changed').selectOption('job_title.set');
    await page.getByRole('button', { name: 'Add this line' }).click();
    await page.getByLabel('Value').fill('Registrar of all registers');
    await page.getByLabel('What is to be changed').selectOption('segments.add');
    await page.getByRole('button', { name: 'Add this line' }).click();
    assert.equal(await page.getByLabel('Value').inputValue(), 'Registrar of all registers');
    await look(page, 'change');
    await page.getByRole('button', { name: /Take this line away: Segments/ }).click();
    await page.getByRole('button', { name: 'Review the changes' }).click();
    await page.getByText('Registrar of all registers').first().waitFor();
    await page.getByText('Job title becomes Registrar of all registers').first().waitFor();
  });

  test('pasted names say who was found, and the rest can be copied', async () => {
    await page.goto(`${muster.url}/o/acme/selections`);
    await look(page, 'paste');
    await page.getByLabel('User IDs, emails or usernames').fill('nobody@acme.example\nU-2222222222');
    await page.getByRole('button', { name: 'Find them' }).click();
    await page.getByRole('heading', { level: 1, name: '0 users selected' }).waitFor();
    assert.equal(await page.getByLabel('2 names that are no users here, to copy').inputValue(), 'nobody@acme.example\nU-2222222222');
    await look(page, 'selection-missing');
  });
});
