// "If you see that 'Email/Username is already in use' and they are not a learner on your account, Raise a Ticket": the dialog over the red
// cell, the page without script, support's side by pages and by command, and the row that comes back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('tickets', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  /** Emails of the other organisation. @type {string[]} */
  let theirs;

  const binary = process.env.MUSTER_BINARY ?? resolve(import.meta.dirname, '../target/release/muster');
  const run = (/** @type {string[]} */ ...typed) =>
    execFileSync(binary, [...typed, '--database', muster.database], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const signIn = async (/** @type {Page} */ of, /** @type {string} */ link) => {
    await of.goto(link);
    await of.getByRole('button', { name: 'Sign in' }).click();
  };

  before(async () => {
    muster = await startMuster({ demo: '--demo=60' });
    browser = await launchBrowser();
    page = await newPage(browser);
    await signIn(page, muster.signInLink);
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    const users = JSON.parse(run('users', 'list', '--account', 'globex', '--json')).items;
    theirs = users.filter((/** @type {any} */ user) => user.email && !user.username && user.status === 'active').map((/** @type {any} */ user) => user.email);
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  /** A download in which rows have these emails, in review. @param {Page} of @param {string[]} emails */
  async function review(of, emails) {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
    const file = join(muster.directory, download.suggestedFilename());
    await download.saveAs(file);
    sheetOf(await readWorkbook(file));
    await editWorkbook(file, [
      ...emails.map((value, place) => ({ key: 'email', row: 3 + place, value })),
      { key: 'job_title', row: 3, value: 'Pilot' },
      { key: 'job_title', row: 10, value: 'Clerk' },
    ]);
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.waitForURL(/\/(problems|conflicts|changes)/, { timeout: 60_000 });
    if (of !== page) await of.goto(page.url());
  }

  test('a dialog over the red cell, the rest completes, and the row comes back', async () => {
    await review(page, theirs.slice(0, 1));
    await look(page, 'tickets-red');
    // In the cell itself stands another one, once the table has become one to work in.
    await page.locator('#repair').getByRole('link', { name: 'Raise a ticket', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Raise a ticket' });
    await dialog.waitFor();
    for (const told of ['Acme Ltd', 'row 3', theirs[0], 'already in use']) await dialog.getByText(told).first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'ticket-words', 'the one field has the focus');
    await look(page, 'tickets-dialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Raise a ticket', 'the focus goes back');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Anything support should know?').fill('She joined us in the merger.');
    await dialog.getByRole('button', { name: 'Send to support' }).click();
    await page.getByText(/^Ticket \d{7} is with support/).waitFor();
    await look(page, 'tickets-with-support');
    const number = /Ticket (\d{7})/.exec((await page.locator('.banner').textContent()) ?? '')?.[1] ?? '';
    await page.getByRole('button', { name: 'Update 1 user' }).click();
    await page.getByRole('heading', { level: 1, name: '1 user was successfully edited' }).waitFor();
    await page.getByText('1 row waits for support').waitFor();
    await look(page, 'tickets-done');
    await page.goto(`${muster.url}/o/acme/users`);
    await page.getByText('1 row waits for support').waitFor();
    await look(page, 'tickets-users');
    await page.getByRole('link', { name: 'Tickets' }).click();
    await look(page, 'tickets-list');

    // Support, by a command: who has it, and a release.
    const [listed] = JSON.parse(run('ticket', 'list', '--json'));
    assert.deepEqual([String(listed.number), listed.value, listed.holder.account], [number, theirs[0], 'globex']);
    assert.throws(() => run('ticket', 'release', number), 'an active user needs another sign-in');
    assert.match(run('ticket', 'release', number, '--replacement', 'another.name'), /is free now/);

    await page.getByRole('link', { name: number }).click();
    await page.getByText('It is free now', { exact: true }).waitFor();
    await look(page, 'tickets-free');
    await page.getByRole('button', { name: 'Bring the rows back' }).click();
    await page.waitForURL(/\/changes/, { timeout: 60_000 });
    await page.getByRole('heading', { level: 1, name: `Ticket ${number} of` }).waitFor();
    await page.getByRole('button', { name: 'Update 1 user' }).click();
    await page.getByRole('heading', { level: 1, name: '1 user was successfully edited' }).waitFor();
  });

  test('without script it is a page, and one ticket asks for a whole kind', async () => {
    const plain = await newPage(browser, { javaScriptEnabled: false });
    await plain.context().addCookies(await page.context().cookies());
    await review(plain, theirs.slice(1, 4));
    await plain.getByRole('link', { name: 'Raise one ticket for all that nobody here has' }).click();
    await plain.getByText('These 3 rows wait').waitFor();
    await plain.getByLabel('Anything support should know?').fill('Three of them.');
    await plain.getByRole('button', { name: 'Send to support' }).click();
    await plain.getByText('Its 3 rows wait').waitFor();
    await plain.getByRole('button', { name: 'Take the ticket back' }).click();
    await plain.getByText('The ticket was taken back.').waitFor();
    await plain.close();
  });

  test('operators see who has it, answer, and release; the owners of who had it are told', async () => {
    await review(page, theirs.slice(5, 6));
    // What is wrong with the cell stands above the table, and the link with it.
    await page.locator('td.bad[data-target]').first().focus();
    await page.locator('.said a.raise').click();
    await look(page, 'tickets-dialog-again');
    await page.getByRole('dialog').getByRole('button', { name: 'Send to support' }).click();
    await page.getByText(/^Ticket \d{7} is with support/).waitFor();

    const support = await newPage(browser);
    const link = run('operator', 'create', 'sam@support.example', '--public-url', muster.url);
    await signIn(support, link.trim());
    await support.goto(`${muster.url}/operator/tickets`);
    await look(support, 'tickets-operator-list');
    await support.locator('tbody a').first().click();
    await support.getByText('Globex Corporation').waitFor();
    await look(support, 'tickets-operator');
    await support.getByLabel('Your answer').fill('Globex has it.');
    await support.getByRole('button', { name: 'Send the answer' }).click();
    await support.getByText('Your answer names the organisation').waitFor();
    await support.getByLabel('What this user signs in with from now on').fill('somebody.else');
    await support.getByRole('button', { name: 'Release it' }).click();
    await support.getByText('It is free now, and whoever asked can read that.').waitFor();

    const owner = await newPage(browser);
    await signIn(owner, run('admin', 'create', 'owner2@globex.example', '--account', 'globex', '--role', 'owner', '--public-url', muster.url).trim());
    await owner.goto(`${muster.url}/o/globex/users`);
    await owner.getByText('Support changed how these users sign in').waitFor();
    await look(owner, 'tickets-owner-told');
    await owner.getByRole('button', { name: 'I have read this' }).click();
    await owner.getByText('Support changed how these users sign in').waitFor({ state: 'detached' });
    await support.close();
    await owner.close();
  });
});
