/** Given to mocha with --require where the functional tests cannot run: all are skipped, and say why. */
import { skipReason } from './skip.js';

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const reason = process.env.NEUTRON_LAB_SKIP_TESTS;
    if (reason !== undefined) skipReason(this, reason);
  },
};
