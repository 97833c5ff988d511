// Mail against a mail server that is not ours (aiosmtpd): an invitation, a forgotten password, word of an import; and a server that is killed
// between the wish for a mail and the mail.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { look } from './look.mjs';
import { browserMissing, launchBrowser, newPage, startMuster, workbooksMissing } from './muster.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ to: string[], from: string, subject: string, id: string, kind: string, text: string }} Mail */

const PYTHON = process.env.MUSTER_MAIL_PYTHON ?? process.env.MUSTER_PYTHON ?? resolve(import.meta.dirname, '../.venv/bin/python');
const PASSWORD = 'seven+quiet+herons'.replaceAll('+', ' ');

/** The mail server: its port, and the next mail that comes. */
async function catchMails() {
  const child = spawn(PYTHON, [join(import.meta.dirname, 'mails.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  /** @type {string[]} */
  const waiting = [];
  /** @type {((line: string) => void)[]} */
  const asking = [];
  lines.on('line', (line) => {
    const next = asking.shift();
    if (next) next(line);
    else waiting.push(line);
  });
  const line = () =>
    new Promise((/** @type {(line: string) => void} */ settle, refuse) => {
      const first = waiting.shift();
      if (first !== undefined) return settle(first);
      const take = (/** @type {string} */ text) => {
        clearTimeout(late);
        settle(text);
      };
      const late = setTimeout(() => {
        // Who waits no more must not take the mail of who asks next.
        asking.splice(asking.indexOf(take), 1);
        refuse(new Error('no mail came'));
      }, 30_000);
      asking.push(take);
    });
  const port = Number(await line());
  return {
    port,
    /** @returns {Promise<Mail>} */
    next: async () => JSON.parse(await line()),
    none: () => waiting.length === 0,
    stop: () => child.stdin.end(),
  };
}

/** A port that nobody listens on just now: mails hold the address of the server. @returns {Promise<number>} */
function freePort() {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => settle(port));
    });
  });
}

describe('mail', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {Awaited<ReturnType<typeof catchMails>>} */
  let mails;
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Page} */
  let owner;
  let port = 0;

  const start = (/** @type {object} */ options = {}) =>
    startMuster({ demo: '--demo=40', listen: `127.0.0.1:${port}`, more: ['--public-url', `http://127.0.0.1:${port}`], ...options });
  const linkOf = (/** @type {Mail} */ mail) => {
    const link = mail.text.split('\n').find((line) => line.startsWith(`http://127.0.0.1:${port}/`));
    assert.ok(link, mail.text);
    return link.trim();
  };

  before(async () => {
    mails = await catchMails();
    port = await freePort();
    process.env.MUSTER_SMTP_URL = `smtp://127.0.0.1:${mails.port}`;
    process.env.MUSTER_MAIL_FROM = 'Muster <muster@acme.example>';
    muster = await start();
    browser = await launchBrowser();
    owner = await newPage(browser);
    await owner.goto(muster.signInLink);
    await owner.getByRole('button', { name: 'Sign in' }).click();
    await owner.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  });
  after(async () => {
    delete process.env.MUSTER_SMTP_URL;
    delete process.env.MUSTER_MAIL_FROM;
    await browser?.close();
    await muster?.stop();
    mails?.stop();
  });

  test('who is invited chooses a password by the link that came', async () => {
    await owner.goto(`${muster.url}/o/acme/administrators`);
    await owner.getByLabel('Their email').fill('new@acme.example');
    await owner.getByRole('button', { name: 'Mail an invitation' }).click();
    await owner.getByText('An invitation was mailed to new@acme.example').waitFor();
    await look(owner, 'mail-invited');
    const mail = await mails.next();
    assert.deepEqual([mail.to, mail.from, mail.kind], [['new@acme.example'], 'muster@acme.example', 'text/plain']);
    assert.match(mail.subject, /You now look after the users of Acme Ltd/);
    const page = await newPage(browser);
    await page.goto(linkOf(mail));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${muster.url}/o/acme/me`);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('main button[type=submit]').first().click();
    await page.getByRole('status').or(page.locator('.banner')).first().waitFor();
    await page.close();
  });

  test('a forgotten password: the same words for who is known and who is not', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    const told = [];
    for (const email of ['nobody@acme.example', 'new@acme.example']) {
      await page.goto(`${muster.url}/sign-in`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByLabel('Email').fill(email);
      await page.getByRole('button', { name: 'Mail a link' }).click();
      await page.getByText('a link is on its way').waitFor();
      told.push(await page.content());
    }
    assert.equal(told[0], told[1]);
    const mail = await mails.next();
    assert.deepEqual(mail.to, ['new@acme.example']);
    const link = linkOf(mail);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${muster.url}/o/acme/me`);
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link has been used' }).or(page.locator('h1')).first().waitFor();
    assert.ok(mails.none(), 'nobody else got one');
    await page.close();
    const seen = await newPage(browser);
    await seen.goto(`${muster.url}/forgot`);
    await look(seen, 'mail-forgot');
    await seen.goto(`${muster.url}/forgot?sent=1`);
    await look(seen, 'mail-forgot-sent');
    await seen.close();
  });

  test('a server that is killed between the wish and the mail sends it after its next start', async () => {
    const page = await newPage(browser);
    // The mail server is away, so the mail waits.
    const { email } = muster;
    await muster.stop({ keep: true });
    process.env.MUSTER_SMTP_URL = `smtp://127.0.0.1:${await freePort()}`;
    muster = await start({ directory: muster.directory, demo: false });
    await page.goto(`${muster.url}/forgot`);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Mail a link' }).click();
    await page.getByText('a link is on its way').waitFor();
    await muster.kill();
    assert.ok(!muster.log().includes(email), 'the log names nobody');
    process.env.MUSTER_SMTP_URL = `smtp://127.0.0.1:${mails.port}`;
    muster = await start({ directory: muster.directory, demo: false });
    // It was tried once, and is tried again a minute later at the latest.
    const late = Date.now() + 90_000;
    let mail;
    while (!mail && Date.now() < late) mail = await mails.next().catch(() => undefined);
    assert.deepEqual(mail?.to, [email]);
    await page.goto(linkOf(/** @type {Mail} */ (mail)));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${muster.url}/o/acme/me`);
    await page.close();
  });
});
