// Files on a trip through other people's programs: each opens a download and saves it as it likes, nobody edits a cell, and an import of what
// it saved finds no change. And what Muster writes is what the standards say.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { editWorkbook, resaveThroughLibreOffice, workbooksMissing } from './workbooks.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const MUSTER = process.env.MUSTER_BINARY ?? resolve(here, '../target/release/muster');
const PYTHON = process.env.MUSTER_PYTHON ?? resolve(here, '../.venv/bin/python');
const SSCONVERT = process.env.MUSTER_SSCONVERT ?? '/usr/bin/ssconvert';

const USERS = 60;
/** A program that has not come back by then has lost its way in the file: the widest library for JavaScript once did. */
const TRIP_MILLISECONDS = 60_000;
/** What the slowest library may take for 60 users, once it is loaded; it takes half a second. */
const EXCELJS_MILLISECONDS = 5_000;

/** Names and other texts that programs like to take for something else, by key; the users have them in turn. */
const VALUES = {
  last_name: ["'t Hart", "'s-Gravenhage", 'O’Neil', 'True', 'May', 'E1', '司马', 'Łukasiewicz', 'بن علي', 'Zoë'],
  code: ['0012', '1e5', '12345678901234567890', '1/2', 'MAR1', '-5', '+49', '@x', '12:30', '2026-01-02', '3.50', 'TRUE', '007.0', '1,234', '50%'],
  notes: ['-x', '+y', '@z', 'two\nlines', 'a "quoted" word', 'a, b; c', '<&>', '#1', '1 ', "''", '\u{1F468}\u{200D}\u{1F469}'],
  budget: ['12.5', '-3', '1000000', '0.1', '0', '999999999999999', '100'],
  start_date: ['1912-06-23', '1969-12-31', '2026-01-31', '2026-12-01', '2099-12-31'],
  phone: ['+442079460958', '+4930901820'],
};

describe('trips', { skip: workbooksMissing() }, () => {
  let folder = '';

  /** @param {string[]} words */
  const muster = (...words) => run(MUSTER, [...words, '--account', 'acme'], { cwd: folder });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-trips-'));
    await run(MUSTER, ['account', 'create', 'acme', '--name', 'Acme Ltd'], { cwd: folder });
    await muster('users', 'generate', '--count', String(USERS), '--seed', '7');
    for (const [key, kind] of [['code', 'text'], ['notes', 'text'], ['budget', 'number'], ['remote', 'yes_no'], ['site', 'choice']]) {
      const choices = kind === 'choice' ? ['--choices', '1/2 Leeds;São Paulo;10'] : [];
      await muster('field', 'create', key, '--title', key, '--type', kind, ...choices);
    }
    await muster('download', '--format', 'csv', '-o', 'first.csv');
    await writeFile(join(folder, 'edited.csv'), withValues(await readFile(join(folder, 'first.csv'), 'utf8')));
    await muster('import', 'edited.csv', '--apply', '--large');
    for (const ending of ['xlsx', 'ods', 'csv']) await muster('download', '-o', `users.${ending}`);
    await muster('template', '-o', 'template.xlsx');
    await muster('template', '-o', 'template.ods');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** What an import of the file would do; its exit code tells the same, and more shortly. @param {string} file */
  async function look(file) {
    const told = await muster('import', file, '--dry-run', '--json').catch((failed) => failed);
    assert.ok(told.stdout, `${file}: ${told.stderr}`);
    return JSON.parse(told.stdout);
  }

  /** @param {string} file */
  async function unchanged(file) {
    const { state, counts, issues } = await look(file);
    const { rows, cells_to_edit, users_to_create, errors, conflicts } = counts;
    assert.deepEqual(
      { state, rows, cells_to_edit, users_to_create, errors, conflicts },
      { state: 'done', rows: USERS, cells_to_edit: 0, users_to_create: 0, errors: 0, conflicts: 0 },
      JSON.stringify(issues.slice(0, 9)),
    );
    // The sheets that Muster wrote beside the users are counted, and there is nothing to say of them.
    const told = issues.filter((/** @type {{ code: string }} */ issue) => issue.code.startsWith('sheet'));
    assert.deepEqual(told, [], file);
    const strange = counts.unread_by_reason.filter((/** @type {{ code: string }} */ unread) => !['headings', 'own_sheet'].includes(unread.code));
    assert.deepEqual(strange, [], file);
    const unread = counts.unread_by_reason.reduce((/** @type {number} */ sum, /** @type {{ cells: number }} */ { cells }) => sum + cells, 0);
    assert.equal(unread, counts.unread, file);
    assert.deepEqual([counts.comments, counts.drawings], [0, 0], file);
  }

  /** @param {string} program @param {string[]} words */
  const travel = (program, ...words) => run(program, words, { cwd: folder, timeout: TRIP_MILLISECONDS });

  test('the values are there', async () => {
    const text = await readFile(join(folder, 'users.csv'), 'utf8');
    for (const value of Object.values(VALUES).flat()) assert.ok(text.includes(value.replaceAll('"', '""').trim()), value);
    for (const ending of ['xlsx', 'ods', 'csv']) await unchanged(`users.${ending}`);
  });

  test('ExcelJS', async () => {
    const { stdout } = await travel(process.execPath, '-e', EXCELJS, join(here, 'node_modules/exceljs'), 'users.xlsx', 'exceljs.xlsx');
    assert.ok(Number(stdout) < EXCELJS_MILLISECONDS, `it took ${stdout} ms`);
    await unchanged('exceljs.xlsx');
  });

  for (const [from, to] of [['xlsx', 'xlsx'], ['ods', 'ods'], ['csv', 'csv'], ['xlsx', 'ods'], ['xlsx', 'csv'], ['ods', 'xlsx'], ['csv', 'xlsx']]) {
    test(`SheetJS from ${from} to ${to}`, async () => {
      const target = `sheetjs-${from}.${to}`;
      await travel(process.execPath, '-e', SHEETJS, join(here, 'node_modules/xlsx'), `users.${from}`, target);
      await unchanged(target);
    });
  }

  test('openpyxl', async () => {
    await writeFile(join(folder, 'openpyxl.xlsx'), await readFile(join(folder, 'users.xlsx')));
    await editWorkbook(join(folder, 'openpyxl.xlsx'), []);
    await unchanged('openpyxl.xlsx');
  });

  for (const ending of ['xlsx', 'csv']) {
    test(`pandas in ${ending}`, async () => {
      await travel(PYTHON, join(here, 'trips.py'), 'pandas', `users.${ending}`, `pandas.${ending}`);
      await unchanged(`pandas.${ending}`);
    });
  }

  for (const ending of ['xlsx', 'ods', 'csv']) {
    test(`LibreOffice in ${ending}`, async () => {
      await unchanged(await resaveThroughLibreOffice(join(folder, `users.${ending}`), ending));
    });
  }

  describe('Gnumeric', { skip: gnumericMissing() }, () => {
    for (const from of ['xlsx', 'ods', 'csv']) {
      for (const to of ['xlsx', 'ods', 'csv']) {
        test(`from ${from} to ${to}`, async () => {
          const target = `gnumeric-${from}.${to}`;
          await travel(SSCONVERT, `users.${from}`, target);
          await unchanged(target);
        });
      }
    }
  });

  test('openxml-audit finds nothing', async () => {
    const [titles, keys, ...users] = (await readFile(join(folder, 'edited.csv'), 'utf8')).split('\r\n');
    const wrong = users.map((user) => user.replace(/"2026-[0-9-]+"/, '"soon"'));
    await writeFile(join(folder, 'wrong.csv'), [titles, keys, ...wrong].join('\r\n'));
    for (const report of ['report.xlsx', 'report.ods']) {
      await assert.rejects(muster('import', 'wrong.csv', '--dry-run', '--report', report));
    }
    const files = ['users', 'template', 'report'].flatMap((file) => [`${file}.xlsx`, `${file}.ods`]);
    await travel(PYTHON, join(here, 'trips.py'), 'audit', ...files).catch((failed) => assert.fail(failed.stdout || failed.stderr));
  });
});

const EXCELJS = `
  const book = new (require(process.argv[1]).Workbook)();
  const started = performance.now();
  const trip = book.xlsx.readFile(process.argv[2]).then(() => book.xlsx.writeFile(process.argv[3]));
  trip.then(() => process.stdout.write(String(performance.now() - started)));
`;

const SHEETJS = `
  const xlsx = require(process.argv[1]);
  xlsx.writeFile(xlsx.readFile(process.argv[2]), process.argv[3]);
`;

/** Why there is no Gnumeric, or false; with MUSTER_TESTS=all nothing is skipped. @returns {string | false} */
function gnumericMissing() {
  if (process.env.MUSTER_TESTS === 'all' || existsSync(SSCONVERT)) return false;
  return `there is no ${SSCONVERT}; install gnumeric, or set MUSTER_SSCONVERT`;
}

/** An edit of every user of a download, as csv: their IDs, and the values in turn. @param {string} text */
function withValues(text) {
  const [titles = '', keys = '', ...users] = text.trimEnd().split('\r\n').map((line) => line.split(',', 1)[0] ?? '');
  const lines = users.map((id, place) => [id, ...Object.values(VALUES).map((values) => cell(values[place % values.length] ?? ''))]);
  return [[titles, ...Object.keys(VALUES)], [keys, ...Object.keys(VALUES)], ...lines].map((line) => line.join(',')).join('\r\n');
}

/** A value as Muster writes it into csv. @param {string} value */
function cell(value) {
  const escaped = /^'*[=+\-@\t]/.test(value) ? `'${value}` : value;
  return `"${escaped.replaceAll('"', '""')}"`;
}
