import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimelineEvent } from '../../../src/experiment/timeline/event.js';
import { PacketLog, eventsOf } from '../../../src/experiment/timeline/packet-log.js';
import { pack, packed } from '../../../src/picture/packed.js';
import { ProbeLog } from '../../../webview/clock/probe-log.js';
import { unpack } from '../../../webview/clock/unpack.js';

/** Fifty a second; those from 10 to 59 are lost, which is known a second later. */
const EVENTS: TimelineEvent[] = Array.from({ length: 5000 }, (_, seq): TimelineEvent => {
  const sent = 1_000_000 + seq * 20;
  const base = { kind: 'probe', node: 'compute1', source: 'probe', probe: 'ping1', seq, sent } as const;
  return seq >= 10 && seq < 60
    ? { ...base, t: sent + 1000, outcome: 'lost', rtt: null }
    : { ...base, t: sent + 0.345, outcome: 'answered', rtt: 0.345 };
}).sort((one, other) => one.t - other.t);

describe('Packets of probes, packed', () => {
  it('become the events again that they were', () => {
    const log = new PacketLog();
    assert.ok(EVENTS.every((event) => log.add(event)));
    assert.deepEqual(log.packets.flatMap(eventsOf), EVENTS);
  });

  it('leave to events what only they can say', () => {
    const broken: TimelineEvent = {
      ...{ kind: 'probe', t: 1, node: 'compute1', source: 'probe', probe: 'tcp1', seq: 1, sent: 1, rtt: null },
      outcome: 'failed',
      error: 'reset',
    };
    assert.deepEqual(packed([broken, ...EVENTS]).events, [broken]);
  });

  it('come to the page to a tenth of a millisecond, trips to a hundredth, in no more than three bytes a packet', () => {
    // Late ones, pauses of hours and trips of minutes, too.
    const micro = fc.integer({ min: 0, max: 9e12 }).map((time) => time / 1000);
    const trip = fc.option(
      fc.integer({ min: 0, max: 16e6 }).map((time) => time / 1000),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(micro, trip)), (all) => {
        const [sent, rtt] = [Float64Array.from(all, ([at]) => at), Float32Array.from(all, ([, rtt]) => rtt ?? -1)];
        const read = unpack(pack({ probe: 'ping1', node: 'compute1', seq: new Uint32Array(), sent, rtt }));
        assert.deepEqual(
          [...read.sent].map((at) => at.toFixed(4)),
          all.map(([at]) => (Math.round(at * 10) / 1e4).toFixed(4)),
        );
        assert.deepEqual(
          [...read.trips],
          [...rtt].map((at) => (at < 0 ? -1 : Math.fround(Math.round(at * 100) / 1e5))),
        );
      }),
    );
    const [one] = packed(EVENTS).packets;
    assert.ok(one && one.bytes.length < one.count * 3 * (4 / 3));
  });

  it('give the page the same outage at once as one by one', () => {
    const [whole, single] = [new ProbeLog(), new ProbeLog()];
    for (const one of packed(EVENTS).packets) {
      const { sent, trips } = unpack(one);
      whole.addAll(sent, trips);
    }
    for (const event of EVENTS)
      if (event.kind === 'probe') {
        single.add(event.sent / 1000, event.rtt === null ? -1 : event.rtt / 1000);
        // As the clock asks after each: what it has found it keeps.
        assert.ok(single.outages.length <= 2);
      }
    for (const { outages } of [whole, single])
      assert.deepEqual(
        outages.map(({ from, to, lost }) => [from.toFixed(3), to?.toFixed(3), lost]),
        [['1000.200', '1001.200', 50]],
      );
  });
});
