// Films the quick demo of the help: Chromium's own screencast of the steps in demo.mjs, with a pointer that is seen to move, made into a
// video by ffmpeg. Run by scripts/record-demo.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { STEPS, digestOf } from './demo.mjs';
import { launchBrowser, newPage, startMuster } from './muster.mjs';

const run = promisify(execFile);
const SIZE = { width: 1280, height: 720 };
/** How long a step stands after it is done, so that its sentence can be read. */
const READING_MILLISECONDS = 2_600;
const OUT = fileURLToPath(new URL('../crates/muster/src/web/frame/assets/demo/', import.meta.url));
const SENTENCES = new URL('../crates/sentences/en/help.ftl', import.meta.url);

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((settle) => setTimeout(settle, milliseconds));

/** Draws the pointer, which a screencast does not show, wherever it is told to be. */
function drawPointer() {
  const pointer = document.createElement('div');
  const draw = () => {
    Object.assign(pointer.style, {
      position: 'fixed', zIndex: '99', inlineSize: '22px', blockSize: '22px', borderRadius: '50%', pointerEvents: 'none',
      background: 'rgb(31 79 216 / .35)', border: '2px solid rgb(31 79 216)', transition: 'left .6s, top .6s', margin: '-11px 0 0 -11px',
    });
    pointer.setAttribute('aria-hidden', 'true');
    document.documentElement.append(pointer);
  };
  Object.assign(globalThis, {
    movePointer: (/** @type {number} */ x, /** @type {number} */ y) => {
      if (!pointer.isConnected) draw();
      Object.assign(pointer.style, { left: `${x}px`, top: `${y}px` });
    },
  });
}

/**
 * Films frames until it is stopped.
 *
 * @param {import('playwright-core').Page} page
 */
async function film(page) {
  const session = await page.context().newCDPSession(page);
  /** @type {{ data: string, at: number }[]} */
  const frames = [];
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ data, at: (metadata.timestamp ?? 0) * 1000 });
    void session.send('Page.screencastFrameAck', { sessionId });
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: SIZE.width, maxHeight: SIZE.height });
  return {
    frames,
    async stop() {
      await session.send('Page.stopScreencast');
    },
  };
}

/**
 * A spreadsheet as people see it, drawn: the programs themselves can't be filmed everywhere.
 *
 * @param {import('playwright-core').Page} page
 * @param {(string | number | boolean | null)[][]} rows
 * @param {Set<string>} edited cells by row and key
 */
async function drawSheet(page, rows, edited) {
  const keys = rows[1].map((key) => String(key).split('@')[0]);
  const shown = ['user_id', 'first_name', 'last_name', 'email', 'job_title', 'department'].map((key) => keys.indexOf(key));
  const escaped = (/** @type {unknown} */ text) => String(text ?? '').replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const cell = (/** @type {number} */ row, /** @type {number} */ column) => {
    const isEdited = edited.has(`${row} ${keys[column]}`);
    return `<td${isEdited ? ' class="edited"' : ''}>${escaped(rows[row - 1][column])}</td>`;
  };
  const line = (/** @type {number} */ row) =>
    `<tr class="${row < 3 ? 'head' : ''}"><th>${row}</th>${shown.map((column) => cell(row, column)).join('')}</tr>`;
  const letters = shown.map((column) => `<th>${String.fromCharCode(65 + column)}</th>`).join('');
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><title>Spreadsheet</title><style>
    body{margin:0;font:14px Inter,sans-serif;background:#fff;color:#1b1d22}header{background:#1d6f42;color:#fff;padding:12px 18px;font-weight:600}
    table{border-collapse:collapse}td,th{border:1px solid #d5d9e0;padding:6px 10px;block-size:32px;max-inline-size:230px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
    th{background:#f0f2f5;color:#50545e;font-weight:500}.head td{background:#f6f7f9;color:#50545e}.edited{background:#e7f4ea;outline:2px solid #2e7d4f;outline-offset:-2px}
    </style><header>acme-users.xlsx</header><table><tr><th></th>${letters}</tr>${Array.from({ length: 17 }, (_, place) => line(place + 1)).join('')}</table>`);
}

/**
 * Writes the frames and makes the video of them, each as long as it stood.
 *
 * @param {{ data: string, at: number }[]} frames
 * @param {number} end
 */
async function makeVideo(frames, end) {
  const folder = await mkdtemp(join(tmpdir(), 'muster-demo-'));
  const list = [];
  for (const [place, frame] of frames.entries()) {
    const file = join(folder, `${String(place).padStart(5, '0')}.png`);
    await writeFile(file, Buffer.from(frame.data, 'base64'));
    const next = frames[place + 1]?.at ?? end;
    list.push(`file '${file}'`, `duration ${Math.max(0.01, (next - frame.at) / 1000)}`);
  }
  // The last one is named again, else its length does not count.
  list.push(list[list.length - 2]);
  await writeFile(join(folder, 'list.txt'), list.join('\n'));
  const encoding = ['-c:v', 'libx264', '-preset', 'veryslow', '-crf', '27', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-an'];
  const input = ['-f', 'concat', '-safe', '0', '-i', join(folder, 'list.txt')];
  await run('ffmpeg', ['-y', '-loglevel', 'error', ...input, '-vf', 'fps=12', ...encoding, join(OUT, 'demo.mp4')]);
  await run('ffmpeg', ['-y', '-loglevel', 'error', '-i', join(folder, '00000.png'), '-frames:v', '1', join(OUT, 'poster.png')]);
  await rm(folder, { recursive: true });
}

const sentences = await readFile(SENTENCES, 'utf8');
for (const { key } of STEPS) if (!sentences.includes(`\n${key} = `)) throw new Error(`help.ftl has no ${key}`);
await mkdir(OUT, { recursive: true });
const muster = await startMuster({ demo: '--demo=200' });
const browser = await launchBrowser();
try {
  const page = await newPage(browser, { viewport: SIZE });
  await page.addInitScript(drawPointer);
  await page.goto(muster.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  const stage = {
    page,
    url: muster.url,
    directory: muster.directory,
    click: async (/** @type {import('playwright-core').Locator} */ what) => {
      await what.scrollIntoViewIfNeeded();
      const box = await what.boundingBox();
      const place = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
      await page.evaluate(({ x, y }) => Reflect.get(globalThis, 'movePointer')(x, y), place);
      await pause(900);
      await what.click();
    },
    showSheet: (/** @type {(string | number | boolean | null)[][]} */ rows, /** @type {Set<string>} */ edited) => drawSheet(page, rows, edited),
  };
  const filmed = await film(page);
  await pause(500);
  const began = filmed.frames[0].at;
  const lines = [];
  for (const step of STEPS) {
    const from = Date.now();
    await step.act(stage);
    const digest = step.key === 'demo-edit' ? '-' : await digestOf(page);
    await pause(READING_MILLISECONDS);
    lines.push(`${step.key} ${Math.round(from - began)} ${Math.round(Date.now() - began)} ${digest}`);
  }
  await filmed.stop();
  await makeVideo(filmed.frames, Date.now());
  await writeFile(join(OUT, 'steps.txt'), `${lines.join('\n')}\n`);
} finally {
  await browser.close();
  await muster.stop();
}
