// After an upgrade: a payroll of 3,000 people that nobody shaped for Muster becomes 3,000 users, in a few clicks; the next month in two. A
// column that is new then is asked for, and nothing else.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { accessible, browserMissing, fitsItsWidth, launchBrowser, newPage, startMuster } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

const PEOPLE = 3000;
const MOST_CLICKS = 12;

/** A letter as windows-1252 has it. @param {string} text */
const windows = (text) => Buffer.from(text, 'latin1');

/** A German IBAN whose check digits are right. @param {number} number */
function iban(number) {
  const account = `37040044${String(number).padStart(10, '0')}`;
  const rest = [...`${account}131400`].reduce((left, digit) => (left * 10 + Number(digit)) % 97, 0);
  return `DE${String(98 - rest).padStart(2, '0')}${account}`;
}

/**
 * A payroll as a German program writes it: three lines above the titles, semicolons, windows-1252; some have left, some have no email, the last
 * column is nobody's field.
 *
 * @param {{people?: number, left?: number, title?: string, more?: string}} [wish]
 */
function payroll({ people = PEOPLE, left = 40, title = 'Nachname', more = '' } = {}) {
  const names = ['Müller', 'Schäfer', 'Groß', 'Jäger', 'Böhm', 'Weiß'];
  const rows = Array.from({ length: people }, (_, at) => {
    const number = String(at + 1).padStart(5, '0');
    const name = `${names[at % names.length]}-${at + 1}`;
    const email = at % 20 === 0 ? '' : `person${at + 1}@lohn.example`;
    const gone = at < left ? '31.03.2024' : '';
    const values = [number, name, 'Zoë', email, `${String((at % 28) + 1).padStart(2, '0')}.02.2019`, gone, '4711', iban(at), '1', 'AOK'];
    return [...values, ...(more ? ['x'] : [])].join(';');
  });
  const titles = ['Pers.-Nr.', title, 'Vorname', 'E-Mail', 'Eintritt', 'Austritt', 'Kostenstelle', 'IBAN', 'Steuerklasse', 'Krankenkasse'];
  const head = ['Musterlohn GmbH', 'Stammdaten der Beschäftigten;November', 'gedruckt am;20.11.2026'];
  return windows([...head, [...titles, ...(more ? [more] : [])].join(';'), ...rows].join('\r\n') + '\r\n');
}

for (const script of [true, false]) {
  describe(`a table from elsewhere ${script ? 'with' : 'without'} script`, { skip: browserMissing() }, () => {
    /** @type {import('./muster.mjs').Running} */
    let muster;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Page} */
    let page;
    let clicks = 0;

    /** @param {string | RegExp} name */
    const heading = (name) => page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 60_000 });

    before(async () => {
      muster = await startMuster({ demo: false });
      browser = await launchBrowser();
      page = await newPage(browser, { javaScriptEnabled: script });
      // The line is printed after the one that tells where it listens.
      let link = null;
      for (let tries = 0; !link && tries < 100; tries += 1) {
        link = /https?:\/\/\S+\/setup\/\S+/.exec(muster.log());
        if (!link) await page.waitForTimeout(50);
      }
      assert.ok(link, muster.log());
      await page.goto(link[0]);
      await page.getByLabel('Name of the organisation').fill('Riverside');
      await page.getByLabel('Your email').fill('pat@riverside.example');
      await page.getByLabel('Password', { exact: true }).fill('several words that fit');
      await page.getByRole('button', { name: 'Make the organisation' }).click();
      await heading('Users');
    });
    after(async () => {
      await browser?.close();
      await muster?.stop();
    });

    /** @param {import('playwright-core').Locator} place */
    const click = async (place) => {
      clicks += 1;
      await place.click();
    };
    /** Chooses a file, which is one click, and sends it. @param {string} name @param {Buffer} bytes */
    const send = async (name, bytes) => {
      const path = join(muster.directory, name);
      await writeFile(path, bytes);
      clicks += 1;
      await page.getByLabel('Select a file to import').setInputFiles(path);
      if (!script) await page.getByRole('button', { name: 'Import', exact: true }).click();
    };

    test('the first month: 3,000 users in a few clicks', async () => {
      await click(page.getByRole('link', { name: 'Bring your users over' }));
      await send('lohn-2026-11.csv', payroll());
      await heading(/^Match columns: lohn-2026-11\.csv/);
      const row = (/** @type {string} */ title) => page.locator(`tr[data-column="${title}"]`);
      for (const [title, word] of [['Pers.-Nr.', 'employee_number'], ['Nachname', 'last_name'], ['E-Mail', 'email'], ['Austritt', 'leaving'], ['Kostenstelle', '']]) {
        assert.equal(await row(title ?? '').locator('select').inputValue(), word, title);
      }
      assert.match(await row('Nachname').innerText(), /Müller-1 · Schäfer-2 · Groß-3/);
      const alone = await page.locator('#left-alone').innerText();
      assert.match(alone, /IBAN – bank account/);
      assert.match(alone, /Steuerklasse – tax/);
      assert.match(alone, /Krankenkasse – health/);
      assert.ok(!(await page.content()).includes('DE'.concat(iban(0).slice(2))), 'no IBAN on the page');
      if (script) {
        await accessible(page);
        await look(page, 'match');
      }
      await fitsItsWidth(page);
      // What is not chosen is asked for, and nothing that was chosen is lost.
      await page.getByRole('button', { name: 'Go on to the review' }).click();
      await page.getByText(/Say what this column is, or leave it alone: Kostenstelle/).waitFor();
      await click(page.getByLabel('Leave all columns alone that I have not chosen'));
      await click(page.getByLabel('Get a username made from Employee number'));
      await click(page.getByRole('button', { name: 'Go on to the review' }));
      const complete = page.getByRole('button', { name: /^Create 3,000 users/ });
      await complete.waitFor({ timeout: 60_000 });
      await page.goto(`${page.url().replace(/(imp_\w+).*/, '$1')}/new-users`);
      if (script) await look(page, 'match-review');
      await click(page.getByRole('button', { name: /^Create 3,000 users/ }));
      await heading(/3,000 users were (successfully )?created/);
      assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`);
    });

    test('the second month: two clicks', async () => {
      await page.goto(`${muster.url}/o/riverside/import`);
      clicks = 0;
      await send('lohn-2026-12.csv', payroll({ people: PEOPLE + 5, left: 43 }));
      const complete = page.getByRole('button', { name: /^(Update|Create)/ });
      await complete.waitFor({ timeout: 60_000 });
      if (script) await look(page, 'match-second');
      await click(complete);
      await heading(/3 users were successfully edited/);
      await page.getByText(/5 (users )?were created/).first().waitFor();
      assert.equal(clicks, 2);
    });

    test('the third month has a new column and another title: only these are asked', async () => {
      await page.goto(`${muster.url}/o/riverside/import`);
      await send('lohn-2027-01.csv', payroll({ title: 'Familienname', more: 'Standort' }));
      await heading(/^Match columns/);
      const told = await page.locator('#differing').innerText();
      assert.match(told, /New: Familienname, Standort/);
      assert.match(told, /Missing: Nachname/);
      const asked = page.locator('#columns tr[data-column]');
      assert.deepEqual(await asked.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-column'))), ['Familienname', 'Standort']);
      assert.equal(await asked.first().locator('select').inputValue(), 'last_name');
      if (script) await look(page, 'match-third');
      await asked.last().locator('select').selectOption('alone');
      await page.getByRole('button', { name: 'Go on to the review' }).click();
      // Five of the second month are not in this one.
      await page.waitForURL(/imp_\w+\/(?!match)/, { timeout: 60_000 });
      await page.goto(`${page.url().replace(/(imp_\w+).*/, '$1')}/worth-knowing`);
      await page.getByText('5 of your active users are not in this file.').waitFor();
      await page.getByRole('link', { name: 'Who are they?' }).click();
      await heading('Who is not in the file?');
      assert.equal(await page.locator('tbody tr').count(), 5);
      if (script) {
        await accessible(page);
        await look(page, 'not-in-file');
      }
      await page.getByRole('link', { name: 'Back to the review' }).click();
      await page.getByRole('button', { name: /^Make these 5 inactive/ }).click();
      await page.getByText(/Undo: the answer that those who are not in the file become inactive/).waitFor({ timeout: 60_000 });
      if (script) await look(page, 'match-absent');
    });
  });
}
