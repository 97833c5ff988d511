// What a review is asked to remember and to spare: an answer that is offered again, an option that another import waits for, the reports of
// a manager who leaves; and the bar below, one line with one filled button, in every state and at every width.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look, sheetOf } from './look.mjs';
import { browserMissing, editWorkbook, launchBrowser, newPage, readWorkbook, screenshot, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./workbooks.mjs').Edit} Edit */

describe('answers', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  let files = 0;

  before(async () => {
    muster = await startMuster({ demo: '--demo=300' });
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

  /** A download with these edits, in review; its address. @param {(sheet: ReturnType<typeof sheetOf>) => Edit[]} edits */
  async function review(edits) {
    await page.goto(`${muster.url}/o/acme/download`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download', { exact: true }).click()]);
    const file = join(muster.directory, `${(files += 1)}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    await editWorkbook(file, edits(sheetOf(await readWorkbook(file))));
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(file);
    await page.waitForURL(/\/(problems|conflicts|changes|new-users)$/, { timeout: 60_000 });
    return page.url().replace(/\/[a-z-]+$/, '');
  }

  const tab = (/** @type {string} */ name) => page.getByRole('navigation', { name: 'Parts of the review' }).getByRole('link', { name });
  const rows = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, place) => from + place);
  const department = (/** @type {number[]} */ some, /** @type {string} */ value) => some.map((row) => ({ key: 'department', row, value }));

  /** The bar is one line, keeps within the window, and one button in sight is filled. @param {string} state */
  async function barIsRight(state) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const bar = await page.locator('.bar').boundingBox();
      assert.ok(bar && bar.height <= 64, `${state} at ${width}: ${bar?.height} px high`);
      const filled = await page.locator('main .primary:visible, .bar .primary:visible').allTextContents();
      assert.equal(filled.length, 1, `${state} at ${width}: ${filled.join(' | ')}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${state} at ${width}: ${wide} px wide`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  /** How dates were read is seen whole in one place at every width, in both languages, and heard once. */
  async function datesAreReadWhole() {
    const address = page.url();
    for (const language of ['de', 'en-GB']) {
      await page.goto(`${muster.url}/o/acme/me/language`);
      await page.locator(`[name=language][value="${language}"]`).check();
      await page.locator('main form button[type=submit], main form button:not([type])').first().click();
      await page.goto(address);
      for (const width of [1440, 1280, 1000, 390]) {
        await page.setViewportSize({ width, height: 800 });
        const seen = await page.locator('#dates-read, p.dates-read').evaluateAll((places) =>
          places.filter((place) => place.clientWidth > 1).map((place) => {
            let whole = place.scrollWidth <= place.clientWidth + 1 && place.scrollHeight <= place.clientHeight + 1;
            const box = place.getBoundingClientRect();
            for (let around = place.parentElement; around; around = around.parentElement) {
              const { overflow, overflowX } = getComputedStyle(around);
              const edges = around.getBoundingClientRect();
              if (`${overflow}${overflowX}`.includes('hidden')) whole &&= box.right <= edges.right + 1 && box.bottom <= edges.bottom + 1;
            }
            return { whole, text: place.textContent ?? '' };
          }));
        assert.equal(seen.length, 1, `${language} at ${width}: seen once`);
        assert.ok(seen[0]?.whole && seen[0].text.includes('01/03/2024'), `${language} at ${width}: ${seen[0]?.text} is cut`);
      }
      await screenshot(page, `dates-read-${language}`);
      assert.equal(await page.locator('p.dates-read').getAttribute('aria-hidden'), 'true', `${language}: heard once`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  test('an answer that is ticked is filled in next time, applied by nobody, listed and forgotten', async () => {
    const first = await review(() => [...department(rows(3, 8), 'HR desk'), ...department(rows(11, 2), 'Slaes'), { key: 'start_date', row: 30, value: '01/03/2024' }]);
    await barIsRight('problems');
    await page.getByLabel('“HR desk” becomes').selectOption({ label: 'Human Resources' });
    await page.getByLabel('Offer this answer to “HR desk” always').check();
    await look(page, 'answers-ticked');
    await page.getByRole('button', { name: /^Change these/ }).click();
    await tab('Problems 0').waitFor();
    await barIsRight('nothing left');
    await page.getByText('01/03/2024 was read as 1 March 2024: day first, your setting').first().waitFor();
    await datesAreReadWhole();
    await page.goto(`${first}/cancel`);
    await page.getByRole('button', { name: 'Cancel the import' }).click();

    await review(() => department(rows(40, 4), 'hr  DESK'));
    await tab('Problems 4').waitFor();
    assert.equal(await page.getByLabel('“hr DESK” becomes').locator('option:checked').textContent(), 'Human Resources');
    await page.getByText('chosen so last time').waitFor();
    await page.getByRole('button', { name: 'Change these 4 cells' }).click();
    await tab('Problems 0').waitFor();

    await page.goto(`${muster.url}/o/acme/imports`);
    await page.getByRole('link', { name: 'Answers kept' }).click();
    await page.getByRole('heading', { level: 1, name: 'Answers kept' }).waitFor();
    await look(page, 'answers-kept');
    await page.getByRole('button', { name: 'Forget the answer to “hr DESK”' }).click();
    await page.getByText('No answers are kept yet.').waitFor();
  });

  test('an option that is added is taken in the other import that waits', async () => {
    const waiting = await review(() => department(rows(60, 3), 'Night shift'));
    await review(() => [...department(rows(70, 2), 'Night shift'), { key: 'start_date', row: 80, value: 'some day' }]);
    await page.getByLabel('“Night shift” becomes').selectOption({ label: 'add “Night shift” to the options' });
    await page.getByRole('button', { name: /^Change/ }).first().click();
    await page.getByText('The option was added: 2 cells are right now.').waitFor();
    await tab('Problems 1').waitFor();
    await page.goto(`${waiting}/problems`);
    await tab('Problems 0').waitFor();
    await page.getByRole('button', { name: 'Update 3 users' }).waitFor();
  });

  test('several texts are chosen and changed together', async () => {
    await review(() => [...department(rows(90, 2), 'Field ops'), ...department(rows(92, 3), 'Ops (field)'), ...department([95], 'Ops desk')]);
    await page.getByText('Change several together').click();
    await page.getByRole('checkbox', { name: 'Field ops', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Ops (field)', exact: true }).check();
    await page.getByLabel('All that are ticked become').selectOption({ label: 'Sales' });
    await look(page, 'answers-together');
    await page.getByRole('button', { name: 'Change those ticked' }).click();
    await tab('Problems 1').waitFor();
    await page.getByRole('button', { name: 'Undo: 5 corrections' }).click();
    await tab('Problems 6').waitFor();
  });

  test('the reports of a manager who becomes inactive are given to somebody found by name', async () => {
    /** @type {string} */
    let manager = '';
    /** Somebody who does not report to the manager. */
    let other = { id: '', name: '' };
    const here = await review((sheet) => {
      // Whoever is named as a manager most often.
      const named = rows(3, sheet.last - 2).map((row) => String(sheet.value(row, 'manager') ?? ''));
      const often = (/** @type {string} */ name) => named.filter((other) => other === name).length;
      manager = named.filter(Boolean).sort((one, other) => often(other) - often(one))[0];
      const id = /U-\w+/.exec(manager)?.[0];
      const row = rows(3, sheet.last - 2).find((of) => sheet.value(of, 'user_id') === id);
      assert.ok(row && often(manager) > 1, manager);
      const free = rows(3, sheet.last - 2).find((of) => {
        const is = (/** @type {string} */ key) => String(sheet.value(of, key) ?? '');
        return is('user_id') !== id && is('manager') !== manager && is('status') === 'Active' && /^[A-Za-z]{4,}$/.test(is('last_name'));
      });
      assert.ok(free);
      other = { id: String(sheet.value(free, 'user_id')), name: String(sheet.value(free, 'last_name')) };
      return [{ key: 'status', row, value: 'Inactive' }, { key: 'job_title', row: row === 3 ? 4 : 3, value: 'Team Lead' }];
    });
    const name = manager.replace(/ \(U-.*/, '');
    await page.goto(`${here}/changes`);
    const line = page.locator('.manager', { hasText: name });
    const reports = Number(/has (\d+) report/.exec(await line.innerText())?.[1]);
    await barIsRight('a manager leaves');
    await look(page, 'answers-manager');
    const to = page.getByLabel(`Give them to (the reports of ${name})`);
    await to.fill('nobody at all');
    await page.getByRole('button', { name: `Give ${reports} report` }).click();
    await page.getByText('Nobody here, or more than one, has that name.').waitFor();
    await to.fill(other.name);
    await page.locator(`datalist option[value="${other.id}"]`).waitFor({ state: 'attached' });
    await to.fill(other.id);
    await page.getByRole('button', { name: `Give ${reports} report` }).click();
    await page.getByText(/reports? gets? another manager when you complete/).waitFor();
    assert.equal(await page.locator('.manager').count(), 0, 'nobody is left without a manager who is active');
    await page.getByRole('button', { name: /^Undo: \d+ corrections?/ }).click();
    await line.waitFor();
    await page.getByRole('button', { name: `Keep this one active: ${name}` }).click();
    await page.getByText('1 value stays as it is now.').waitFor();
    assert.equal(await page.locator('.manager').count(), 0);
  });

  test('the way out says who is left out, and the next step is filled wherever one looks', async () => {
    const here = await review(() => [...department(rows(100, 30), 'Nowhere'), ...rows(140, 20).map((row) => ({ key: 'job_title', row, value: 'Clerk' }))]);
    for (const part of ['problems', 'changes', 'worth-knowing', 'left-out', 'conflicts', 'new-users']) {
      await page.goto(`${here}/${part}`);
      await barIsRight(part);
    }
    await page.getByRole('link', { name: 'Put the problems right' }).click();
    await page.getByRole('button', { name: 'Update 20 users now, leave out 30…' }).click();
    await page.getByRole('heading', { name: '30 of 50 users would be left out' }).waitFor();
    await page.getByText('Department: not one of the options (30 cells)').waitFor();
    await look(page, 'answers-left-out');
    await page.getByRole('button', { name: 'Update 20 users now, leave out 30' }).click();
    await page.getByRole('heading', { level: 1, name: '20 users were successfully edited' }).waitFor();
  });
});
