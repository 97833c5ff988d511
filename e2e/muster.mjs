// Starts and stops a Muster of one's own for a browser test: a fresh database in a temporary directory, a
// free port, the demo's accounts. The browser and the spreadsheets come along, so that a test imports one file.
//
//   const muster = await startMuster();
//   ... muster.url, muster.signInLink, muster.email, muster.password ...
//   await muster.stop();

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export * from './browser.mjs';
export * from './workbooks.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** How long the program may take from its start to its last line of greeting, and from SIGTERM to its end. */
const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 15_000;

/** What the program prints when it starts. Each pattern's group is the value. */
const GREETING = {
  url: /listening on (http:\/\/\S+)/i,
  signInLink: /sign[ -]?in\b.*?(https?:\/\/\S+)/i,
  email: /e-?mail:?\s+(\S+@\S+)/i,
  password: /password:?\s+(\S+)/i,
};

/**
 * @typedef {object} Running
 * @property {string} url where it listens, without a slash at the end
 * @property {string} signInLink the one-time link of the demo's administrator ('' without a demo)
 * @property {string} email the demo administrator's email ('' without a demo)
 * @property {string} password the demo administrator's password ('' without a demo)
 * @property {string} directory the temporary directory, for downloads and the like
 * @property {string} database the URL of the database, to start again on the same one
 * @property {number} process the process id
 * @property {() => string} log what the program has printed so far, both streams
 * @property {(options?: {keep?: boolean}) => Promise<void>} stop asks it to end (SIGTERM) and removes the
 *   directory, unless `keep`; fails when it does not end in time or not with 0
 * @property {() => Promise<void>} kill ends it at once (SIGKILL) and keeps the directory
 */

/**
 * Starts the program and waits until it listens.
 *
 * @param {object} [options]
 * @param {string} [options.binary] the program; MUSTER_BINARY, else ../target/release/muster
 * @param {string | false} [options.demo] the demo's flag (`--demo=50`), or false for a database filled before
 * @param {string} [options.directory] a directory kept from an earlier run, to start again on its database
 * @param {string} [options.database] the URL of the database; muster.db in the directory
 * @param {string} [options.listen] address and port; a free port of the loopback address
 * @param {string[]} [options.more] further arguments
 * @returns {Promise<Running>}
 */
export async function startMuster(options = {}) {
  const binary = options.binary ?? process.env.MUSTER_BINARY ?? resolve(here, '../target/release/muster');
  if (!existsSync(binary)) {
    throw new Error(`There is no program at ${binary}: run "cargo build --release -p muster" or set MUSTER_BINARY.`);
  }
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'muster-e2e-')));
  const database = options.database ?? `sqlite:${join(directory, 'muster.db')}`;
  const demo = options.demo ?? '--demo';
  const child = spawn(
    binary,
    [
      'serve',
      ...(demo ? [demo] : []),
      '--listen',
      options.listen ?? '127.0.0.1:0',
      '--database',
      database,
      ...(options.more ?? []),
    ],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = endOf(child);
  /** @type {string[]} */
  const lines = [];
  const log = () => lines.join('\n');
  const greeting = await greetingOf(child, lines, demo ? ['url', 'signInLink', 'email', 'password'] : ['url'], ended);

  return {
    ...greeting,
    directory,
    database,
    process: child.pid ?? 0,
    log,
    async stop({ keep = false } = {}) {
      const outcome = await endWithin(child, ended, 'SIGTERM', STOP_MILLISECONDS);
      if (!keep) await rm(directory, { recursive: true, force: true });
      if (outcome !== 'code 0') throw new Error(`Muster ended with ${outcome} after SIGTERM.\n${log()}`);
    },
    async kill() {
      await endWithin(child, ended, 'SIGKILL', STOP_MILLISECONDS);
    },
  };
}

/**
 * How a process ended: `code 0`, `signal SIGKILL`, or why it never started.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function endOf(child) {
  return new Promise((settle) => {
    child.once('error', (error) => settle(`the error ${error.message}`));
    child.once('exit', (code, signal) => settle(signal ? `signal ${signal}` : `code ${code}`));
  });
}

/**
 * Reads what the program prints until it has greeted in full.
 *
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {string[]} lines filled with everything that is printed, also later
 * @param {(keyof typeof GREETING)[]} wanted
 * @param {Promise<string>} ended
 */
async function greetingOf(child, lines, wanted, ended) {
  const greeting = { url: '', signInLink: '', email: '', password: '' };
  const missing = () => wanted.filter((name) => !greeting[name]);
  const complete = new Promise((settle) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      for (const name of missing()) {
        greeting[name] = GREETING[name].exec(line)?.[1]?.replace(/\/$/, '') ?? '';
      }
      if (missing().length === 0) settle('complete');
    });
  });
  const outcome = await Promise.race([complete, ended, after(START_MILLISECONDS, 'silence for too long')]);
  if (outcome !== 'complete') {
    child.kill('SIGKILL');
    const wait = `waiting for ${missing().join(', ')}`;
    throw new Error(`Muster did not start: ${outcome}, ${wait}. It printed:\n${lines.join('\n')}`);
  }
  return greeting;
}

/**
 * Sends a signal to this one process and waits for its end; one that does not end in time is killed.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<string>} ended
 * @param {NodeJS.Signals} signal
 * @param {number} milliseconds
 */
async function endWithin(child, ended, signal, milliseconds) {
  child.kill(signal);
  const outcome = await Promise.race([ended, after(milliseconds, '')]);
  if (outcome) return outcome;
  child.kill('SIGKILL');
  await ended;
  return `no end within ${milliseconds / 1000} s`;
}

/**
 * @param {number} milliseconds
 * @param {string} value
 * @returns {Promise<string>}
 */
function after(milliseconds, value) {
  return new Promise((settle) => {
    setTimeout(settle, milliseconds, value).unref();
  });
}
