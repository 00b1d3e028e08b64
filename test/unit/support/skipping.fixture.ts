/** Run by reporter.test.ts in a mocha of its own. */
import { skipReason } from '../../support/skip.js';

describe('a suite that cannot run here', () => {
  before(function () {
    skipReason(this, 'The kernel has no IPVS.');
  });
  it('one', () => undefined);
  describe('inside', () => {
    it('two', () => undefined);
  });
});

describe('others', () => {
  it('three', async function () {
    await Promise.resolve();
    skipReason(this, 'It is too cold.');
  });
  it('four', () => {
    throw new Error('as it should');
  });
  it('five', () => undefined);
});
