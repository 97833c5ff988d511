// Workbooks as people send them: edited by a script (openpyxl) and saved again by another program (LibreOffice),
// neither of which shares a line of code with Muster.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/** The interpreter that has openpyxl: MUSTER_PYTHON, else the one that `scripts/test` made. */
const PYTHON = process.env.MUSTER_PYTHON ?? resolve(here, '../.venv/bin/python');

const LIBREOFFICE = process.env.MUSTER_LIBREOFFICE ?? '/usr/bin/soffice';

/** A conversion takes seconds, also on a busy machine; one that hangs is ended. */
const CONVERSION_MILLISECONDS = 120_000;

/**
 * One step of an edit. Rows count from 1 and columns are letters, as the spreadsheet shows them; a `key` is a
 * column by the key in row 2 (`department`; the first column's is `user_id`). Steps run in their order, in the
 * sheet Users where they name no other one.
 *
 * @typedef {{ set: string, value: string | number | boolean | null, in?: string }
 *   | { key: string, row: number, value: string | number | boolean | null, in?: string }
 *   | { setDate: string, value: string }
 *   | { deleteRow: number }
 *   | { deleteColumn: string }
 *   | { moveColumn: string, before: string }
 *   | { insertColumn: string, title?: string, value?: string }
 *   | { sortRowsBy: string, descending?: boolean }
 *   | { sortColumnAlone: string }
 *   | { filter: string, value: string }
 *   | { sheetInFront: string }
 *   | { copySheet: string }
 *   | { formula: string, value: string }} Edit
 */

/**
 * Why workbooks cannot be edited here, or false when they can; with MUSTER_TESTS=all nothing is skipped.
 *
 * @returns {string | false}
 */
export function workbooksMissing() {
  if (process.env.MUSTER_TESTS === 'all') return false;
  const missing = [PYTHON, LIBREOFFICE].find((program) => !existsSync(program));
  return missing ? `there is no ${missing}; run scripts/test once, or set MUSTER_PYTHON and MUSTER_LIBREOFFICE` : false;
}

/**
 * Edits the sheet Users of a workbook in its place.
 *
 * @param {string} path
 * @param {Edit[]} edits
 * @returns {Promise<string>} the path
 */
export async function editWorkbook(path, edits) {
  await python(['edit', path, JSON.stringify(edits)]);
  return path;
}

/**
 * The sheet Users as rows of values; dates are `2026-11-22`, empty cells null.
 *
 * @param {string} path
 * @returns {Promise<(string | number | boolean | null)[][]>}
 */
export async function readWorkbook(path) {
  return JSON.parse(await python(['read', path]));
}

/**
 * Opens a workbook in LibreOffice without a window and saves it anew.
 *
 * @param {string} path
 * @param {string} [format] the ending of the new file: xlsx, csv or ods
 * @returns {Promise<string>} the new file, in a directory `resaved` beside the old one
 */
export async function resaveThroughLibreOffice(path, format = extname(path).slice(1)) {
  const filter = { xlsx: 'xlsx:Calc MS Excel 2007 XML', ods: 'ods:calc8', csv: 'csv:Text - txt - csv (StarCalc):44,34,76' }[format];
  if (!filter) throw new Error(`LibreOffice is asked for xlsx, csv or ods, not ${format}.`);
  // Without a window it asks nobody for the character set of a csv file, and takes it for that of Windows.
  const reading = extname(path) === '.csv' ? ['--infilter=CSV:44,34,76'] : [];
  const target = join(dirname(path), 'resaved');
  await mkdir(target, { recursive: true });
  // A profile of its own, so that two conversions at once do not wait for each other or for somebody's window.
  const profile = await mkdtemp(join(tmpdir(), 'muster-libreoffice-'));
  try {
    const { stdout, stderr } = await run(
      LIBREOFFICE,
      [`-env:UserInstallation=file://${profile}`, '--headless', ...reading, '--convert-to', filter, '--outdir', target, path],
      { timeout: CONVERSION_MILLISECONDS },
    );
    const file = join(target, `${basename(path, extname(path))}.${format}`);
    if (!existsSync(file)) throw new Error(`LibreOffice did not convert ${path}:\n${stdout}${stderr}`);
    return file;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** @param {string[]} words */
async function python(words) {
  if (!existsSync(PYTHON)) throw new Error(`There is no ${PYTHON}: run scripts/test once, or set MUSTER_PYTHON.`);
  const { stdout } = await run(PYTHON, [join(here, 'workbooks.py'), ...words], { maxBuffer: 1 << 30 });
  return stdout;
}
