import assert from 'node:assert/strict';
import { type PlanRow, planCounts, planRows } from '../../../../src/editor/plan/plan-rows.js';
import { stepText } from '../../../../src/editor/plan/step-text.js';
import type { LabPlan } from '../../../../src/lab/bring-up/up.js';
import type { Step } from '../../../../src/reconcile/step.js';

const router = { kind: 'router', id: 'r1', name: 'edge' } as const;
const step = (more: Partial<Step>): Step => ({
  node: 'network1',
  namespace: '',
  change: 'create',
  action: { type: 'run', argv: ['ip', 'netns', 'add', 'qrouter-r1'] },
  resource: router,
  why: 'a router has a namespace of its own',
  ...more,
});

const plan: LabPlan = {
  lab: 'a',
  engine: [{ change: 'create', action: 'create-node', node: 'network2', why: 'a node is a container' }],
  steps: [
    step({}),
    step({ action: { type: 'run', argv: ['ip', 'link', 'set', 'lo', 'up'] } }),
    step({ change: 'remove', why: 'the lab has no such interface' }),
    step({ node: 'network2' }),
  ],
};

const lines = (rows: readonly PlanRow[], depth = 0): string[] =>
  rows.flatMap(({ label, description, change, children }) => [
    `${'  '.repeat(depth)}${change ?? ''}|${label}|${description ?? ''}`,
    ...lines(children, depth + 1),
  ]);

describe('A plan as a tree', () => {
  it('has the engine first, then node, what changes and why, and the commands', () => {
    assert.deepEqual(lines(planRows(plan)), [
      '|Container engine|1 step',
      '  create|create the container of network2|a node is a container',
      '|network1|3 steps',
      '  create|router edge|a router has a namespace of its own',
      '    |ip netns add qrouter-r1|',
      '    |ip link set lo up|',
      '  remove|router edge|the lab has no such interface',
      '    |ip netns add qrouter-r1|',
      '|network2|1 step',
      '  create|router edge|a router has a namespace of its own',
      '    |ip netns add qrouter-r1|',
    ]);
  });

  it('has an id of its own for every row, and says the change to whoever does not see it', () => {
    const all = (rows: readonly PlanRow[]): PlanRow[] => rows.flatMap((row) => [row, ...all(row.children)]);
    const rows = all(planRows(plan));
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    assert.ok(rows.some(({ spoken }) => spoken === 'removed, router edge, the lab has no such interface'));
  });

  it('is counted in one line', () => {
    assert.equal(planCounts(plan), '1 step on the engine, 4 steps on 2 nodes (+4 −1)');
    assert.equal(planCounts({ ...plan, engine: [], steps: [step({})] }), '1 step on 1 node (+1)');
  });
});

describe('A step as a document', () => {
  it('is what is written, under the name of its file', () => {
    const action = { type: 'write', path: '/etc/a.conf', content: 'x = 1\n', mode: 0o644 } as const;
    assert.deepEqual(stepText(step({ action })), { file: 'network1/etc/a.conf', text: 'x = 1\n' });
  });

  it('is the command whole, with all that it is fed', () => {
    const action = { type: 'run', argv: ['iptables-restore', '-w'], stdin: '*nat\nCOMMIT\n' } as const;
    const { text } = stepText(step({ action, namespace: 'qrouter-r1' }));
    assert.match(text, /^# a router has a namespace of its own\n# on network1, in qrouter-r1\n/);
    assert.match(text, /ip netns exec qrouter-r1 iptables-restore -w <<'EOF'\n\*nat\nCOMMIT\nEOF\n$/);
  });
});
