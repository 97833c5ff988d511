#!/usr/bin/env node
// Runs Lighthouse on the pages that people use most, each as who is signed in sees it, and prints a table: performance, accessibility, best
// practices, and what it measured on the way. What misses 100 is in bold, and why is said below.
//
//   cd benches/lighthouse && npm ci            once; e2e has to be installed too
//   benches/lighthouse/run.mjs [mobile]        MUSTER_BINARY is the program, MUSTER_CHROMIUM the browser
//
// As a desktop, if it isn't told mobile: there Lighthouse pretends a telephone of four times slower processor on a slow line.

import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import process from 'node:process';
import { startMuster } from '../../e2e/muster.mjs';

const USERS = 300;
/** Rows of the file that have a problem; as many have a change. */
const WRONG = 40;
const SCORES = ['performance', 'accessibility', 'best-practices'];
const MEASURED = { 'first-contentful-paint': 'first paint', 'largest-contentful-paint': 'largest paint', 'total-blocking-time': 'blocked', 'cumulative-layout-shift': 'shift' };

/** @param {string} text a file without line breaks in its cells */
const cellsOf = (text) =>
  text.replace(/^\uFEFF/, '').trimEnd().split('\r\n').map((line) => (line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '')).slice(0, -1));

/** Somebody who is signed in. @param {Awaited<ReturnType<typeof startMuster>>} muster */
async function signedIn(muster) {
  const answer = await fetch(muster.signInLink, { method: 'POST', headers: { origin: muster.url }, redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  if (!cookie) throw new Error(`Signing in was answered ${answer.status}.`);
  return cookie;
}

/** An import in review, with problems and changes; its address. @param {string} url @param {string} cookie */
async function review(url, cookie) {
  const file = await fetch(`${url}/o/acme/download/file?format=csv&users=all`, { headers: { cookie } });
  const lines = cellsOf(await file.text());
  const column = (/** @type {string} */ key) => lines[1].findIndex((of) => of.split('@')[0] === key);
  for (const line of lines.slice(2, 2 + WRONG)) line[column('department')] = 'Fianance';
  for (const line of lines.slice(2 + WRONG, 2 + 2 * WRONG)) line[column('job_title')] = 'Team Lead';
  const form = new FormData();
  form.append('file', new Blob([lines.map((line) => line.join(',')).join('\r\n')]), 'users.csv');
  const sent = await fetch(`${url}/o/acme/imports`, { method: 'POST', body: form, headers: { cookie, origin: url }, redirect: 'manual' });
  const address = new URL(sent.headers.get('location') ?? '/', url).href;
  for (let tries = 0; tries < 600; tries += 1) {
    const page = await fetch(address, { headers: { cookie } });
    if (/\/(problems|changes)$/.test(page.url)) return address;
    await new Promise((settle) => setTimeout(settle, 100));
  }
  throw new Error(`${address} is not in review.`);
}

/** @param {number | null} score */
const shown = (score) => (score === 1 ? '100' : `**${Math.round((score ?? 0) * 100)}**`);

/** A line of the table, and what Lighthouse would have better. @param {import('lighthouse').Result} report @param {string} name */
function line(report, name) {
  const scores = SCORES.map((score) => shown(report.categories[score].score));
  const measured = Object.keys(MEASURED).map((audit) => report.audits[audit].displayValue ?? '');
  console.log(`| ${[name, ...scores, ...measured].join(' | ')} |`);
  const counted = SCORES.flatMap((score) => report.categories[score].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => report.audits[id]));
  return counted.filter(({ score }) => score !== null && score < 0.9).map(({ title, displayValue }) => `${name}: ${title} ${displayValue ?? ''}`);
}

const isMobile = process.argv[2] === 'mobile';
const muster = await startMuster({ demo: `--demo=${USERS}` });
const chrome = await launch({
  chromePath: process.env.MUSTER_CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
});
try {
  const cookie = await signedIn(muster);
  const address = await review(muster.url, cookie);
  const organisation = `${muster.url}/o/acme`;
  const pages = {
    users: `${organisation}/users`,
    imports: `${organisation}/imports`,
    download: `${organisation}/download`,
    problems: `${address}/problems`,
    changes: `${address}/changes`,
    help: `${muster.url}/help`,
  };
  console.log(`| page | ${SCORES.join(' | ')} | ${Object.values(MEASURED).join(' | ')} |\n|---|${'---|'.repeat(SCORES.length + Object.keys(MEASURED).length)}`);
  const better = [];
  for (const [name, url] of Object.entries(pages)) {
    const flags = { port: chrome.port, onlyCategories: SCORES, extraHeaders: { Cookie: cookie }, logLevel: /** @type {const} */ ('error') };
    const ran = await lighthouse(url, flags, isMobile ? undefined : desktopConfig);
    if (!ran) throw new Error(`Lighthouse said nothing of ${url}.`);
    if (new URL(ran.lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`${url} led to ${ran.lhr.finalDisplayedUrl}.`);
    better.push(...line(ran.lhr, name));
  }
  for (const words of better) console.log(`\n${words}`);
} finally {
  chrome.kill();
  await muster.stop();
}
