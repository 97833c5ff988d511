// The tools of the browser tests, tried on a stand-in for the program: a test is only worth what it can catch.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  accessible,
  browserMissing,
  editWorkbook,
  fitsItsWidth,
  launchBrowser,
  newPage,
  readWorkbook,
  resaveThroughLibreOffice,
  screenshot,
  startMuster,
  workbooksMissing,
} from './muster.mjs';

const binary = join(dirname(fileURLToPath(import.meta.url)), 'stand-in.mjs');

describe('the program', () => {
  test('is started, greets, keeps its directory when killed and is stopped', async () => {
    const first = await startMuster({ binary });
    assert.match(first.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(first.signInLink, `${first.url}/sign-in/once`);
    assert.deepEqual([first.email, first.password], ['owner@acme.example', 'correct-horse-7']);
    await first.kill();
    assert.ok(existsSync(first.directory));

    const second = await startMuster({ binary, demo: false, directory: first.directory });
    assert.equal(second.database, first.database);
    await second.stop();
    assert.ok(!existsSync(first.directory));
    assert.throws(() => process.kill(second.process, 0), { code: 'ESRCH' });
  });

  test('says what it printed when it does not start', async () => {
    const start = startMuster({ binary, more: ['--fail'] });
    await assert.rejects(start, /code 1, waiting for url.*newer Muster/s);
  });
});

describe('the browser', { skip: browserMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  before(async () => {
    muster = await startMuster({ binary });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await muster.stop();
  });

  test('finds nothing on a good page and takes its pictures', async () => {
    const page = await newPage(browser);
    await page.goto(`${muster.url}/`);
    await accessible(page);
    await fitsItsWidth(page);
    const files = await screenshot(page, 'self-test');
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    assert.ok(sizes.length === 2 && sizes.every((size) => size > 1_000), `${files} ${sizes}`);
    assert.deepEqual(page.viewportSize(), { width: 1280, height: 800 });
  });

  test('names what is wrong with a bad page', async () => {
    const page = await newPage(browser);
    await page.goto(`${muster.url}/wrong`);
    await assert.rejects(accessible(page), /color-contrast.*label/s);
    await assert.rejects(accessible(page, { colours: true }), (error) => /color-contrast/.test(`${error}`) && !/label/.test(`${error}`));
    await assert.rejects(fitsItsWidth(page), /pixels wide in a window of 390/);
  });
});

describe('workbooks', { skip: workbooksMissing() }, () => {
  /** @type {string} */
  let directory;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'muster-workbooks-'));
  });
  after(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  test('are edited by openpyxl and saved again by LibreOffice', async () => {
    const path = await smallWorkbook(join(directory, 'users.xlsx'));
    await editWorkbook(path, [
      { set: 'B3', value: 'Zoë' },
      { key: 'employee_number', row: 4, value: '00123' },
      { deleteRow: 5 },
      { setDate: 'D3', value: '2026-02-28' },
      { moveColumn: 'D', before: 'B' },
      { insertColumn: 'C', title: 'Notes of ours', value: 'seen' },
      { sortRowsBy: 'first_name' },
      { sheetInFront: 'Cover' },
    ]);
    const expected = [
      ['User ID', 'Start date', 'Notes of ours', 'First name', 'Employee number'],
      ['user_id@acme.1.k3', 'start_date', null, 'first_name', 'employee_number'],
      ['U-2', null, 'seen', 'Bo', '00123'],
      ['U-1', '2026-02-28', 'seen', 'Zoë', '00007'],
    ];
    assert.deepEqual(await readWorkbook(path), expected);
    assert.deepEqual(await readWorkbook(await resaveThroughLibreOffice(path)), expected);
    assert.ok(existsSync(await resaveThroughLibreOffice(path, 'ods')));
  });
});

/**
 * Writes a workbook of three users in the layout of Muster's, by openpyxl.
 *
 * @param {string} path
 */
async function smallWorkbook(path) {
  const script = [
    'import sys, openpyxl',
    'book = openpyxl.Workbook(); sheet = book.active; sheet.title = "Users"',
    'for row in [["User ID", "First name", "Employee number", "Start date"],',
    '            ["user_id@acme.1.k3", "first_name", "employee_number", "start_date"],',
    '            ["U-1", "Ada", "00007", None], ["U-2", "Bo", None, None], ["U-3", "Cy", "00009", None]]:',
    '    sheet.append(row)',
    'book.save(sys.argv[1])',
  ].join('\n');
  const python = process.env.MUSTER_PYTHON ?? join(dirname(binary), '../.venv/bin/python');
  await promisify(execFile)(python, ['-c', script, path]);
  return path;
}
