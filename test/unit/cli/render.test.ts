import assert from 'node:assert/strict';
import { renderEvent } from '../../../src/cli/render/events.js';
import { renderExperimentEvent } from '../../../src/cli/render/experiment.js';
import { labSummaries, renderLabs } from '../../../src/cli/render/labs.js';
import { expectationText } from '../../../src/render/experiment/expectation-text.js';
import { renderOutageBars } from '../../../src/render/outage-bar.js';
import { colourPaint, plainPaint, widthOf } from '../../../src/render/paint.js';
import { planJson, renderPlan } from '../../../src/render/plan.js';
import { renderStatus } from '../../../src/cli/render/status.js';
import { renderTopology } from '../../../src/cli/render/topology.js';
import { UpProgress } from '../../../src/render/up-progress.js';
import type { Step } from '../../../src/reconcile/step.js';
import { sampleLab, sampleStatus } from './sample-lab.js';

const lab = sampleLab();
const status = sampleStatus(lab);

describe('what the terminal shows', () => {
  it('of a limit: what counts, and by how much it was missed', () => {
    const limit = { fault: 'node', below_s: 5, measured_s: 6.2, met: false };
    assert.equal(expectationText(limit, 1), '6.2 s, expected below 5.0 s, missed by 1.2 s');
    assert.equal(
      expectationText({ ...limit, below_s: 8, met: true }, 10),
      '6.2 s, the longest of 10 runs, expected below 8.0 s',
    );
  });

  it('of an experiment: a role with what is amiss, and that it is over', () => {
    const lines = (remark: string | null): string[] =>
      renderExperimentEvent(
        {
          kind: 'role',
          t: 1,
          node: 'network1',
          source: 'kernel',
          router: 'r',
          role: 'MASTER',
          before: 'MASTER',
          remark,
        },
        1,
        plainPaint,
      );
    assert.deepEqual(lines('keepalived is not running; the kernel forwards on'), [
      '    network1 MASTER: keepalived is not running; the kernel forwards on',
    ]);
    assert.deepEqual(lines(null), ['    network1 MASTER: keepalived runs again']);
  });

  it('of a lab: nodes, roles, addresses, faults', () => {
    assert.equal(
      renderStatus(status, plainPaint).join('\n'),
      `sample · 3 nodes

Nodes
  NODE       STATE     UNDERLAY     AGENTS     FAULTS
  network1   running   10.213.0.2   l3, dhcp
  network2   running   10.213.0.3   l3         link-ha-1
  compute1   frozen    10.213.0.4

Routers
  edge · HA, VRID 5
    M network1   MASTER   169.254.192.1   192.168.10.1/24  203.0.113.9/24
    F network2   FAULT    169.254.192.2   its HA interface is down

Networks
  NETWORK   VNI   SUBNETS           DHCP
  blue      7     192.168.10.0/24   network1 (not running)

Instances
  INSTANCE   NODE       ADDRESSES                              FLOATING IP
  web1       compute1   192.168.10.31; its node does not run   203.0.113.80`,
    );
  });

  it('of a legacy router that cannot be asked: where it was put, and why nothing is known of it', () => {
    const [edge] = status.routers;
    assert.ok(edge);
    const legacy = (unseen_on: typeof edge.unseen_on) => ({
      ...edge,
      ha: false,
      replicas: [],
      active_on: [],
      addresses: {},
      unseen_on,
    });
    const text = (unseen: typeof edge.unseen_on): string =>
      renderStatus({ ...status, routers: [legacy(unseen)] }, plainPaint).join('\n');
    const remark = 'the node is frozen; the kernel forwards on';
    assert.match(
      text([{ node: 'network1', remark }]),
      /edge · legacy\n {6}network1 {3}the node is frozen; the kernel forwards on\n/,
    );
    assert.match(text([]), /edge · legacy\n +on no node/);
  });

  it('of a lab none of whose nodes runs: what it was set up with, and what starts it', () => {
    const nodes = status.nodes.map((node) => ({ ...node, state: 'exited' as const }));
    const text = renderStatus({ ...status, nodes }, plainPaint).join('\n');
    assert.match(text, /network1 +exited/);
    assert.match(text, /edge · HA/);
    assert.match(text, /No node runs:.*\n`neutron-lab heal --lab sample` starts all of it again\.$/);
  });

  it('colours the MASTER green and a FAULT red', () => {
    const lines = renderStatus(status, colourPaint).join('\n');
    assert.ok(lines.includes('\u001b[32mMASTER\u001b[0m'));
    assert.ok(lines.includes('\u001b[31mFAULT\u001b[0m'));
  });

  it('of a topology: a bar a network, the external one first', () => {
    const lines = renderTopology(lab, status, plainPaint, 80);
    assert.equal(
      lines.join('\n'),
      `  GATEWAY_NET  203.0.113.0/24  external
  ┃   blue     192.168.10.0/24  DHCP on network1
  ┃   ┃
  ●───╂──── outside  203.0.113.1  the world behind
  ┃   ┃
  ●───●──── edge  HA router
  ┃   ┃       203.0.113.9  192.168.10.1
  ┃   ┃       M network1  F network2
  ┃   ┃
  ┃   ●──── web1  192.168.10.31 ⇐ 203.0.113.80  on compute1`,
    );
    assert.ok(renderTopology(lab, status, colourPaint, 80).every((line) => widthOf(line) <= 80));
  });

  it('of a plan: steps with one reason stand together', () => {
    const why = 'a router forwards';
    const step = (argv: readonly string[]): Step => ({
      node: 'network1',
      namespace: 'qrouter-1',
      change: 'update',
      action: { type: 'run', argv },
      resource: { kind: 'router', id: '1', name: 'edge' },
      why,
    });
    const plan = {
      lab: 'sample',
      engine: [{ change: 'create', action: 'create-node', node: 'network1', why: 'it stands for a host' }] as const,
      steps: [step(['sysctl', '-w', 'net.ipv4.ip_forward=1']), step(['echo', "it's"])],
    };
    assert.equal(
      renderPlan(plan, plainPaint, 80).join('\n'),
      `sample: 1 step on the engine, 2 steps on 1 node. Nothing was done.

the container engine
  + create the container of node network1
      it stands for a host

network1 · 2 steps
  ~ router edge: a router forwards
      ip netns exec qrouter-1 sysctl -w net.ipv4.ip_forward=1
      ip netns exec qrouter-1 echo 'it'\\''s'`,
    );
    assert.deepEqual(renderPlan({ lab: 'sample', engine: [], steps: [] }, plainPaint, 80), [
      'sample is as its file says: nothing to change.',
    ]);
    assert.deepEqual(planJson({ lab: 'sample', engine: [], steps: [] }), {
      lab: 'sample',
      empty: true,
      engine: [],
      steps: [],
    });
  });

  it('of an up: every node on its line, and plain lines for a log', () => {
    let now = 0;
    const progress = new UpProgress(['n1', 'node2'], () => now);
    const create = { change: 'create', action: 'create-node', node: 'n1', why: '' } as const;
    assert.deepEqual(progress.take({ type: 'engine', step: create, state: 'begin' }), []);
    assert.deepEqual(progress.lines(plainPaint, 80), ['  ○ n1     creating', '  · node2  ']);
    assert.deepEqual(progress.take({ type: 'engine', step: create, state: 'done' }), ['n1: created']);
    progress.take({ type: 'planned', node: 'n1', steps: 4 });
    assert.match(progress.lines(plainPaint, 80)[0] ?? '', /n1 {5}━+ configuring 0\/4$/);
    now = 400;
    const done = progress.take({ type: 'node', node: 'n1', state: 'done', changed: 4 });
    assert.deepEqual(done, ['n1: configured, 4 steps, 0.40 s']);
    progress.take({ type: 'node', node: 'node2', state: 'done', changed: 0 });
    assert.deepEqual(progress.lines(plainPaint, 80), ['  ✓ n1     4 steps, 0.40 s', '  ✓ node2  as it should be']);
  });

  it('of events: roles and nodes with their time, nothing of the rest', () => {
    const change = {
      type: 'role',
      router: 'edge',
      routerId: 'r1',
      node: 'n1',
      role: 'MASTER',
      before: 'BACKUP',
      remark: null,
      t: 1,
    } as const;
    assert.match(renderEvent(change, 1.25, plainPaint) ?? '', /^\d\d:\d\d:01\.250 {2}edge on n1: BACKUP → MASTER$/);
    const raw = { type: 'raw', node: 'n1', event: { type: 'watching', t: 1 } } as const;
    assert.equal(renderEvent(raw, 1, plainPaint), null);
  });

  it('of an outage: measured beside theory, on one scale', () => {
    const theory = { low: 4, high: 8, unit: 's', reason: '', formula: '' } as const;
    const [predicted = '', measured = ''] = renderOutageBars({ outage_s: 6, theory, agrees: true }, plainPaint, 74);
    assert.equal(predicted, `  theory    ${'─'.repeat(20)}${'▒'.repeat(20)}  4.0 s to 8.0 s`);
    assert.equal(measured, `  measured  ${'█'.repeat(30)}  6.0 s`);
  });

  it('of the labs on an engine, also one without a node', () => {
    const container = {
      id: '1',
      lab: 'b',
      node: 'n1',
      version: '1',
      state: 'exited',
      image: 'i',
      address: null,
      created: 40,
    } as const;
    const labs = labSummaries([container], [{ id: 'u', name: 'x', lab: 'a', subnet: '10.0.0.0/24' }]);
    assert.deepEqual(
      labs.map(({ lab: name }) => name),
      ['a', 'b'],
    );
    const lines = renderLabs(labs, 100, plainPaint);
    assert.match(lines[1] ?? '', /^a +0 of 0 running +10\.0\.0\.0\/24$/);
    assert.match(lines[2] ?? '', /^b +0 of 1 running +1 min/);
    assert.match(renderLabs([], 0, plainPaint)[0] ?? '', /No lab runs/);
  });
});
