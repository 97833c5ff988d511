// Texts of several lines, which browsers make one line of wherever they stand in an input: what nobody has touched keeps its breaks, in the
// form of a user, in the grid, one problem at a time and in what is changed of many, and what is right of such a text is offered whole.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

const TWO = 'line one\nline two';
const TURNED = 'line one\nline \u202etwo';

describe('texts of several lines', { skip: browserMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;

  before(async () => {
    muster = await startMuster({ demo: '--demo=400' });
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

  /** The download, its keys without what stands behind an @. */
  async function download() {
    const answer = await page.request.get(`${muster.url}/o/acme/download/file?format=csv&users=all`);
    const lines = cellsOf(await answer.text());
    return { lines, keys: lines[1].map((key) => key.split('@')[0]) };
  }

  /** The notes of a user. @param {string} id */
  async function notes(id) {
    const { lines, keys } = await download();
    return lines.find((line) => line[0] === id)?.[keys.indexOf('notes')];
  }

  /** A user with notes of two lines. */
  async function somebody() {
    const { lines, keys } = await download();
    const found = lines.find((line, row) => row > 1 && line[keys.indexOf('notes')].includes('\n'));
    assert.ok(found, 'the demo has notes of two lines');
    return { id: found[0], text: found[keys.indexOf('notes')] };
  }

  /** Two users with notes of two lines, the second of which is turned round; in review. @param {number} row */
  async function review(row) {
    const { lines, keys } = await download();
    for (const at of [row, row + 1]) lines[at - 1][keys.indexOf('notes')] = TURNED;
    const file = join(muster.directory, `users-${row}.csv`);
    await writeFile(file, lines.map((line) => line.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.waitForURL(/\/problems$/, { timeout: 60_000 });
    return [lines[row - 1][0], lines[row][0]];
  }

  async function apply() {
    await page.goto(page.url().replace(/\/problems.*/, '/changes'));
    await page.getByRole('button', { name: /^Update 2 users/ }).click();
    await page.waitForURL(/\/imports\/[^/]*$/, { timeout: 60_000 });
    await page.getByText('2 users').first().waitFor();
  }

  test('the form of a user keeps what nobody has touched', async () => {
    const { id, text } = await somebody();
    await page.goto(`${muster.url}/o/acme/users/${id}`);
    assert.equal(await page.getByLabel('Notes').inputValue(), text);
    await look(page, 'lines-user');
    await page.getByLabel('Job title').fill('Keeper of lines');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Keeper of lines').first().waitFor();
    await page.waitForURL(/saved=1/);
    assert.equal(await notes(id), text);
    const last = await page.locator('section[aria-labelledby=history] li, section[aria-labelledby=history] tr').first().textContent();
    assert.doesNotMatch(last ?? '', /Notes/);
  });

  test('the answer is the whole text, and the button takes it without script', async () => {
    const users = await review(3);
    const bare = await newPage(browser, { javaScriptEnabled: false, storageState: await page.context().storageState() });
    await bare.goto(`${page.url()}?kind=bidi_control:notes`);
    assert.equal(await bare.locator('textarea[name="value.0"]').inputValue(), TWO);
    await bare.getByRole('button', { name: 'Change these 2 cells' }).click();
    await bare.getByText('No problems').first().waitFor();
    await bare.context().close();
    await apply();
    assert.deepEqual([await notes(users[0]), await notes(users[1])], [TWO, TWO]);
  });

  test('the grid and one problem at a time have lines, too', async () => {
    const users = await review(5);
    const cells = page.locator('td.bad textarea');
    assert.equal(await cells.count(), 2);
    assert.equal(await page.locator('tbody tr[data-row="5"]').evaluate((row) => row.getBoundingClientRect().height), 38);
    // Looked at and left: nothing is sent.
    await cells.first().focus();
    await page.keyboard.press('Escape');
    await look(page, 'lines-grid');
    await page.locator('td.bad').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('new one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('new two');
    await page.keyboard.press('Enter');
    await page.locator('td.fixed').first().waitFor();

    const bare = await newPage(browser, { javaScriptEnabled: false, storageState: await page.context().storageState() });
    await bare.goto(page.url().replace(/problems.*/, 'problems/one?kind=all'));
    assert.equal(await bare.getByLabel('Notes becomes').inputValue(), TWO);
    await bare.getByRole('button', { name: 'Save and go on' }).click();
    await bare.getByText('No problems').first().waitFor();
    await bare.context().close();
    await apply();
    assert.deepEqual([await notes(users[0]), await notes(users[1])], ['new one\nnew two', TWO]);
  });
});

/** The cells of a csv. @param {string} text */
function cellsOf(text) {
  /** @type {string[][]} */
  const lines = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/g;
  for (const [, cell, end] of text.replace(/^\ufeff/, '').matchAll(pattern)) {
    lines[lines.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (/\n/.test(end)) lines.push([]);
    if (end === '') break;
  }
  return lines.filter((line) => line.length > 1);
}
