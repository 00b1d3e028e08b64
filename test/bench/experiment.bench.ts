/** Experiments: the clock of their records, and what probes cost. Each fault against theory: faults.bench.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { targetOf } from '../../src/experiment/probe-target.js';
import { startProbes } from '../../src/experiment/probing.js';
import { recordOf } from '../../src/experiment/recording.js';
import { nodeClock } from '../../src/lab/node/clock.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import type { Lab } from '../../src/model/resources.js';
import type { ProbeWord, ScenarioProbe } from '../../src/model/scenario.js';
import { Bench, summarise } from '../support/bench.js';
import { TestBed, bundledLab, readTestLab } from '../support/running.js';

/** The node that sends, and where the tool's program on it is looked at. */
const NODE = 'compute1';
/** Rounds, and seconds of each kind in a round: the machine is now quicker and now slower, and the kinds take turns. */
const [ROUNDS, SECONDS] = [5, 4];

/** Milliseconds of CPU time that a process has used, by the scheduler (proc_pid_schedstat). */
async function cpuOf(running: RunningLab): Promise<number> {
  const { stdout } = await (await running.session(NODE)).run('', ['sh', '-c', 'cat /proc/$PPID/schedstat']);
  return Number(stdout.split(' ')[0]) / 1e6;
}

/** Milliseconds a second, of the session on the node, while what is begun goes on. */
async function spent(running: RunningLab, begin: () => Promise<() => Promise<void>>): Promise<number> {
  const end = await begin();
  const before = await cpuOf(running);
  await sleep(SECONDS * 1000);
  const cost = ((await cpuOf(running)) - before) / SECONDS;
  await end();
  return cost;
}

async function probeCost(running: RunningLab, lab: Lab, bench: Bench): Promise<void> {
  const probes: Readonly<Record<ProbeWord, ScenarioProbe>> = {
    ping: { kind: 'ping', from: 'web1', to: 'db1', interval: 20 },
    tcp: { kind: 'tcp', from: 'web1', to: 'db1', interval: 20 },
    http: { kind: 'http', from: 'web1', to: 'db1', interval: 20 },
    dhcp: { kind: 'dhcp', from: 'web1', to: null, interval: 20 },
  };
  const plain: number[] = [];
  const costs = new Map<ProbeWord, number[]>(Object.values(probes).map(({ kind }) => [kind, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await plainPing(running, lab));
    const idle = await spent(running, () => Promise.resolve(() => Promise.resolve()));
    for (const probe of Object.values(probes)) {
      const busy = await spent(running, async () => {
        const recorder = recordOf(lab, 'cost', 0);
        const probing = await startProbes(running, [targetOf(lab, probe, 1)], recorder, () => undefined);
        return async () => {
          await probing.stop();
        };
      });
      costs.get(probe.kind)?.push(busy - idle);
    }
  }
  const compared = bench.figure({
    name: 'ping(8) itself, 50 a second, of one core in a second',
    unit: 'ms',
    method: `for comparison: CPU time (times(2)) of \`ping -q -i 0.02\` on the same way over ${String(SECONDS)} s. The kernel bills a packet's whole way through the lab to who sends it`,
  });
  for (const value of plain) compared.add(value);
  for (const [kind, values] of costs) {
    const figure = bench.figure({
      name: `a ${kind} probe, 50 a second, of one core in a second`,
      unit: 'ms',
      atMost: 20,
      beside: `${(summarise(values).median / summarise(plain).median).toFixed(1)} times ping(8) itself`,
      method: `CPU time of the node's session over ${String(SECONDS)} s with the probe (proc_pid_schedstat), less that of as long without one; ${String(ROUNDS)} rounds, in which the kinds take turns`,
    });
    for (const value of values) figure.add(value);
  }
}

/** What of a ping is the packets' way through the lab, whatever that is written in: milliseconds a second. */
async function plainPing(running: RunningLab, lab: Lab): Promise<number> {
  const { node, request } = targetOf(lab, { kind: 'ping', from: 'web1', to: 'db1', interval: 20 }, 1);
  const script = 'ping -q -i 0.02 -c "$2" "$1" > /dev/null; times';
  const session = await running.session(node);
  const argv = ['sh', '-c', script, 'sh', request.destination, String(SECONDS * 50)];
  const { stdout } = await session.run(request.namespace, argv, { timeoutMs: 60_000 });
  const ofChildren = stdout.trim().split('\n')[1] ?? '';
  const seconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  return (seconds.reduce((sum, one) => sum + one, 0) / SECONDS) * 1000;
}

/** A node is asked for its time: it lies between the question and the answer, so the error is half of what lies between at most. */
async function clockError(running: RunningLab, bench: Bench): Promise<void> {
  const figure = bench.figure({
    name: 'clock error between nodes',
    unit: 'ms',
    atMost: 1,
    method:
      "a node is asked to look at itself and tells its CLOCK_MONOTONIC; how far that lies outside what this process's clock said before the question and after the answer",
  });
  for (const { node } of running.containers) {
    const session = await running.session(node);
    const now = nodeClock(await session.hello());
    for (let round = 0; round < 10; round += 1) {
      const before = now();
      const { t } = await session.observe();
      const after = now();
      figure.add(Math.max(0, before - t, t - after) * 1000);
    }
  }
}

const bed = await TestBed.make();
const bench = new Bench('Experiments');

try {
  const lab = readTestLab(await bundledLab('ha-router'), 'experiments');
  const running = await bed.upAndReady(lab);
  await clockError(running, bench);
  await probeCost(running, lab, bench);
  await bed.down(lab.name);
  bench.finish(bed.runtime.engine);
} finally {
  await bed.end();
}
