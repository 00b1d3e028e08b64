/** For the tests that bring up a lab. */
import { skipReason } from '../../support/skip.js';

/** Skips the suite, called in `before`, where `npm test` has found no engine. */
export function needsEngine(test: Mocha.Context): void {
  const reason = process.env.NEUTRON_LAB_WITHOUT_ENGINE;
  if (reason !== undefined) skipReason(test, reason);
}
