import assert from 'node:assert/strict';
import type { TimelineEvent } from '../../../src/experiment/timeline/event.js';
import { TimelineRecorder } from '../../../src/experiment/timeline/recorder.js';
import type { TimelineHeader } from '../../../src/experiment/timeline/timeline.js';

const HEAD: Omit<TimelineHeader, 'probes'> = {
  timeline: 1,
  lab: 'lab',
  title: 'lab',
  nodes: [],
  routers: [],
  clock: { wall: 0, t: 0 },
};

/** So many are kept here; the editor keeps more, by the same rule. */
const MOST = 6_000;

function probe(seq: number, of: number): TimelineEvent {
  const sent = seq * 20;
  const base = { kind: 'probe', node: 'compute1', source: 'probe', outcome: 'answered', rtt: 0.3 } as const;
  return { ...base, t: sent + 0.3, sent, probe: `ping${of}`, seq };
}

/** Bytes of what holds packets, room that is not used yet included. */
function bytesOf({ kept }: TimelineRecorder): number {
  return kept.packets
    .flatMap(({ seq, sent, rtt }) => [seq, sent, rtt])
    .reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

describe('A recorder that records without an end', () => {
  it('keeps the newest, and no more of it after ten times as long', () => {
    const recorder = new TimelineRecorder(HEAD);
    recorder.add({
      ...{ kind: 'role', t: 0, node: 'network1', source: 'kernel', router: 'r', role: 'MASTER' },
      ...{ before: null, remark: null },
    });
    const most: number[] = [];
    for (let seq = 0; seq < 20_000; seq += 1) {
      for (let of = 0; of < 3; of += 1) recorder.add(probe(seq, of));
      if (seq % 50 === 0)
        recorder.add({
          ...{ kind: 'advert', t: seq * 20, node: 'network1', source: 'wire', router: 'r', direction: 'out' },
          ...{ sender: '169.254.192.1', vrid: 1, priority: 50 },
        });
      recorder.forgetBeyond(MOST);
      if (seq % 2_000 === 1999) most.push(bytesOf(recorder));
    }
    const { events, packets } = recorder.kept;
    const length = packets.reduce((sum, { sent }) => sum + sent.length, events.length);
    assert.ok(length <= MOST, `${length} are kept`);
    assert.deepEqual(
      packets.map(({ sent }) => sent.at(-1)),
      [399_980, 399_980, 399_980],
    );
    assert.ok(packets.every(({ sent }) => sent.length > MOST / 8));
    assert.ok(Math.max(...most) <= MOST * 2 * 16, `${Math.max(...most)} bytes`);
    assert.equal(events[0]?.kind, 'role', 'who is MASTER stays told');
  });
});
