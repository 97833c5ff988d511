// The quick demo of the help: the steps of the article, done on the real pages. scripts/record-demo films them; demo.test.mjs does them
// again and finds out whether the pages are still those that were filmed.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sheetOf } from './look.mjs';
import { editWorkbook, readWorkbook } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/**
 * Where the steps are done: somebody who is signed in on the page of users, and how they point and type.
 *
 * @typedef {object} Stage
 * @property {Page} page
 * @property {string} url where Muster listens
 * @property {string} directory where the download goes
 * @property {(what: Locator) => Promise<void>} click
 * @property {(rows: (string | number | boolean | null)[][], edited: Set<string>) => Promise<void>} showSheet shows rows of a spreadsheet
 * @property {string} [file] the workbook, once it is downloaded
 */

/**
 * A step: the key of its sentence in crates/sentences/en/help.ftl, and what is done.
 *
 * @typedef {{ key: string, act: (stage: Stage) => Promise<void> }} Step
 */

/** A department that none of the options is, one letter away from one. */
const MISSPELT = 'Enginering';

/** @type {Step[]} */
export const STEPS = [
  { key: 'demo-users', act: async ({ page, click }) => click(page.getByRole('link', { name: 'Users', exact: true })) },
  { key: 'demo-menu', act: async ({ page, click }) => click(page.getByLabel('More actions')) },
  {
    key: 'demo-choose-download',
    act: async ({ page, click }) => {
      await click(page.getByRole('link', { name: 'Download user data' }));
      await page.getByRole('heading', { level: 1, name: 'Download user data' }).waitFor();
    },
  },
  {
    key: 'demo-download',
    act: async (stage) => {
      const coming = stage.page.waitForEvent('download');
      await stage.click(stage.page.getByRole('button', { name: 'Download', exact: true }));
      const download = await coming;
      stage.file = join(stage.directory, download.suggestedFilename());
      await download.saveAs(stage.file);
    },
  },
  { key: 'demo-edit', act: edit },
  {
    key: 'demo-back',
    act: async ({ page, url, click }) => {
      await page.goto(`${url}/o/acme/users`);
      await click(page.getByLabel('More actions'));
    },
  },
  {
    key: 'demo-import',
    act: async ({ page, click }) => {
      await click(page.getByRole('link', { name: 'Import user data' }));
      await page.getByRole('heading', { level: 1, name: 'Import user data' }).waitFor();
    },
  },
  {
    key: 'demo-select',
    act: async ({ page, file }) => {
      await page.getByLabel('Select a file to import').setInputFiles(file ?? '');
      await page.getByRole('heading', { level: 1, name: /^Review/ }).waitFor();
      // The table has become one to work in, and what is wrong is told above it.
      await page.getByRole('grid').waitFor();
    },
  },
  {
    key: 'demo-red',
    act: async ({ page, click }) => {
      await click(page.getByRole('button', { name: /^Change these \d+ cells$/ }));
      await page.getByRole('button', { name: /^Update \d+ users$/ }).waitFor();
    },
  },
  {
    key: 'demo-complete',
    act: async ({ page, click }) => {
      await click(page.getByRole('button', { name: /^Update \d+ users$/ }));
      await page.getByRole('heading', { level: 1, name: /users were successfully edited$/ }).waitFor();
    },
  },
];

/**
 * Edits the workbook as somebody does it in a spreadsheet: job titles, and a department with a slip of the finger.
 *
 * @param {Stage} stage
 */
async function edit(stage) {
  const file = stage.file ?? '';
  const sheet = sheetOf(await readWorkbook(file));
  const rows = Array.from({ length: sheet.last - 2 }, (_, place) => place + 3);
  const engineers = rows.filter((row) => sheet.value(row, 'department') === 'Engineering').slice(0, 3);
  const others = rows.filter((row) => !engineers.includes(row)).slice(0, 9);
  await editWorkbook(file, [
    ...others.map((row) => ({ key: 'job_title', row, value: 'Team Lead' })),
    ...engineers.map((row) => ({ key: 'job_title', row, value: 'Principal Engineer' })),
    ...others.slice(0, 2).map((row) => ({ key: 'department', row, value: MISSPELT })),
  ]);
  const edited = new Set([
    ...[...others, ...engineers].map((row) => `${row} job_title`),
    ...others.slice(0, 2).map((row) => `${row} department`),
  ]);
  await stage.showSheet(await readWorkbook(file), edited);
}

/**
 * What a page says, in its order, without what made-up people and the day bring along: a digest by which a page is known again.
 *
 * @param {Page} page
 */
export async function digestOf(page) {
  const told = await page.locator('body').ariaSnapshot();
  /** @type {string[]} */
  const lines = [];
  let within = Infinity;
  for (const line of told.split('\n')) {
    const depth = line.search(/\S/);
    if (depth > within) continue;
    // Identities are new each time, moments are those of the day, and whether an import rested before its page was looked at is chance.
    const isRow = /^\s*- (row|gridcell|cell|rowheader|textbox|time|\/url)\b/.test(line);
    within = isRow ? depth : Infinity;
    const same = line.replace(/link "News: [^"]*"/, 'link "News"').replace(/\d[\d.,:-]*/g, '0').replace(/acme-users\S*/g, 'file');
    if (!isRow) lines.push(same);
  }
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
