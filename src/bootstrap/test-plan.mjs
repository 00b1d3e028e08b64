// What `npm test` consists of, and how long each part may take.
import { parseArgs } from 'node:util';
import { Refusal } from './say.mjs';

export const MINUTE = 60_000;
/** The whole of it ends within 25 minutes; what is left after the installation is shared out below. */
export const WHOLE = 24 * MINUTE;
export const LIMIT = {
  check: 6 * MINUTE,
  unit: 7 * MINUTE,
  engine: 5 * MINUTE,
  image: 6 * MINUTE,
  host: 6 * MINUTE,
  again: 4 * MINUTE,
};

/** Parts of the functional tests that run beside each other, by their folders; the others are one more and take about as long. */
export const FUNCTIONAL_PARTS = [['cli', 'experiment'], ['lesson']];

/** The same of the tests of the window, by their files' names. */
export const WINDOW_PARTS = [['engine-contact', 'lab-file', 'opening', 'package', 'run', 'survive', 'ways']];

/** @param {readonly string[]} all @param {readonly string[][]} named @returns {string[][]} Those, and one more with all others. */
export function partsOf(all, named) {
  const others = all.filter((name) => !named.flat().includes(name));
  return [...named.map((part) => all.filter((name) => part.includes(name))), others];
}

/** So many files of tests are run again by themselves when something in them failed beside other tests. */
export const MOST_AGAIN = 3;

/** Files that take long, and whose tests need none of the others before them: of these only what failed is run again. */
export const EACH_BY_ITSELF = ['test/functional/lesson/lessons.test.ts'];

/** The longest first. */
export const CHECKS = [
  { title: 'Rules of the code (eslint)', script: 'lint:code' },
  { title: 'Types', script: 'typecheck' },
  { title: 'Format (prettier)', script: 'lint:format' },
  { title: 'Layers (dependency-cruiser)', script: 'lint:layers' },
  { title: 'Dead code (knip)', script: 'lint:dead' },
];

/** @param {readonly string[]} args */
export function testOptions(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        unit: { type: 'boolean' },
        functional: { type: 'boolean' },
        editor: { type: 'boolean' },
        grep: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}
