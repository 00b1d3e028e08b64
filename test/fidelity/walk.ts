/** Brings up what a recorded cloud was, with the same node active, and captures it. */
import { setTimeout as pause } from 'node:timers/promises';
import { qrouterNamespace } from '../../src/model/names.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import type { Lab } from '../../src/model/resources.js';
import { testLabName } from '../support/lab-name.js';
import type { TestBed } from '../support/running.js';
import { capture } from './capture.js';
import { type Verdict, compare, unexplained } from './compare.js';
import type { Scenario, Snapshot } from './recording.js';

/** How long what follows an election may take: the agent waits advert_int, radvd starts, addresses end their DAD. */
const SETTLING = 15_000;

export async function walk(bed: TestBed, scenario: Scenario): Promise<readonly Verdict[]> {
  const lab = scenario.lab(testLabName(`fidelity-${scenario.name.slice(0, 2)}`));
  const { running } = await bed.up(lab);
  try {
    await elect(bed, running, lab, scenario.recorded);
    const nodes = [...scenario.recorded.keys()];
    const until = Date.now() + SETTLING;
    for (;;) {
      const captured = await capture(running, nodes);
      const verdicts = compare({
        recorded: scenario.recorded,
        lab: scenario.comparable?.(captured) ?? captured,
      });
      if (unexplained(verdicts).length === 0 || Date.now() > until) return verdicts;
      await pause(500);
    }
  } finally {
    running.close();
    await bed.down(lab.name);
  }
}

/** The nodes that are to be MASTER one after the other: those that were once, and then the one that is. */
function succession(recorded: Snapshot, router: string): readonly string[] {
  const replicas = [...recorded].flatMap(([node, places]) => {
    const files = places.get(qrouterNamespace(router));
    return files === undefined ? [] : [{ node, files }];
  });
  const active = replicas.filter(({ files }) => files.get('state') === 'primary');
  // A replica that was MASTER goes on forwarding IPv6.
  const former = replicas.filter(
    ({ files }) =>
      files.get('state') === 'backup' &&
      files.get('sysctls.txt')?.includes('net.ipv6.conf.all.forwarding = 1') === true,
  );
  return [...former, ...active].map(({ node }) => node);
}

/**
 * Before anyone is MASTER the others of a router leave, so that the one that is left takes over; then they come back as
 * backups.
 */
async function elect(bed: TestBed, running: RunningLab, lab: Lab, recorded: Snapshot): Promise<void> {
  const routers = lab.routers.filter(({ ha, admin_state_up: up }) => ha && up);
  const orders = routers.map(({ id }) => ({ id, order: succession(recorded, id) }));
  const turns = Math.max(0, ...orders.map(({ order }) => order.length));
  for (let turn = 0; turn < turns; turn += 1) {
    await Promise.all(
      orders.flatMap(({ id, order }) => {
        const wanted = order[Math.min(turn, order.length - 1)];
        const others = (lab.router_l3_agents[id] ?? []).filter((node) => wanted !== undefined && node !== wanted);
        return others.map(async (node) => {
          await leave(running, id, node);
        });
      }),
    );
    await waitUntilReady(running, lab, { deadline: 60 });
    if (turn + 1 < turns)
      await Promise.all(
        orders.map(async ({ id, order }) => {
          await acted(running, id, order[turn]);
        }),
      );
    (await bed.up(lab)).running.close();
  }
  await waitUntilReady(running, lab, { deadline: 60 });
}

/** Resolves when the agent has made what a MASTER is in for: it waits advert_int before. */
async function acted(running: RunningLab, router: string, node: string | undefined): Promise<void> {
  if (node === undefined) return;
  const session = await running.session(node);
  const until = Date.now() + SETTLING;
  const command = ['cat', '/proc/sys/net/ipv6/conf/all/forwarding'];
  while ((await session.run(qrouterNamespace(router), command)).stdout !== '1\n' && Date.now() < until)
    await pause(100);
}

/** A process that is leaving is still one: the next `up` is to find it gone. */
async function leave(running: RunningLab, router: string, node: string): Promise<void> {
  const pidFile = `/var/lib/neutron/ha_confs/${router}.pid.keepalived`;
  const command = `p=$(cat ${pidFile}) && kill $p && while kill -0 $p 2>/dev/null; do sleep 0.05; done`;
  await (await running.session(node)).run('', ['timeout', '10', 'sh', '-c', command]);
}
