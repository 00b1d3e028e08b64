// One step of `npm test` as a person reads it: its heading, and how it ended.
import { basename } from 'node:path';
import { bold, duration, green, red, say, yellow } from './say.mjs';
import { lastWord, nothing } from './tally.mjs';

/** So many files are named with their times. */
const SHOWN = 6;

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * @param {string} title
 * @param {number} began Milliseconds since 1970.
 * @param {(tally: Tally) => void} count Takes a step that is one by itself into the sum.
 */
export function openStep(title, began, count) {
  const took = () => duration(Date.now() - began);
  say(`\n${bold(title)}`);
  return {
    passed: () => {
      count({ ...nothing, passed: 1 });
      say(green(`  passed (${took()})`));
    },
    /** @param {string} why */
    failed: (why) => {
      count({ ...nothing, failed: 1 });
      say(red(`  failed (${took()}): ${why}`));
    },
    /** @param {string} why */
    missing: (why) => say(yellow(`  not available (${took()}): ${why}`)),
    /** @param {Tally} tally @param {Map<string, number>} [times] Of its files, for who wants to make it quicker. */
    summed: (tally, times = new Map()) => {
      say((tally.failed > 0 ? red : green)(`  ${lastWord(tally)} (${took()})`));
      const longest = [...times].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
      if (longest.length > 1)
        say(`  longest: ${longest.map(([file, time]) => `${basename(file)} ${duration(time)}`).join(', ')}`);
    },
  };
}
