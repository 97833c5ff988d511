// Every page, in the states in which people meet it: no rule of accessibility broken, light, dark and in forced colours; nothing wider than a
// window of 320 pixels, which is 1,280 at 400 %; light, still, and all of it within reach of the keyboard, whose place is always seen. A page that
// is new in the table of routes and missing here fails.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sheetOf } from './look.mjs';
import {
  accessible,
  browserMissing,
  editWorkbook,
  launchBrowser,
  newPage,
  readWorkbook,
  screenshot,
  startMuster,
  workbooksMissing,
} from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const PROGRAM = process.env.MUSTER_BINARY ?? resolve(here, '../target/release/muster');

/** What a page may weigh on its way, in bytes. */
const PAGE_BYTES = 50 * 1024;

/**
 * A route, and where to find it: addresses in which `{user}` and the imports by state (`{review}`, `{done}`, ...) are filled in.
 *
 * @type {[route: string, ...addresses: string[]][]}
 */
const PLACES = [
  ['/', '/'],
  ['/help', '/help'],
  ['/o/{slug}/users', '/o/acme/users', '/o/acme/users?search=nobody+is+called+so', '/o/acme/users?status=inactive', '/o/globex/users'],
  ['/o/{slug}/users/new', '/o/acme/users/new'],
  ['/o/{slug}/users/{id}/erase', '/o/acme/users/{user}/erase'],
  ['/o/{slug}/searches', '/o/acme/searches'],
  ['/o/{slug}/answers', '/o/acme/answers'],
  ['/o/{slug}/users/{id}', '/o/acme/users/{user}', '/o/acme/users/U-2222222222'],
  ['/o/{slug}/selections', '/o/acme/selections'],
  ['/o/{slug}/selections/{id}', '/o/acme/selections/{selection}'],
  ['/o/{slug}/selections/{id}/change', '/o/acme/selections/{selection}/change'],
  ['/o/{slug}/download', '/o/acme/download'],
  ['/o/{slug}/import', '/o/acme/import'],
  ['/o/{slug}/imports', '/o/acme/imports', '/o/globex/imports'],
  ['/o/{slug}/imports/{id}', '/o/acme/imports/{done}', '/o/acme/imports/{undone}', '/o/acme/imports/{failed}', '/o/acme/imports/{cancelled}'],
  ['/o/{slug}/imports/{id}/problems', '/o/acme/imports/{review}/problems', '/o/acme/imports/{clean}/problems'],
  ['/o/{slug}/imports/{id}/problems/one', '/o/acme/imports/{review}/problems/one', '/o/acme/imports/{review}/problems/one?kind=all'],
  ['/o/{slug}/imports/{id}/conflicts', '/o/acme/imports/{review}/conflicts', '/o/acme/imports/{clean}/conflicts'],
  ['/o/{slug}/imports/{id}/with-support', '/o/acme/imports/{review}/with-support'],
  ['/o/{slug}/imports/{id}/ticket', '/o/acme/imports/{review}/ticket'],
  ['/o/{slug}/imports/{id}/new-users', '/o/acme/imports/{review}/new-users'],
  ['/o/{slug}/imports/{id}/worth-knowing', '/o/acme/imports/{review}/worth-knowing'],
  ['/o/{slug}/imports/{id}/changes', '/o/acme/imports/{review}/changes', '/o/acme/imports/{clean}/changes'],
  ['/o/{slug}/imports/{id}/left-out', '/o/acme/imports/{review}/left-out'],
  ['/o/{slug}/imports/{id}/match', '/o/acme/imports/{matching}/match'],
  ['/o/{slug}/imports/{id}/not-in-file', '/o/acme/imports/{review}/not-in-file'],
  ['/o/{slug}/imports/{id}/complete', '/o/acme/imports/{review}/complete', '/o/acme/imports/{clean}/complete'],
  ['/o/{slug}/imports/{id}/cancel', '/o/acme/imports/{review}/cancel'],
  ['/o/{slug}/tickets', '/o/acme/tickets'],
  ['/o/{slug}/me', '/o/acme/me'],
  ['/o/{slug}/me/sessions', '/o/acme/me/sessions'],
  ['/o/{slug}/me/factor', '/o/acme/me/factor'],
  ['/o/{slug}/me/account', '/o/acme/me/account'],
  ['/o/{slug}/me/language', '/o/acme/me/language'],
  ['/o/{slug}/settings', '/o/acme/settings'],
  ['/o/{slug}/administrators', '/o/acme/administrators'],
  ['/o/{slug}/tokens', '/o/acme/tokens'],
  ['/o/{slug}/activity', '/o/acme/activity', '/o/acme/activity?kind=downloaded', '/o/globex/activity'],
  ['/me/news', '/me/news'],
  ['/o/{slug}/fields', '/o/acme/fields'],
  ['/o/{slug}/fields/{key}', '/o/acme/fields/department', '/o/acme/fields/segments', '/o/acme/fields/email', '/o/acme/fields/job_title'],
];

/**
 * Those that are no page: files, and what machines ask for; pages before one is signed in, which the walk looks at; a ticket and the pages of
 * operators, which the tests of tickets and of operators look at.
 */
const NO_PAGES = [
  '/assets/{hash}/{name}',
  '/healthz',
  '/help/captions.vtt',
  '/link/{secret}',
  '/forgot',
  '/metrics',
  '/o/{slug}/activity/file',
  '/o/{slug}/download/file',
  '/o/{slug}/imports/{id}/changed',
  '/o/{slug}/imports/{id}/file',
  '/o/{slug}/imports/{id}/progress',
  '/o/{slug}/imports/{id}/report',
  '/o/{slug}/imports/{id}/since',
  '/o/{slug}/template',
  '/o/{slug}/tickets/{id}',
  '/operator',
  '/operator/feedback',
  '/operator/organisations/{slug}',
  '/operator/state',
  '/operator/tickets',
  '/operator/tickets/{id}',
  '/practice/workbook',
  '/readyz',
  '/setup/{secret}',
  '/sign-in',
  '/sign-in/code',
];

/** The pages in the table of routes. */
async function routes() {
  const source = await readFile(resolve(here, '../crates/muster/src/web/mod.rs'), 'utf8');
  const ofImport = source.indexOf('fn of_import');
  return [...source.matchAll(/\.route\(\s*"([^"]+)",\s*((?:get|post)[^;]*?)(?=\.route\(|\n\s+\.(?:nest|merge|fallback)|\n\})/g)]
    .filter(([, , handlers]) => handlers.startsWith('get('))
    .map((found) => ((found.index ?? 0) > ofImport ? `/o/{slug}/imports/{id}${found[1]}` : found[1]).replace(/(.)\/$/, '$1'));
}

describe('everywhere', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let page;
  /** @type {Record<string, string>} */
  const filled = {};

  before(async () => {
    muster = await startMuster({ demo: '--demo=300' });
    browser = await launchBrowser();
    page = await newPage(browser);
    await page.goto(muster.signInLink);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await states();
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  /** The command line beside the server. Problems in a file are no failure here. @param {string[]} words */
  async function command(...words) {
    const env = { ...process.env, MUSTER_DATABASE: muster.database };
    const told = await run(PROGRAM, [...words, '--account', 'acme'], { cwd: muster.directory, env }).catch((error) => error);
    assert.ok(told.code === undefined || told.code === 2 || words[0] === 'import', `${words[0]}: ${told.stderr}`);
    return `${told.stdout}`;
  }

  /** An import of a file of so many edits, and its id. @param {string} file @param {string[]} more */
  async function imported(file, ...more) {
    return JSON.parse(await command('import', file, '--json', ...more)).id;
  }

  /** Imports in each state, a selection, a user. */
  async function states() {
    const file = join(muster.directory, 'users.xlsx');
    const copy = async (/** @type {string} */ name, /** @type {import('./workbooks.mjs').Edit[]} */ edits) => {
      const path = join(muster.directory, name);
      await writeFile(path, await readFile(file));
      return editWorkbook(path, edits);
    };
    await command('download', '-o', file);
    const sheet = sheetOf(await readWorkbook(file));
    const rows = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, place) => from + place);
    filled.user = String(sheet.value(5, 'user_id'));
    await writeFile(join(muster.directory, 'some.txt'), rows(20, 2).map((row) => sheet.value(row, 'user_id')).join('\n'));
    await command('change', '--ids-from', 'some.txt', '--set', 'job_title=Was changed meanwhile', '--apply');
    filled.review = await imported(
      await copy('much.xlsx', [
        ...rows(3, 12).map((row) => ({ key: 'department', row, value: 'Fianance' })),
        ...rows(15, 3).map((row) => ({ key: 'start_date', row, value: 'the last of May' })),
        ...rows(20, 2).map((row) => ({ key: 'job_title', row, value: 'From the file' })),
        ...rows(30, 25).map((row) => ({ key: 'status', row, value: 'Inactive' })),
        ...rows(60, 6).map((row) => ({ key: 'phone', row, value: null })),
        ...rows(70, 40).map((row) => ({ key: 'job_title', row, value: 'Team lead' })),
        ...rows(sheet.last + 1, 3).flatMap((row) => [
          { key: 'first_name', row, value: 'Zoë' },
          { key: 'last_name', row, value: `Àrnason ${row}` },
          { key: 'email', row, value: `zoe${row}@acme.example` },
        ]),
      ]),
    );
    filled.clean = await imported(await copy('clean.xlsx', rows(120, 9).map((row) => ({ key: 'job_title', row, value: 'Keeper' }))));
    filled.done = await imported(await copy('done.xlsx', rows(140, 3).map((row) => ({ key: 'job_title', row, value: 'Done' }))), '--apply');
    await writeFile(join(muster.directory, 'payroll.csv'), 'Lohn\nPers.-Nr.;Nachname;Vorname;E-Mail;IBAN;Sonstiges\n1;Groß;Zoë;zoe@lohn.example;DE89370400440532013000;x\n');
    filled.matching = await imported('payroll.csv');
    filled.undone = await imported(await copy('undone.xlsx', [{ key: 'job_title', row: 150, value: 'Never' }]), '--apply');
    await command('undo', filled.undone);
    await writeFile(join(muster.directory, 'odd.csv'), 'no,keys\nat,all\n');
    await page.goto(`${muster.url}/o/acme/import`);
    await page.getByLabel('Select a file to import').setInputFiles(join(muster.directory, 'odd.csv'));
    await page.waitForURL(/imports\/imp_\w+$/);
    filled.failed = /imp_\w+/.exec(page.url())?.[0] ?? '';
    filled.cancelled = await imported(await copy('cancelled.xlsx', [{ key: 'job_title', row: 151, value: 'Never' }]));
    await page.goto(`${muster.url}/o/acme/imports/${filled.cancelled}/cancel`);
    await page.locator('main').getByRole('button', { name: /^Cancel/ }).click();
    await page.goto(`${muster.url}/o/acme/selections`);
    await page.getByRole('textbox').first().fill(`${filled.user}\n${sheet.value(6, 'user_id')}`);
    await page.locator('main').getByRole('button').first().click();
    await page.waitForURL(/selections\/sel_/);
    filled.selection = /sel_\w+/.exec(page.url())?.[0] ?? '';
  }

  const address = (/** @type {string} */ place) => muster.url + place.replace(/\{(\w+)\}/g, (_, name) => filled[name]);

  /** Once the page is drawn anew: a change of colours is seen a moment after it is asked for. */
  const drawn = () => page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle))));

  /** What is not reached by Tab, or has the focus without its being seen. */
  async function unreached() {
    // The table of problems becomes a grid, which is one stop, a moment after the page is there.
    await page.waitForFunction(() => !document.querySelector('form[data-fix-grid]:not([data-watched])'));
    await page.evaluate(() => scrollTo(0, 0));
    const wanted = await page.evaluate(() => {
      const may = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
      const seen = may.filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [tabindex="-1"]'));
      seen.forEach((element, place) => element.setAttribute('data-place', String(place)));
      // Of radio buttons one is reached, the arrows do the rest; a grid is one stop, too.
      return seen.filter((element) => !element.matches('input[type=radio], [role=grid] *')).map((element) => element.getAttribute('data-place'));
    });
    /** @type {Set<string>} */
    const reached = new Set();
    /** @type {Set<string>} */
    const hidden = new Set();
    let last = '';
    let ends = 0;
    // Past the end the window itself has the focus, then it begins again: a page may have put it somewhere in the middle.
    for (let step = 0; step < 3 * wanted.length + 40 && ends < 2; step += 1) {
      await page.keyboard.press('Tab');
      await drawn();
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const middle = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
        const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
        const above = document.elementFromPoint(x, y);
        const covered = !above || !(element.contains(above) || above.contains(element) || above.closest('label')?.contains(element));
        // Within a film the browser shows it itself.
        const drawn = element.matches('video') || (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || element.closest('label, .field, .frame, fieldset');
        return { place: element.getAttribute('data-place') ?? '', why: covered ? `is covered by ${above?.outerHTML.slice(0, 80) ?? 'nothing'} at ${x}, ${y}` : drawn ? '' : 'is not shown to have the focus', html: element.outerHTML.slice(0, 120) };
      });
      if (!at) {
        ends += 1;
        continue;
      }
      // A date has a stop for each of its parts.
      if (at.place !== last && reached.has(at.place)) break;
      last = at.place;
      reached.add(at.place);
      if (at.why) hidden.add(`${at.html} ${at.why}`);
    }
    const missed = await page.evaluate(
      (places) => places.map((place) => document.querySelector(`[data-place="${place}"]`)?.outerHTML.slice(0, 120)),
      wanted.filter((place) => place !== null && !reached.has(place)),
    );
    return [...missed.map((html) => `${html} is not reached`), ...hidden];
  }

  /** How much of the page moved while it was put up, and what it weighed. */
  function measured() {
    return page.evaluate(async () => ({
      packed: /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType('navigation')[0]).encodedBodySize,
      moved: await new Promise((settle) => {
        let moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += /** @type {any} */ (entry).value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => settle(moved)));
      }),
    }));
  }

  test('every page of the table of routes is among these', async () => {
    const known = [...PLACES.map(([route]) => route), ...NO_PAGES];
    const there = await routes();
    assert.deepEqual(there.filter((route) => !known.includes(route)), [], 'routes that nobody looks at');
    assert.deepEqual(known.filter((route) => !there.includes(route)), [], 'routes that are no more');
  });

  for (const [route, ...places] of PLACES) {
    test(`${route} in ${places.length} states`, async () => {
      /** @type {string[]} */
      const wrong = [];
      for (const place of places) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
        const answer = await page.goto(address(place));
        const { packed, moved } = await measured();
        if (packed > PAGE_BYTES) wrong.push(`${place}: ${packed} bytes`);
        if (moved !== 0) wrong.push(`${place} moves while it is put up: ${moved}`);
        wrong.push(...(await unreached()).map((what) => `${place}: ${what}`));
        await page.goto(address(place));
        for (const media of /** @type {const} */ ([
          { colorScheme: 'light', forcedColors: 'none' },
          { colorScheme: 'dark', forcedColors: 'none' },
          { colorScheme: 'light', forcedColors: 'active' },
        ])) {
          await page.emulateMedia(media);
          await drawn();
          await page.evaluate(() => {
            // The link that skips the head lies over it while it has the focus.
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
            scrollTo(0, document.documentElement.scrollHeight);
          });
          const colours = media.colorScheme === 'dark' || media.forcedColors === 'active';
          await accessible(page, { colours }).catch((error) => wrong.push(`${place} ${JSON.stringify(media)}: ${error.message}`));
        }
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
        if (process.env.MUSTER_PICTURES) await screenshot(page, `everywhere${place.replace(/[^\w{}]+/g, '-')}`);
        await page.setViewportSize({ width: 320, height: 800 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 320) wrong.push(`${place} is ${width} pixels wide in a window of 320`);
        assert.ok(answer && answer.status() < 500, place);
      }
      assert.deepEqual(wrong, []);
    });
  }
});
