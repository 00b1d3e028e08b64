// What failed beside other tests is run again by itself: a machine that was too busy is no failure of the project. A test
// that needs this waits for a time somewhere, and is named at the end.
import { add, nothing } from './tally.mjs';
import { EACH_BY_ITSELF, MOST_AGAIN } from './test-plan.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * @typedef {object} SecondTry
 * @property {string[]} files What mocha runs.
 * @property {string[]} failed The titles of what failed in them.
 * @property {string} [grep] Only these; otherwise the whole of the files, whose tests may need each other.
 * @property {Tally} instead What no longer counts when it has been run.
 */

/**
 * @param {readonly { files: ReadonlyMap<string, Tally>, failed: readonly import('./tally.mjs').Failed[] }[]} ended
 * @returns {SecondTry[]} None where so much failed that it is no accident.
 */
export function secondTries(ended) {
  const broken = ended.flatMap(({ files }) => [...files].filter(([, tally]) => tally.failed > 0));
  if (broken.length > MOST_AGAIN) return [];
  const failures = ended.flatMap(({ failed }) => failed);
  return [false, true].flatMap((single) => {
    const part = broken.filter(([file]) => EACH_BY_ITSELF.includes(file) === single);
    if (part.length === 0) return [];
    const files = part.map(([file]) => file);
    const failed = failures.filter(({ file }) => file !== undefined && files.includes(file)).map(({ title }) => title);
    const instead = sum(part.map(([, tally]) => (single ? { ...nothing, failed: tally.failed } : tally)));
    return [{ files, failed, instead, ...(single && { grep: onlyThese(failed) }) }];
  });
}

/**
 * @param {SecondTry} first
 * @param {{ late: boolean, tally: Tally, failed: readonly import('./tally.mjs').Failed[] }} again
 * @returns {{ without: Tally, passed: string[] }} What is to be taken from the sum of both, and what passed now.
 */
export function judgeAgain(first, again) {
  const { passed, failed, skipped } = again.tally;
  // A hook that failed is no test that could be chosen: then nothing was run that would excuse anything.
  if (again.late || passed + failed + skipped < first.failed.length) return { without: again.tally, passed: [] };
  const still = again.failed.map(({ title }) => title);
  return { without: first.instead, passed: first.failed.filter((title) => !still.includes(title)) };
}

/** An expression for mocha's `--grep` that these titles fit, and no others. @param {readonly string[]} titles */
export function onlyThese(titles) {
  return `^(?:${titles.map((title) => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
function sum(tallies) {
  return tallies.reduce(add, nothing);
}
