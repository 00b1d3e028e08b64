import assert from 'node:assert/strict';
import { unwatched } from '../../../src/experiment/resumption.js';
import type { TimelineEvent } from '../../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../../src/experiment/timeline/timeline.js';
import { TrackBuilder } from '../../../webview/clock/build-track.js';

const header: TimelineHeader = {
  timeline: 1,
  lab: 'ha',
  title: 'ha',
  nodes: ['network1', 'network2'],
  routers: [{ id: 'r', name: 'edge', ha: true, vrid: 39, nodes: ['network1', 'network2'], advertInt: 2, priority: 50 }],
  probes: [{ id: 'ping1', name: 'web1 → db1', kind: 'ping', node: 'compute1', interval: 20 }],
  clock: { wall: 0, t: 0 },
};

const role = (t: number, node: string, now: 'MASTER' | 'BACKUP' | 'UNKNOWN'): TimelineEvent => ({
  kind: 'role',
  t,
  node,
  source: 'kernel',
  router: 'r',
  role: now,
  before: null,
  remark: null,
});
const advert = (t: number, node: string, priority = 50): TimelineEvent => ({
  kind: 'advert',
  t,
  node,
  source: 'wire',
  router: 'r',
  direction: 'out',
  sender: '169.254.192.1',
  vrid: 39,
  priority,
});
const killed = (t: number, node: string): Extract<TimelineEvent, { kind: 'fault' }> => ({
  kind: 'fault',
  t,
  node,
  source: 'tool',
  action: 'injected',
  id: `node ${node}`,
  fault: 'node',
  what: 'node',
});

function failover(): TimelineEvent[] {
  return [
    role(0, 'network1', 'MASTER'),
    role(0, 'network2', 'BACKUP'),
    advert(9000, 'network1'),
    killed(10_000, 'network1'),
    role(10_000, 'network1', 'UNKNOWN'),
    role(15_810, 'network2', 'MASTER'),
  ];
}

describe('The track of a timeline', () => {
  it('says of the time in which nobody watched neither that nobody had the gateway nor who took over when', () => {
    const held = (t: number, node: string, source: 'kernel' | 'tool', action: 'add' | 'del'): TimelineEvent => ({
      ...{ kind: 'holder', t, node, source, action, router: 'r', device: 'qr-1', address: '192.168.10.1/24' },
    });
    const builder = new TrackBuilder(header);
    const begun = [held(0, 'network1', 'kernel', 'add'), ...failover().slice(0, 4)];
    const gap = unwatched(begun);
    builder.add([...begun, ...gap, role(19_000, 'network2', 'MASTER'), held(19_000, 'network2', 'kernel', 'add')]);
    const { lanes, broken } = builder.track(null);
    assert.deepEqual(
      lanes.flatMap((lane) => (lane.kind === 'role' ? lane.spans.map(({ from, word }) => [from, word]) : [])),
      [
        [0, 'MASTER'],
        [10, 'UNKNOWN'],
        [0, 'BACKUP'],
        [10, 'UNKNOWN'],
        [19, 'MASTER'],
      ],
    );
    assert.equal(broken, null);
    const watched = new TrackBuilder(header);
    const seen = [...failover(), advert(16_000, 'network2')];
    watched.add([...seen, ...unwatched(seen)]);
    assert.equal(watched.track(null).broken?.taken?.at, 15.81);
  });

  it('has a lane for each replica, with its roles one after the other', () => {
    const builder = new TrackBuilder(header);
    builder.add(failover());
    const lanes = builder.track(null).lanes.flatMap((lane) => (lane.kind === 'role' ? [lane] : []));
    assert.deepEqual(
      lanes.map(({ node, spans }) => [node, spans.map(({ from, to, word }) => [from, to, word])]),
      [
        [
          'network1',
          [
            [0, 10, 'MASTER'],
            [10, null, 'UNKNOWN'],
          ],
        ],
        [
          'network2',
          [
            [0, 15.81, 'BACKUP'],
            [15.81, null, 'MASTER'],
          ],
        ],
      ],
    );
  });

  it('knows what theory says of a MASTER that was killed a second after it was heard', () => {
    const builder = new TrackBuilder(header);
    builder.add(failover());
    const { theory, broken } = builder.track(null);
    // 3 × 2 s and the skew of 206/256 s, less the second (RFC 3768, section 6.1).
    assert.ok(theory && theory.from <= 15.805 && theory.to >= 15.805, JSON.stringify(theory));
    assert.deepEqual(broken?.taken, { node: 'network2', at: 15.81 });
  });

  it('says nothing of a fault on a node that was no MASTER', () => {
    const builder = new TrackBuilder(header);
    builder.add([role(0, 'network1', 'MASTER'), role(0, 'network2', 'BACKUP'), killed(5000, 'network2')]);
    assert.equal(builder.track(null).broken, null);
  });

  it('measures an outage from the first that was lost to the first that was answered, in whatever order they are told', () => {
    const probe = (seq: number, outcome: 'answered' | 'lost'): TimelineEvent => ({
      kind: 'probe',
      t: outcome === 'lost' ? seq * 20 + 1000 : seq * 20 + 1,
      node: 'compute1',
      source: 'probe',
      probe: 'ping1',
      seq,
      outcome,
      sent: seq * 20,
      rtt: outcome === 'lost' ? null : 1,
    });
    const events = Array.from({ length: 100 }, (_, seq) => probe(seq, seq >= 10 && seq < 60 ? 'lost' : 'answered'));
    const builder = new TrackBuilder(header);
    builder.add([...events].sort((one, other) => one.t - other.t));
    const lane = builder.track(null).lanes.find(({ kind }) => kind === 'probe');
    assert.ok(lane?.kind === 'probe');
    assert.deepEqual(
      lane.outages.map(({ from, to, lost }) => [from, to?.toFixed(3), lost]),
      [[0.2, '1.201', 50]],
    );
  });

  it('counts from the death of a node, not from when the engine was told to kill it', () => {
    const builder = new TrackBuilder(header);
    builder.add([
      ...failover().slice(0, 4),
      { kind: 'node', t: 10_090, node: 'network1', source: 'engine', state: 'exited' },
      role(15_810, 'network2', 'MASTER'),
    ]);
    const { broken, theory, faults } = builder.track(null);
    assert.equal(broken?.at, 10.09);
    assert.ok(theory);
    // 6.80 s after the last advertisement, whenever the node died.
    assert.ok(Math.abs((theory.from + theory.to) / 2 - 15.8) < 0.3, JSON.stringify(theory));
    assert.deepEqual(
      faults.map(({ at, fault, node, more }) => [at, fault, node, more]),
      [[10.09, 'node', 'network1', 'node']],
    );
  });

  it('counts from the first packet that was lost, where an engine told late of the death', () => {
    const builder = new TrackBuilder(header);
    const probe = (sent: number): TimelineEvent => {
      const lost = sent >= 9900 && sent < 15_840;
      const t = lost ? sent + 1000 : sent + 1;
      const rtt = lost ? null : 1;
      const outcome = lost ? 'lost' : 'answered';
      return {
        kind: 'probe',
        t,
        node: 'compute1',
        source: 'probe',
        probe: 'ping1',
        seq: sent / 20,
        outcome,
        sent,
        rtt,
      };
    };
    builder.add([...failover(), ...Array.from({ length: 500 }, (_, nth) => probe(8000 + nth * 20))]);
    const { broken, theory, faults } = builder.track(null);
    assert.equal(broken?.at, 9.9);
    assert.deepEqual(
      faults.map(({ at }) => at),
      [9.9],
    );
    // Of the timer as much had passed as had when the node died, and not when that was told.
    assert.match(theory?.formula ?? '', /− 0\.90 s$/);
  });

  it('knows a MASTER that took its leave before anybody told that it was told to, and who took over by then', () => {
    const builder = new TrackBuilder(header);
    builder.add([
      ...failover().slice(0, 3),
      advert(9500, 'network1', 0),
      role(9510, 'network1', 'BACKUP'),
      role(10_300, 'network2', 'MASTER'),
      { ...killed(10_700, 'network1'), fault: 'keepalived-edge' },
      { ...killed(20_000, 'network1'), fault: 'keepalived-edge', action: 'healed' },
      role(26_000, 'network1', 'MASTER'),
    ]);
    const { broken, theory } = builder.track(null);
    assert.equal(broken?.at, 9.5);
    assert.equal(theory?.fault, 'keepalived-terminated');
    assert.deepEqual(broken.taken, { node: 'network2', at: 10.3 });
    // The skew time alone (RFC 3768, section 6.1).
    assert.ok(theory.from <= 10.3 && theory.to >= 10.3, JSON.stringify(theory));
  });

  it('has nobody who took over, where it was healed before somebody did', () => {
    const builder = new TrackBuilder(header);
    builder.add([
      ...failover().slice(0, 4),
      { ...killed(12_000, 'network1'), action: 'healed' },
      role(60_000, 'network2', 'MASTER'),
    ]);
    assert.equal(builder.track(null).broken?.taken, null);
  });

  it('names of two that became MASTER at once the one that stayed, and says for how long both were', () => {
    const three = {
      ...header,
      routers: header.routers.map((router) => ({ ...router, nodes: [...header.nodes, 'network3'] })),
    };
    const builder = new TrackBuilder(three);
    builder.add([
      ...[...failover(), role(15_830, 'network3', 'MASTER'), role(15_860, 'network2', 'BACKUP')],
      advert(17_000, 'network3'),
    ]);
    const { broken } = builder.track(null);
    assert.deepEqual(broken?.taken, { node: 'network3', at: 15.83 });
    assert.deepEqual(
      broken.together.map(({ nodes, length, open }) => [nodes.join(' '), length.toFixed(3), open]),
      [['network2 network3', '0.030', false]],
    );
  });

  it('says of two that are MASTER still for how long they have been, and of a new one only what was before the next fault', () => {
    const builder = new TrackBuilder(header);
    const partition = { ...killed(10_000, 'network1'), fault: 'partition-vrrp' };
    const begun = [role(0, 'network1', 'MASTER'), partition, role(16_000, 'network2', 'MASTER')];
    builder.add([...begun, advert(18_000, 'network2')]);
    const { broken } = builder.track(null);
    assert.deepEqual(broken?.together, [{ nodes: ['network1', 'network2'], length: 2, open: true }]);
    builder.add([{ ...partition, t: 19_000, action: 'healed' }, advert(30_000, 'network2')]);
    assert.deepEqual(builder.track(null).broken?.together, [
      { nodes: ['network1', 'network2'], length: 3, open: false },
    ]);
  });

  it('leaves a fault where it was told, if what is lost then was lost before another one', () => {
    const builder = new TrackBuilder(header);
    const lost = (sent: number): TimelineEvent => ({
      kind: 'probe',
      t: sent + 1000,
      node: 'compute1',
      source: 'probe',
      probe: 'ping1',
      seq: sent / 20,
      outcome: 'lost',
      sent,
      rtt: null,
    });
    builder.add([
      ...failover().slice(0, 3),
      { ...killed(9000, 'compute2'), fault: 'freeze' },
      ...Array.from({ length: 200 }, (_, nth) => lost(8000 + nth * 20)),
      ...failover().slice(3),
    ]);
    assert.equal(builder.track(null).broken?.at, 10);
  });

  it('counts from the last advertisement that others heard, which may come after the fault was told', () => {
    const builder = new TrackBuilder(header);
    const heard = { ...advert(10_050, 'network2'), direction: 'in' } as TimelineEvent;
    builder.add([
      ...failover().slice(0, 4),
      { kind: 'node', t: 10_090, node: 'network1', source: 'engine', state: 'exited' },
      heard,
      role(16_860, 'network2', 'MASTER'),
    ]);
    const { broken, theory } = builder.track(null);
    assert.equal(broken?.lastAdvert, 10.05);
    assert.ok(theory && theory.from <= 16.86 && theory.to >= 16.86, JSON.stringify(theory));
  });
});
