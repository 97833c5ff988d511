// The browser of the tests: Debian's chromium driven by playwright-core, axe-core's judgement of a page, and
// pictures of a page at the two widths at which every page is looked at.

import AxeBuilder from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** @typedef {import('playwright-core').Page} Page */

const here = dirname(fileURLToPath(import.meta.url));

/** Where pictures go; git ignores it. */
export const OUT = resolve(here, '../out/e2e');

/** The widths, in CSS pixels, at which every page must be right: a desk and a telephone. */
export const WIDTHS = [1280, 390];

const CHROMIUM = process.env.MUSTER_CHROMIUM ?? '/usr/bin/chromium';

/** No sandbox because CI is root; the rest keeps the browser from calling out of the machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Why a browser test cannot run here, or false when it can: `test(name, { skip: browserMissing() }, ...)`.
 * With MUSTER_TESTS=all, as in `scripts/test`, nothing is skipped: the test fails instead.
 *
 * @returns {string | false}
 */
export function browserMissing() {
  if (process.env.MUSTER_TESTS === 'all' || existsSync(CHROMIUM)) return false;
  return `there is no ${CHROMIUM}; install the package chromium or set MUSTER_CHROMIUM`;
}

/** Launches the browser. Its profile is new and empty, and gone when it is closed. */
export async function launchBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

/**
 * A page in a context of its own, 1280 wide, which fails the test on an error in the page's own script.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options] such as `javaScriptEnabled: false`
 * @returns {Promise<Page>}
 */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw new Error(`A script of ${page.url()} failed: ${error.message}`);
  });
  return page;
}

/**
 * Runs axe-core on the page as it stands: WCAG 2.2 A and AA, and axe's best practices.
 *
 * @param {Page} page
 * @param {{ colours?: boolean }} [only] `colours`: what a page's colours decide, for one whose other rules were looked at in another scheme
 * @throws an error that lists each broken rule with its elements
 */
export async function accessible(page, { colours = false } = {}) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const axe = colours ? new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']) : new AxeBuilder({ page }).withTags(tags);
  // What a menu lies over in part while it is open is looked at when it is closed.
  if (await page.locator('details.menu[open]').count() > 0) axe.exclude('thead');
  const { violations } = await axe.analyze();
  if (violations.length === 0) return;
  const list = violations.flatMap((violation) => [
    `- ${violation.id} (${violation.impact}): ${violation.help}`,
    ...violation.nodes.map((node) => `    ${node.target.join(' ')}  ${node.html.slice(0, 160)}  ${[...node.any, ...node.all].map(({ message }) => message).join('; ')}`),
  ]);
  throw new Error(`axe-core finds ${violations.length} broken rules on ${page.url()}:\n${list.join('\n')}`);
}

/**
 * Takes whole-page pictures into out/e2e: NAME-1280.png and NAME-390.png. The page's width is as before afterwards.
 *
 * @param {Page} page
 * @param {string} name
 * @returns {Promise<string[]>} the files
 */
export async function screenshot(page, name) {
  await mkdir(OUT, { recursive: true });
  /** @type {string[]} */
  const files = [];
  await atEachWidth(page, async (width) => {
    const file = join(OUT, `${name}-${width}.png`);
    await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
    files.push(file);
  });
  return files;
}

/**
 * Fails when the page itself (not a table in a frame of its own) scrolls sideways at one of the widths.
 *
 * @param {Page} page
 */
export async function fitsItsWidth(page) {
  await atEachWidth(page, async (width) => {
    const content = await page.evaluate(() => document.documentElement.scrollWidth);
    if (content > width) throw new Error(`${page.url()} is ${content} pixels wide in a window of ${width}.`);
  });
}

/**
 * @param {Page} page
 * @param {(width: number) => Promise<void>} step
 */
async function atEachWidth(page, step) {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await step(width);
  }
  if (before) await page.setViewportSize(before);
}
