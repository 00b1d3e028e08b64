/** Skipping with a reason: nothing is skipped silently. */

/**
 * Skips the test, or all tests of the suite when called in a hook `before`, and tells the reporter why.
 *
 * @param test `this` of the test or hook, which therefore is a `function`.
 * @param reason A sentence: what is missing here, and what works all the same.
 */
export function skipReason(test: Mocha.Context, reason: string): never {
  const runnable = test.test;
  const wholeSuite = runnable?.title.startsWith('"before all" hook') === true;
  const owner = wholeSuite ? runnable.parent : (test.currentTest ?? runnable);
  if (owner !== undefined) Object.assign(owner, { skipReason: reason });
  return test.skip();
}
