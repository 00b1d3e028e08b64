// Counting: what the mocha reporter wrote, one JSON line an event, and the sum of everything.
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
export const nothing = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** What an event of the reporter counts. @type {Readonly<Record<string, Tally>>} */
const ONE = {
  pass: { ...nothing, passed: 1 },
  fail: { ...nothing, failed: 1 },
  skip: { ...nothing, skipped: 1 },
};

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** What is left of a sum without a part of it. @param {Tally} a @param {Tally} b @returns {Tally} */
export function minus(a, b) {
  return { passed: a.passed - b.passed, failed: a.failed - b.failed, skipped: a.skipped - b.skipped };
}

/** The line that ends `npm test`. @param {Tally} tally */
export function lastWord({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}

/** @typedef {{ title: string, file: string | undefined }} Failed */

/**
 * @typedef {object} Sum
 * @property {Tally} tally
 * @property {string | null} running The test that was under way when the run broke off.
 * @property {Map<string, Tally>} files The same sum for each file of tests, as far as the events name theirs.
 * @property {Failed[]} failed
 * @property {Map<string, number>} times Milliseconds that each file took, with what it set up.
 */

/**
 * The sum of one mocha run. A run that broke off, or failed with no failed test, counts one more failed.
 *
 * @param {string} journal What the reporter wrote.
 * @param {number} code mocha's exit code.
 * @returns {Sum}
 */
export function tallyOf(journal, code) {
  let tally = nothing;
  /** @type {Map<string, Tally>} */
  const files = new Map();
  /** @type {Failed[]} */
  const failed = [];
  /** @type {Map<string, number>} */
  const times = new Map();
  let before = NaN;
  let ended = false;
  /** @type {string | null} */
  let running = null;
  for (const line of journal.split('\n')) {
    const event = parse(line);
    if (event?.event === 'begin') before = event.at ?? NaN;
    else if (event?.event === 'start') running = event.title;
    else if (event?.event === 'end') ended = true;
    else if (event !== null) {
      running = null;
      const one = ONE[event.event] ?? nothing;
      tally = add(tally, one);
      if (event.file !== undefined) {
        files.set(event.file, add(files.get(event.file) ?? nothing, one));
        times.set(event.file, (times.get(event.file) ?? 0) + ((event.at ?? NaN) - before || 0));
      }
      if (one.failed > 0) failed.push({ title: event.title, file: event.file });
      before = event.at ?? NaN;
    }
  }
  if (!ended || running !== null || (code !== 0 && tally.failed === 0)) tally = add(tally, { ...nothing, failed: 1 });
  return { tally, running, files, failed, times };
}

/** @param {string} path @param {number} code */
export function readTally(path, code) {
  let journal = '';
  try {
    journal = readFileSync(path, 'utf8');
  } catch {
    // mocha ended before its reporter began: the exit code tells.
  }
  return tallyOf(journal, code);
}

/**
 * A line that was cut off when mocha was ended is none.
 *
 * @param {string} line
 * @returns {{ event: string, title: string, file?: string, at?: number } | null}
 */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
