import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  DETECTION_MARGIN,
  masterDownTimer,
  predictOutage,
  skewTime,
  type MasterFault,
  type OutageQuestion,
  type VrrpTimers,
} from '../../../src/experiment/theory.js';

const neutron: VrrpTimers = { advertInt: 2, priority: 50, version: 2 };
const faults: readonly MasterFault[] = [
  'node-killed',
  'node-stopped',
  'node-frozen',
  'keepalived-killed',
  'keepalived-parent-killed',
  'keepalived-child-killed',
  'keepalived-terminated',
  'ha-link-down',
  'underlay-cut',
  'vrrp-partition',
];

function about(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 0.001, `${String(actual)} is not ${String(expected)}`);
}

describe('What theory predicts', () => {
  it('has the timers that were read off the wire with two keepaliveds, 3.805 and 6.805 s', () => {
    about(masterDownTimer({ ...neutron, advertInt: 1 }), 3.805);
    about(masterDownTimer(neutron), 6.805);
  });

  it('scales the skew with the interval in VRRPv3 only', () => {
    about(skewTime({ ...neutron, advertInt: 0.2, version: 3 }), 0.161);
    about(masterDownTimer({ ...neutron, advertInt: 0.2, version: 3 }), 0.761);
    about(skewTime(neutron), 0.805);
  });

  // Medians of five on a real keepalived, seen by a ping every 20 ms: fault, advert_int, version, outage in seconds.
  const measured: readonly [MasterFault, number, 2 | 3, number][] = [
    ['node-killed', 2, 2, 6.13],
    ['node-killed', 1, 2, 2.94],
    ['node-killed', 0.2, 3, 0.6],
    ['ha-link-down', 2, 2, 5.73],
    ['ha-link-down', 1, 2, 3.44],
    ['ha-link-down', 0.2, 3, 0.64],
    ['underlay-cut', 2, 2, 6.16],
    ['keepalived-terminated', 2, 2, 0.81],
    ['keepalived-terminated', 1, 2, 0.82],
    ['keepalived-terminated', 0.2, 3, 0.16],
    ['keepalived-parent-killed', 2, 2, 0.82],
    ['keepalived-child-killed', 2, 2, 5.47],
    ['keepalived-killed', 2, 2, 0],
    ['keepalived-killed', 1, 2, 0],
    ['node-frozen', 2, 2, 0],
    ['node-frozen', 0.2, 3, 0],
    ['vrrp-partition', 1, 2, 0],
  ];
  for (const [fault, advertInt, version, outage] of measured) {
    it(`has ${fault} at advert_int ${String(advertInt)} between its ends: ${String(outage)} s was measured`, () => {
      const { low, high } = predictOutage({ ...neutron, fault, advertInt, version });
      assert.ok(low <= outage && outage <= high, `${String(low)} to ${String(high)}`);
    });
  }

  it('agrees with the 4.89 s of a keepalived that is respawned one second after its death', () => {
    const { low, high } = predictOutage({ ...neutron, fault: 'keepalived-killed', respawnAfter: 1 });
    assert.ok(low <= 4.89 && 4.89 <= high, `${String(low)} to ${String(high)}`);
  });

  it('sees no outage when keepalived comes back after a backup took over', () => {
    const { low, high } = predictOutage({ ...neutron, fault: 'keepalived-killed', respawnAfter: 60 });
    assert.deepEqual([low, high], [0, DETECTION_MARGIN.late]);
  });

  it('leaves room for a whole interval when the age of the last advertisement is not known', () => {
    const { low, high } = predictOutage({ ...neutron, fault: 'node-killed' });
    about(high - low, neutron.advertInt + DETECTION_MARGIN.early + DETECTION_MARGIN.late);
  });

  it('narrows to the rest of the timer when the age of the last advertisement is known', () => {
    const { low, high } = predictOutage({ ...neutron, fault: 'node-killed', sinceLastAdvert: 1.5 });
    about(low, 6.805 - 1.5 - DETECTION_MARGIN.early);
    about(high, 6.805 - 1.5 + DETECTION_MARGIN.late);
  });

  it('shows the arithmetic', () => {
    assert.equal(
      predictOutage({ ...neutron, fault: 'node-killed' }).formula,
      '3 × 2 s + (256 − 50)/256 s = 6.80 s, less 0 to 2.00 s',
    );
    assert.equal(
      predictOutage({ fault: 'node-stopped', advertInt: 0.2, priority: 50, version: 3 }).formula,
      '(256 − 50)/256 × 0.2 s = 0.16 s',
    );
    assert.equal(
      predictOutage({ ...neutron, fault: 'keepalived-killed', respawnAfter: 1, sinceLastAdvert: 0.5 }).formula,
      '3 × 2 s + (256 − 50)/256 s = 6.80 s, less 0.50 s and 1.00 s',
    );
  });

  it('explains every fault in sentences', () => {
    for (const fault of faults) assert.match(predictOutage({ ...neutron, fault }).reason, /^[A-Zk].*\.$/);
  });

  it('refuses an interval of nothing, a priority of no backup and a time before the event', () => {
    assert.throws(() => predictOutage({ ...neutron, fault: 'node-killed', advertInt: 0 }), RangeError);
    assert.throws(() => predictOutage({ ...neutron, fault: 'node-killed', advertInt: Number.NaN }), RangeError);
    assert.throws(() => predictOutage({ ...neutron, fault: 'node-killed', priority: 255 }), RangeError);
    assert.throws(() => predictOutage({ ...neutron, fault: 'node-killed', sinceLastAdvert: -1 }), RangeError);
  });

  it('gives a range for any timers, and a known age of the last advertisement never widens it', () => {
    const question = fc.record({
      fault: fc.constantFrom(...faults),
      advertInt: fc.double({ min: 0.01, max: 255, noNaN: true }),
      priority: fc.integer({ min: 1, max: 254 }),
      version: fc.constantFrom<2 | 3>(2, 3),
    });
    fc.assert(
      fc.property(question, fc.double({ min: 0, max: 1, noNaN: true }), (asked: OutageQuestion, part) => {
        const wide = predictOutage(asked);
        const narrow = predictOutage({ ...asked, sinceLastAdvert: part * asked.advertInt });
        assert.ok(0 <= wide.low && wide.low <= wide.high);
        assert.ok(wide.low <= narrow.low + 1e-9 && narrow.high <= wide.high + 1e-9);
      }),
    );
  });
});
