import assert from 'node:assert/strict';
import { readTimeline, writeTimeline } from '../../../src/experiment/timeline/json-lines.js';
import { flaps, gaps, holderSpans, masterSpans, overlaps } from '../../../src/experiment/timeline/mastership.js';
import { longest, probeSummary } from '../../../src/experiment/timeline/outages.js';
import { TimelineRecorder } from '../../../src/experiment/timeline/recorder.js';
import { stateAt } from '../../../src/experiment/timeline/state.js';
import { stepDowns } from '../../../src/experiment/timeline/step-downs.js';
import { type Timeline, eventsBetween, extentOf, wallClock } from '../../../src/experiment/timeline/timeline.js';
import { advert, fault, header, holder, node, request, role } from './timelines.js';

function recorded(...events: Parameters<TimelineRecorder['add']>[0][]): Timeline {
  const recorder = new TimelineRecorder(header);
  recorder.addProbe({ id: 'ping1', name: 'web1 → db1', kind: 'ping', node: 'compute1', interval: 20 });
  for (const event of events) recorder.add(event);
  return recorder.timeline();
}

/** network1 dies at 1000, network2 and network3 take over together at 6000, network3 steps down at 6010. */
const failover = recorded(
  role(0, 'network1', 'MASTER'),
  role(0, 'network2', 'BACKUP'),
  role(0, 'network3', 'BACKUP'),
  holder(0, 'network1', 'add'),
  fault(1000, 'injected'),
  node(1020, 'network1', 'exited'),
  role(1020, 'network1', 'UNKNOWN'),
  role(6000, 'network2', 'MASTER'),
  holder(6001, 'network2', 'add'),
  role(6000.5, 'network3', 'MASTER'),
  holder(6001, 'network3', 'add'),
  role(6010, 'network3', 'BACKUP'),
  holder(6011, 'network3', 'del'),
  request(0, 900, 'answered'),
  request(1, 1100, 'lost'),
  request(2, 3000, 'lost'),
  request(3, 6100, 'answered'),
  request(3, 6100, 'duplicate'),
  fault(9000, 'healed'),
);

describe('A timeline', () => {
  it('is in the order of its times, however late an event was told', () => {
    const times = failover.events.map(({ t }) => t);
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other),
    );
  });

  it('comes back from its text as it was', () => {
    assert.deepEqual(readTimeline(writeTimeline(failover)), failover);
  });

  it('says in which line a text is none', () => {
    const lines = writeTimeline(failover).split('\n');
    lines[2] = '{"kind":"role"}';
    assert.throws(() => readTimeline(lines.join('\n')), /Line 3 /);
    assert.throws(() => readTimeline(''), /Line 1 /);
  });

  it('tells what was so at a moment', () => {
    const during = stateAt(failover, 3000);
    assert.equal(during.roles.get('edge')?.get('network1')?.role, 'UNKNOWN');
    assert.equal(during.nodes.get('network1'), 'exited');
    assert.deepEqual([...(during.holders.get('edge')?.get('192.168.10.1/24') ?? [])], []);
    assert.equal(during.faults.size, 1);
    const after = stateAt(failover, 9000);
    assert.equal(after.roles.get('edge')?.get('network2')?.role, 'MASTER');
    assert.deepEqual([...(after.holders.get('edge')?.get('192.168.10.1/24') ?? [])], ['network2']);
    assert.equal(after.faults.size, 0);
  });

  it('tells who was MASTER when, and that there were two', () => {
    const spans = masterSpans(failover, 'edge');
    assert.deepEqual(
      spans.map(({ node: who, from, to, open }) => [who, from, to, open]),
      [
        ['network1', 0, 1020, false],
        ['network2', 6000, 9000, true],
        ['network3', 6000.5, 6010, false],
      ],
    );
    assert.deepEqual(overlaps(spans), [{ from: 6000.5, to: 6010, nodes: ['network2', 'network3'] }]);
    assert.deepEqual(
      overlaps([
        { node: 'network1', from: 0, to: 9000, open: true },
        { node: 'network2', from: 6800, to: 6900, open: false },
        { node: 'network3', from: 6800, to: 9000, open: true },
      ]),
      [
        { from: 6800, to: 6900, nodes: ['network1', 'network2', 'network3'] },
        { from: 6900, to: 9000, nodes: ['network1', 'network3'] },
      ],
    );
    assert.deepEqual(gaps(spans, 0, 9000), [{ from: 1020, to: 6000 }]);
    assert.deepEqual(
      flaps(failover, 'edge', 3000).map(({ node: who }) => who),
      ['network1', 'network3'],
    );
  });

  it('tells who held the gateway; a node that died holds nothing', () => {
    assert.deepEqual(
      holderSpans(failover, 'edge', '192.168.10.1/24').map(({ node: who, from, to }) => [who, from, to]),
      [
        ['network1', 0, 1020],
        ['network2', 6001, 9000],
        ['network3', 6001, 6011],
      ],
    );
  });

  it('has an outage from the first request that was lost to the first one that was answered', () => {
    const summary = probeSummary(failover, 'ping1');
    assert.deepEqual(summary.outages, [{ from: 1100, to: 6100.5, lost: 2, open: false }]);
    assert.deepEqual([summary.sent, summary.answered, summary.lost, summary.duplicates], [4, 2, 2, 1]);
    assert.equal(summary.rtt?.median, 0.5);
  });

  it('knows an outage that goes on, and an answer that came too late', () => {
    const dead = recorded(
      request(0, 0, 'answered'),
      request(1, 20, 'lost'),
      request(2, 40, 'lost'),
      request(1, 20, 'late'),
    );
    const summary = probeSummary(dead, 'ping1');
    assert.deepEqual(longest(summary.outages), { from: 20, to: 40, lost: 2, open: true });
    assert.equal(summary.late, 1);
  });

  it('is played part by part without a gap', () => {
    const parts = [0, 1000, 6000, 9001].map((from, index, all) =>
      eventsBetween(failover, from, all[index + 1] ?? Infinity),
    );
    assert.deepEqual(parts.flat(), failover.events);
  });

  it('tells the wall clock of a moment', () => {
    assert.equal(wallClock(failover.header, 1500), header.clock.wall + 1500);
    assert.deepEqual(extentOf(failover), { from: 0, to: 9000 });
  });

  it('is told to who listens, event by event, until they have enough', () => {
    const recorder = new TimelineRecorder(header);
    const heard: number[] = [];
    const stop = recorder.listen(({ t }) => heard.push(t));
    recorder.add(advert(1.23456, 'network1', 'out'));
    stop();
    recorder.add(advert(2, 'network1', 'out'));
    assert.deepEqual(heard, [1.235]);
  });
});

describe('A node that gives addresses up', () => {
  it('is told where another one has them, too', () => {
    const brain = recorded(
      holder(0, 'network1', 'add'),
      holder(7000, 'network2', 'add'),
      holder(15_000, 'network2', 'del'),
      request(0, 20_000, 'answered'),
    );
    assert.deepEqual(stepDowns(brain, 'edge'), [{ t: 15_000, node: 'network2', holders: ['network1'] }]);
  });

  it('is not told where it was the only one, or died of it', () => {
    const takeover = recorded(
      holder(0, 'network1', 'add'),
      node(1000, 'network1', 'exited'),
      holder(7000, 'network2', 'add'),
      holder(9000, 'network2', 'del'),
      holder(9001, 'network3', 'add'),
    );
    assert.deepEqual(stepDowns(takeover, 'edge'), []);
  });
});
