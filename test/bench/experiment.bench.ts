/** Experiments: the clock of their records, and what probes cost. Each fault against theory: faults.bench.ts. */
import { targetOf } from '../../src/experiment/probe-target.js';
import { startProbes } from '../../src/experiment/probing.js';
import { recordOf } from '../../src/experiment/recording.js';
import { nodeClock } from '../../src/lab/node/clock.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import type { Lab } from '../../src/model/resources.js';
import type { ProbeWord, ScenarioProbe } from '../../src/model/scenario.js';
import { Bench } from '../support/bench.js';
import { TestBed, bundledLab, readTestLab } from '../support/running.js';

/** Seconds of CPU time. What the kernel does for a packet, on its whole way through the lab, it bills to who sent it. */
interface Spent {
  readonly all: number;
  readonly kernel: number;
}

/** What a process has used: fields 14 and 15 of proc_pid_stat(5). */
async function cpuOf(running: RunningLab, node: string): Promise<Spent> {
  const { stdout } = await (await running.session(node)).run('', ['sh', '-c', 'cat /proc/$PPID/stat']);
  const fields = stdout.slice(stdout.lastIndexOf(')') + 2).split(' ');
  const [user, kernel] = [Number(fields[11]) / 100, Number(fields[12]) / 100];
  return { all: user + kernel, kernel };
}

async function probeCost(running: RunningLab, lab: Lab, bench: Bench): Promise<void> {
  const probes: Readonly<Record<ProbeWord, ScenarioProbe>> = {
    ping: { kind: 'ping', from: 'web1', to: 'db1', interval: 20 },
    tcp: { kind: 'tcp', from: 'web1', to: 'db1', interval: 20 },
    http: { kind: 'http', from: 'web1', to: 'db1', interval: 20 },
    dhcp: { kind: 'dhcp', from: 'web1', to: null, interval: 20 },
  };
  const seconds = 10;
  for (const probe of Object.values(probes)) {
    const figure = bench.figure({
      name: `a ${probe.kind} probe, 50 a second, of one core in a second`,
      unit: 'ms',
      atMost: 20,
      method: `CPU time of the node's session over ${String(seconds)} s with the probe (proc_pid_stat), less that of as long without one`,
    });
    const inKernel = bench.figure({
      name: `a ${probe.kind} probe: of it in the kernel`,
      unit: 'ms',
      method: 'the system time in it: what its packets would cost whoever sent them',
    });
    const idle = await spent(running, seconds, () => Promise.resolve(() => Promise.resolve()));
    const busy = await spent(running, seconds, async () => {
      const recorder = recordOf(lab, 'cost', 0);
      const probing = await startProbes(running, [targetOf(lab, probe, 1)], recorder, () => undefined);
      return async () => {
        await probing.stop();
      };
    });
    figure.add(((busy.all - idle.all) / seconds) * 1000);
    inKernel.add(((busy.kernel - idle.kernel) / seconds) * 1000);
  }
}

/** What of a ping is the packets' way through the lab: the kernel bills it to who sends, whatever that is written in. */
async function plainPing(running: RunningLab, lab: Lab, bench: Bench): Promise<void> {
  const figure = bench.figure({
    name: 'ping(8) itself, 50 a second, of one core in a second',
    unit: 'ms',
    method: 'for comparison: CPU time (times(2)) of `ping -q -i 0.02` on the same way over 10 s',
  });
  const { node, request } = targetOf(lab, { kind: 'ping', from: 'web1', to: 'db1', interval: 20 }, 1);
  const script = 'ping -q -i 0.02 -c 500 "$1" > /dev/null; times';
  const session = await running.session(node);
  const { stdout } = await session.run(request.namespace, ['sh', '-c', script, 'sh', request.destination], {
    timeoutMs: 60_000,
  });
  const ofChildren = stdout.trim().split('\n')[1] ?? '';
  const seconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  figure.add((seconds.reduce((sum, one) => sum + one, 0) / 10) * 1000);
}

/** Of the session on the node where web1 is. */
async function spent(running: RunningLab, seconds: number, begin: () => Promise<() => Promise<void>>): Promise<Spent> {
  const before = await cpuOf(running, 'compute1');
  const end = await begin();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await end();
  const after = await cpuOf(running, 'compute1');
  return { all: after.all - before.all, kernel: after.kernel - before.kernel };
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
  await plainPing(running, lab, bench);
  await probeCost(running, lab, bench);
  await bed.down(lab.name);
  bench.finish(bed.runtime.engine);
} finally {
  await bed.end();
}
