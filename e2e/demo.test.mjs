// The quick demo of the help is of the pages as they are: its steps are done again, and what each page says is compared with what it said
// when it was filmed. When that fails, look at the pages, then: scripts/record-demo

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { STEPS, digestOf } from './demo.mjs';
import { browserMissing, launchBrowser, newPage, startMuster, workbooksMissing } from './muster.mjs';

/** What was filmed: a line for each step, `KEY FROM-MILLISECONDS TO-MILLISECONDS DIGEST`. */
const FILMED = new URL('../crates/muster/src/web/frame/assets/demo/steps.txt', import.meta.url);

describe('the quick demo', { skip: browserMissing() || workbooksMissing() }, () => {
  /** @type {import('./muster.mjs').Running} */
  let muster;
  /** @type {import('playwright-core').Browser} */
  let browser;

  before(async () => {
    muster = await startMuster({ demo: '--demo=200' });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await muster?.stop();
  });

  test('shows the pages as they are', async () => {
    const filmed = (await readFile(FILMED, 'utf8')).trim().split('\n').map((line) => line.split(' '));
    const page = await newPage(browser, { viewport: { width: 1280, height: 720 } });
    await page.goto(muster.signInLink);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    const stage = {
      page,
      url: muster.url,
      directory: muster.directory,
      click: (/** @type {import('playwright-core').Locator} */ what) => what.click(),
      showSheet: async () => {},
    };
    assert.deepEqual(filmed.map(([key]) => key), STEPS.map(({ key }) => key));
    for (const [place, step] of STEPS.entries()) {
      await step.act(stage);
      if (step.key !== 'demo-edit') assert.equal(await digestOf(page), filmed[place][3], `the page after ${step.key}`);
    }
  });

  test('is a video with controls and captions, which starts when somebody wants it', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    await page.goto(`${muster.url}/help`);
    const video = page.locator('video');
    assert.notEqual(await video.getAttribute('controls'), null);
    assert.equal(await video.getAttribute('autoplay'), null);
    assert.equal(await page.locator('ol.transcript li').count(), STEPS.length);
    const source = String(await video.getAttribute('src'));
    const whole = await page.request.get(`${muster.url}${source}`);
    const bytes = (await whole.body()).length;
    assert.ok(whole.ok() && bytes <= 2 << 20, `${bytes} bytes`);
    const part = await page.request.get(`${muster.url}${source}`, { headers: { Range: 'bytes=100-199' } });
    assert.equal(part.status(), 206);
    assert.equal(part.headers()['content-range'], `bytes 100-199/${bytes}`);
    assert.deepEqual(await part.body(), (await whole.body()).subarray(100, 200));
    const tracks = await page.locator('track').evaluateAll((tracks) => tracks.map((track) => [track.getAttribute('srclang'), track.getAttribute('src')]));
    assert.deepEqual(tracks.map(([language]) => language), ['en-GB', 'de']);
    for (const [language, track] of tracks) {
      const captions = await page.request.get(`${muster.url}${track}`);
      assert.equal((await captions.text()).match(/ --> /g)?.length, STEPS.length, `${language}`);
    }
    const poster = await page.request.get(`${muster.url}${await video.getAttribute('poster')}`);
    assert.ok(poster.ok());
  });
});
