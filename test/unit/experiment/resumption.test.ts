import assert from 'node:assert/strict';
import { newsAt, unwatched } from '../../../src/experiment/resumption.js';
import { masterSpans } from '../../../src/experiment/timeline/mastership.js';
import { RecordingReader, linesOf, partOf } from '../../../src/experiment/timeline/recording-text.js';
import { TimelineRecorder } from '../../../src/experiment/timeline/recorder.js';
import type { EventOf } from '../../../src/experiment/timeline/event.js';
import { fault, header, holder, node, role } from './timelines.js';

const STATE = {
  recording: 1 as const,
  boot: 'b',
  containers: ['c1'],
  header: {
    ...header,
    probes: [{ id: 'ping1', name: 'web1 → db1', kind: 'ping' as const, node: 'compute1', interval: 20 }],
  },
  veil: null,
  probing: [{ through: 'web1 → db1' }],
};

function answered(seq: number): EventOf<'probe'> {
  const sent = Math.round(1_000_000_123 + seq * 20_004) / 1000;
  const common = { kind: 'probe', node: 'compute1', source: 'probe', probe: 'ping1', outcome: 'answered' } as const;
  return { ...common, seq, sent, rtt: 0.417, t: Math.round((sent + 0.417) * 1000) / 1000 };
}

function readBack(text: string): RecordingReader {
  const reader = new RecordingReader();
  for (const line of text.split('\n')) reader.take(line);
  return reader;
}

describe('A recording that is kept while it goes on', () => {
  it('is what it was when it is read again, to the microsecond', () => {
    const packets = Array.from({ length: 12_000 }, (_, seq) => answered(seq));
    const events = [role(0, 'network1', 'MASTER'), fault(5, 'injected'), ...packets, role(9, 'network2', 'MASTER')];
    const text = [...linesOf(partOf(STATE, events.slice(0, 50))), ...linesOf(partOf(null, events.slice(50)))].join('');
    const { state, recorder } = readBack(text);
    assert.deepEqual(state, STATE);
    const recorded = new TimelineRecorder(header);
    for (const event of events) recorded.add(event);
    assert.ok(recorder);
    assert.deepEqual(recorder.timeline().events, recorded.timeline().events);
    assert.deepEqual(recorder.header, STATE.header);
    assert.ok(text.length / packets.length < 20, `${text.length / packets.length} bytes a packet`);
  });

  it('is read without the line in whose middle the process ended, and without lines that say something else', () => {
    const lines = [...linesOf(partOf(STATE, [role(0, 'network1', 'MASTER'), role(1, 'network2', 'BACKUP')]))];
    const cut = `${lines.slice(0, 2).join('')}${(lines[2] ?? '').slice(0, 30)}\n{"a":1}\nnull\n[1]\n${lines[1]}`;
    assert.equal(readBack(cut).recorder?.kept.events.length, 2);
    assert.equal(readBack('{"recording":2}\nno JSON').recorder, null);
  });
});

describe('A recording that goes on', () => {
  const before = [
    role(0, 'network1', 'MASTER'),
    role(0, 'network2', 'BACKUP'),
    holder(0, 'network1', 'add'),
    { ...holder(0, 'network3', 'add'), address: '203.0.113.9/24' },
    node(50, 'network3', 'exited'),
  ];

  it('says of the time in which nobody watched that nobody knows who was MASTER and had the addresses', () => {
    const gap = unwatched([...before, { ...answered(1), t: 700, sent: 699 }]);
    assert.deepEqual(
      gap.map((event) =>
        event.kind === 'role' ? [event.t, event.node, event.role] : [event.t, event.node, event.kind],
      ),
      [
        [700, 'network1', 'UNKNOWN'],
        [700, 'network2', 'UNKNOWN'],
        [700, 'network1', 'holder'],
      ],
    );
    const after = [role(9000, 'network1', 'MASTER'), role(9000, 'network2', 'BACKUP')];
    const spans = masterSpans({ header: STATE.header, events: [...before, ...gap, ...after] }, 'edge');
    assert.deepEqual(
      spans.map(({ from, to, open }) => [from, to, open]),
      [
        [0, 700, false],
        [9000, 9000, true],
      ],
    );
  });

  it('tells only what is news where it was watched: a replica more, an address that moved, a node that is back', () => {
    const document = { t: 0, namespaces: {}, files: [], processes: [], faults: [] };
    const beginning = [
      role(800, 'network1', 'MASTER'),
      role(800, 'network2', 'BACKUP'),
      role(800, 'network3', 'BACKUP'),
      holder(800, 'network2', 'add'),
    ];
    const first = new Map([['network3', { state: 'running' as const, address: null, document }]]);
    const news = newsAt(800, before, beginning, first);
    assert.deepEqual(
      news.map((event) => [event.kind, event.node, 'action' in event ? event.action : '']),
      [
        ['node', 'network3', ''],
        ['role', 'network3', ''],
        ['holder', 'network1', 'del'],
        ['holder', 'network2', 'add'],
      ],
    );
  });
});
