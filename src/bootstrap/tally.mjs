// Counting: what the mocha reporter wrote, one JSON line an event, and the sum of everything.
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
export const nothing = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The line that ends `npm test`. @param {Tally} tally */
export function lastWord({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}

/**
 * The sum of one mocha run. A run that broke off, or failed with no failed test, counts one more failed.
 *
 * @param {string} journal What the reporter wrote.
 * @param {number} code mocha's exit code.
 * @returns {{ tally: Tally, running: string | null }} `running`: the test that was under way when it broke off.
 */
export function tallyOf(journal, code) {
  const tally = { ...nothing };
  let ended = false;
  /** @type {string | null} */
  let running = null;
  for (const line of journal.split('\n')) {
    const event = parse(line);
    if (event?.event === 'start') running = event.title;
    else if (event?.event === 'end') ended = true;
    else if (event !== null) {
      running = null;
      if (event.event === 'pass') tally.passed += 1;
      else if (event.event === 'fail') tally.failed += 1;
      else if (event.event === 'skip') tally.skipped += 1;
    }
  }
  if (!ended || running !== null || (code !== 0 && tally.failed === 0)) tally.failed += 1;
  return { tally, running };
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
 * @returns {{ event: string, title: string } | null}
 */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
