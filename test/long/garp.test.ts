/** Too long for every day: what a new MASTER announces again after garp_master_delay. `npm run test:long` */
import assert from 'node:assert/strict';
import { FailoverScene, countByAddress } from '../fidelity/failover.js';
import { TestBed } from '../support/running.js';

/** Seconds; keepalived.conf of Neutron. */
const GARP_MASTER_DELAY = 60;

describe('a new MASTER of an HA router', function () {
  this.timeout(180_000);
  let bed: TestBed;
  before(async () => {
    bed = await TestBed.make();
  });
  after(async () => {
    await bed.end();
  });

  it('announces each address five times at once, and five times again after 60 s', async () => {
    const scene = await FailoverScene.prepare(bed);
    const { next, heard } = await scene.failOver(GARP_MASTER_DELAY + 10);
    const addresses = await scene.virtualAddresses(next);
    const begin = Math.min(...heard.map(({ t }) => t));
    const [first, second] = [
      heard.filter(({ t }) => t - begin < GARP_MASTER_DELAY / 2),
      heard.filter(({ t }) => t - begin >= GARP_MASTER_DELAY / 2),
    ];
    const five = addresses.map((one) => [one, 5] as const).sort();
    assert.deepEqual(countByAddress(first), five);
    assert.deepEqual(countByAddress(second), five);
    for (const { t } of second) assert.ok(Math.abs(t - begin - GARP_MASTER_DELAY) < 1, `${String(t - begin)} s`);
  });
});
