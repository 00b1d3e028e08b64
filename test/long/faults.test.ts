import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProbes, type Probing } from '../../src/experiment/probing.js';
import { targetOf } from '../../src/experiment/probe-target.js';
import { recordOf } from '../../src/experiment/recording.js';
import { inject, mend, removeFault } from '../../src/lab/break/break-and-mend.js';
import { FAULTY_DEVICES, KEEPALIVED_FAULTS, type Fault, type FaultKind } from '../../src/lab/break/fault.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import { readNodes, statusOf } from '../../src/lab/status.js';
import { LabError } from '../../src/model/errors.js';
import type { Lab } from '../../src/model/resources.js';
import { TestBed, bundledLab, readTestLab } from '../support/running.js';

const FAULTS = Number(process.env.NEUTRON_LAB_FAULTS ?? '100');
/** How many are there at a time, at most; then one that was chosen by lot is healed. */
const AT_ONCE = 4;
/** Milliseconds between two faults. */
const LONGEST_PAUSE = Number(process.env.NEUTRON_LAB_PAUSE ?? '2000');
/** Other labs that are up meanwhile, in the second test. */
const OTHERS = 19;

/** Numbers from 0 up to 1, the same ones for the same seed: what failed can be done again (Lehmer, 1951). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One of every kind and of every way: a kind that is missing here does not compile. */
function choices(lab: Lab, nodes: readonly string[]): ((node: string) => Fault)[] {
  const router = lab.routers[0]?.id ?? '';
  const others = (node: string): string[] => nodes.filter((one) => one !== node);
  const served = Object.entries(lab.network_dhcp_agents);
  const network = (node: string): string =>
    (served.find(([, agents]) => agents.includes(node)) ?? served[0])?.[0] ?? '';
  const ways: { readonly [K in FaultKind]: readonly ((node: string) => Fault & { kind: K })[] } = {
    node: [true, false].map((graceful) => (node) => ({ kind: 'node', node, graceful })),
    restart: [(node) => ({ kind: 'restart', node })],
    freeze: [(node) => ({ kind: 'freeze', node })],
    keepalived: [
      ...KEEPALIVED_FAULTS.map((how) => (node: string) => ({ kind: 'keepalived', node, router, how }) as const),
      (node) => ({ kind: 'keepalived', node, router, how: 'kill', respawn: false }),
      (node) => ({ kind: 'keepalived', node, router, how: 'terminate', respawn: false }),
    ],
    agent: (['kill', 'terminate'] as const).map((how) => (node) => ({ kind: 'agent', node, how })),
    dhcp: [true, false].map((respawn) => (node) => ({ kind: 'dhcp', node, network: network(node), respawn })),
    link: FAULTY_DEVICES.map((device) => (node) => {
      return { kind: 'link', node, router: device === 'underlay' ? null : router, device };
    }),
    partition: [
      (node) => ({ kind: 'partition', node, from: others(node), router }),
      (node) => ({ kind: 'partition', node, from: others(node), router: null }),
      (node) => ({ kind: 'partition', node, from: others(node), router: null, oneWay: true }),
    ],
    impair: [(node) => ({ kind: 'impair', node, delay: 20, jitter: 5, loss: 5, rate: 0 })],
    mtu: [(node) => ({ kind: 'mtu', node, router, device: 'qr', mtu: 1000 })],
    conntrack: [(node) => ({ kind: 'conntrack', node, router })],
    config: (
      [
        { what: 'priority', value: 100 },
        { what: 'advert_int', value: 4 },
        { what: 'virtual_router_id', value: 77 },
        { what: 'damaged' },
      ] as const
    ).map((change) => (node) => ({ kind: 'config', node, router, change })),
  };
  return Object.values(ways).flat();
}

interface Struck {
  readonly fault: Fault;
  readonly marks: readonly { readonly node: string; readonly name: string }[];
}

/** A later fault may stand in the way of an earlier one's healing, as a node that is down: then it is healed with that one. */
async function healOne(running: RunningLab, lab: Lab, { fault, marks }: Struck): Promise<void> {
  if (fault.kind === 'node' || fault.kind === 'freeze') {
    await mend(running, lab, fault.node);
    return;
  }
  for (const { node, name } of marks) {
    await removeFault(running, lab, node, name).catch((error: unknown) => {
      if (!(error instanceof LabError)) throw error;
    });
  }
}

/** @param done what was broken, as far as it came */
async function strikeAtRandom(running: RunningLab, lab: Lab, seed: number, done: string[]): Promise<void> {
  const random = numbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const nodes = lab.router_l3_agents[lab.routers[0]?.id ?? ''] ?? [];
  const ways = choices(lab, nodes);
  const there: Struck[] = [];
  while (done.length < FAULTS) {
    const fault = pick(ways)(pick(nodes));
    try {
      const { marks } = await inject(running, lab, fault);
      there.push({ fault, marks });
      done.push(JSON.stringify(fault));
    } catch (error) {
      // Nothing to break there now: the node is down, or keepalived is dead. Another one is tried.
      if (!(error instanceof LabError) || error.code === 'NodeSpeaksOtherwise') throw error;
      const down = there.find(
        ({ fault: { kind, node } }) => (kind === 'node' || kind === 'freeze') && node === fault.node,
      );
      if (down) there.splice(there.indexOf(down), 1);
      await mend(running, lab, fault.node);
    }
    // Half of them strike into what the one before is still doing.
    if (LONGEST_PAUSE > 0 && random() < 0.5) await sleep(random() * LONGEST_PAUSE);
    if (there.length > AT_ONCE) {
      const [one] = there.splice(Math.floor(random() * there.length), 1);
      if (one) await healOne(running, lab, one);
    }
  }
  while (there.length > 0) {
    const [one] = there.splice(Math.floor(random() * there.length), 1);
    if (one) await healOne(running, lab, one);
  }
  for (const node of nodes) await mend(running, lab, node);
}

async function survives(bed: TestBed, lab: Lab, running: RunningLab, seed: number): Promise<void> {
  const recorder = recordOf(lab, 'random faults', 0);
  const targets = [
    { kind: 'ping', from: 'web1', to: 'db1', interval: 100 },
    { kind: 'ping', from: 'outside', to: 'web1', interval: 100 },
    { kind: 'tcp', from: 'web1', to: 'db1', interval: 100 },
    { kind: 'http', from: 'outside', to: 'web1', interval: 100 },
    { kind: 'dhcp', from: 'web1', to: null, interval: 100 },
  ].map((probe, index) => targetOf(lab, probe as Parameters<typeof targetOf>[1], index + 1));
  const waiting = new Set<() => void>();
  const probing: Probing = await startProbes(running, targets, recorder, () => {
    for (const look of waiting) look();
  });
  const done: string[] = [];
  try {
    await strikeAtRandom(running, lab, seed, done);
    const status = await waitUntilReady(running, lab, { deadline: 90 });
    assert.equal(status.routers[0]?.active_on.length, 1, `one MASTER after ${done.slice(-5).join(', ')}`);
    const since = Number(process.hrtime.bigint()) / 1e6;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`unanswered: ${probing.silentSince(since).join(', ')}; seed ${String(seed)}`));
      }, 90_000);
      const look = (): void => {
        if (!probing.answeredSince(since)) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  } catch (error) {
    const last = done.slice(-8).join(', ');
    throw new Error(`seed ${String(seed)}, after ${String(done.length)}, the last ones ${last}: ${String(error)}`, {
      cause: error,
    });
  } finally {
    await probing.stop();
  }
  assert.deepEqual(await bed.plan(lab), [], 'nothing is left over');
  const faults = statusOf(lab, await readNodes(running)).nodes.flatMap((node) => node.faults);
  assert.deepEqual(faults, []);
}

describe(`${String(FAULTS)} random faults in a row on the lab ha-router, healed in random order`, function () {
  this.timeout(60 * 60_000);
  let bed: TestBed;
  const seed = Number(process.env.NEUTRON_LAB_SEED ?? '4711');

  before(async () => {
    bed = await TestBed.make();
  });

  after(async () => {
    await bed.end();
  });

  it('leave one MASTER, probes that are answered, and nothing else', async () => {
    const lab = readTestLab(await bundledLab('ha-router'), 'random');
    await survives(bed, lab, await bed.upAndReady(lab), seed);
  });

  it(`do so with ${String(OTHERS)} more labs up at once`, async () => {
    const text = await bundledLab('ha-router');
    for (let number = 1; number <= OTHERS; number += 1) await bed.up(readTestLab(text, `more${String(number)}`));
    const lab = readTestLab(text, 'crowded');
    await survives(bed, lab, await bed.upAndReady(lab), seed + 1);
  });
});
