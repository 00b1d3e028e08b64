/** What a lab costs: time to come up, to change, to go, and memory. Through the command line, as a person has it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { wantedImageTag } from '../../src/docker/image.js';
import { RunningLab } from '../../src/lab/running-lab.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import { watchLab } from '../../src/lab/watch.js';
import { Bench } from '../support/bench.js';
import { memoryOf } from '../support/memory.js';
import { quiet } from '../support/quiet.js';
import { manyRouters } from '../support/many-routers.js';
import { TestBed, bundledLab } from '../support/running.js';
import { testLabName } from '../support/lab-name.js';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ROUNDS = 5;

async function cli(...words: string[]): Promise<string> {
  return (await run(process.execPath, [CLI, ...words], { maxBuffer: 64 * 2 ** 20 })).stdout;
}

const folder = await mkdtemp(join(tmpdir(), 'neutron-lab-bench-'));
const bed = await TestBed.make();
const bench = new Bench('The lab engine');

async function labFile(text: string, name: string): Promise<{ file: string; lab: string }> {
  const lab = testLabName(name);
  const file = join(folder, `${name}.neutron.yaml`);
  await writeFile(file, text.replace(/^lab:.*$/m, `lab: ${lab}`));
  return { file, lab };
}

/** What everything of a lab stands on, here and on the machine on which the promises were made. */
async function yardsticks(): Promise<void> {
  const node = bench.figure({
    name: 'yardstick: a Node.js that does nothing',
    unit: 's',
    method: 'the whole process `node -e 0`; each command of neutron-lab pays for one',
  });
  const containers = bench.figure({
    name: 'yardstick: five bare containers started at once',
    unit: 's',
    comparedWith: { name: 'the machine of the promises', value: 0.7 },
    method:
      'five processes `docker run -d --network none` with the node image and `sleep`, side by side, until all have ended',
  });
  const image = await wantedImageTag();
  for (let round = 0; round < ROUNDS; round += 1) {
    await quiet();
    await node.time(() => run(process.execPath, ['-e', '0']));
    await quiet();
    const start = () => run('docker', ['run', '-d', '--network', 'none', image, 'sleep', '60']);
    const started = await containers.time(() => Promise.all(Array.from({ length: 5 }, start)));
    await run('docker', ['rm', '-f', ...started.map(({ stdout }) => stdout.trim())]);
  }
}

async function haRouter(): Promise<void> {
  const text = await bundledLab('ha-router');
  const { file, lab } = await labFile(text, 'ha');
  const configured = bench.figure({
    name: 'ha-router: up, configured',
    unit: 's',
    atMost: 2,
    comparedWith: { name: 'Kathará, five devices that do nothing', value: 2.2 },
    method: 'the whole process `neutron-lab up --no-wait`, image present, nothing of the lab there before',
  });
  const ready = bench.figure({
    name: 'ha-router: ready after configured',
    unit: 's',
    atMost: 7.8,
    method:
      'from the end of that process until one MASTER has all addresses and every instance has its own; the theory is the master-down timer of 6.80 s',
  });
  const again = bench.figure({
    name: 'ha-router: up that changes nothing',
    unit: 's',
    atMost: 0.5,
    method: 'the whole process `neutron-lab up --no-wait` on the ready lab',
  });
  const subnet = bench.figure({
    name: 'ha-router: one more subnet on the running router',
    unit: 's',
    atMost: 0.5,
    method: 'from the start of the process `neutron-lab up --no-wait` until the new gateway address is on the MASTER',
  });
  const gone = bench.figure({
    name: 'ha-router: down',
    unit: 's',
    atMost: 1.5,
    comparedWith: { name: 'Kathará, five devices', value: 1.5 },
    method: 'the whole process `neutron-lab down`',
  });
  const rss = bench.figure({
    name: 'ha-router: resident memory of all containers’ processes (RSS)',
    unit: 'MB',
    atMost: 60,
    method:
      'sum of the resident set sizes of all processes of its six containers, when ready and with no session of ours open, as ps shows them: what several share is counted once for each',
  });
  const pss = bench.figure({
    name: 'ha-router: the same, what is shared counted once (PSS)',
    unit: 'MB',
    method: 'sum of the proportional set sizes of the same processes: what would be free if they ended',
  });
  const more = text
    .replace(/(\n {2}green:\n {4}subnets:\n.*\n)/, '$1  red:\n    subnets:\n      red-v4: { cidr: 192.168.30.0/24 }\n')
    .replace('interfaces: [blue-v4, green-v4]', 'interfaces: [blue-v4, green-v4, red-v4]');
  const { file: biggerFile } = await labFile(more.replace(/^lab:.*$/m, `lab: ${lab}`), 'ha-more');
  await writeFile(biggerFile, more.replace(/^lab:.*$/m, `lab: ${lab}`));
  for (let round = 0; round < ROUNDS; round += 1) {
    await quiet();
    await configured.time(() => cli('up', '--no-wait', file));
    const running = await RunningLab.attach(bed.runtime, lab);
    const recorded = await running.recorded();
    if (!recorded) throw new Error('the lab does not tell what it is');
    await ready.time(() => waitUntilReady(running, recorded));
    running.close();
    await quiet();
    const memory = await memoryOf(running.containers.map(({ id }) => id));
    rss.add(memory.rss);
    pss.add(memory.pss);
    await again.time(() => cli('up', '--no-wait', file));
    await quiet();
    let arrived: () => void = () => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    const watched = await RunningLab.attach(bed.runtime, lab);
    const watching = await watchLab(watched, recorded, (event) => {
      if (event.type === 'raw' && event.event.type === 'address' && event.event.address === '192.168.30.1/24')
        arrived();
    });
    let upEnds: Promise<string> = Promise.resolve('');
    await subnet.time(async () => {
      upEnds = cli('up', '--no-wait', biggerFile);
      await there;
    });
    await upEnds;
    await watching.stop();
    watched.close();
    await quiet();
    await gone.time(() => cli('down', lab));
  }
}

async function manyHaRouters(count: number, atMost: number): Promise<void> {
  const { file, lab } = await labFile(manyRouters(count), `many-${count}`);
  const configured = bench.figure({
    name: `${count} HA routers with 2 subnets each on 3 nodes: configured`,
    unit: 's',
    atMost,
    method: 'the whole process `neutron-lab up --no-wait`, on a machine that is quiet before',
  });
  const masters = bench.figure({
    name: `${count} HA routers: exactly one MASTER each, after configured`,
    unit: 's',
    comparedWith: { name: 'real Neutron, 50 routers on one agent until all addresses are up', value: 192 },
    method: 'from the end of that process until every router has exactly one MASTER with all its addresses',
  });
  const pss = bench.figure({
    name: `${count} HA routers: memory a router and node (PSS)`,
    unit: 'MB',
    atMost: 3,
    comparedWith: { name: 'real Neutron', value: 132 },
    method: 'PSS of all processes of the three containers, divided by routers and nodes',
  });
  const rss = bench.figure({
    name: `${count} HA routers: the same as RSS`,
    unit: 'MB',
    method:
      'RSS of the same: keepalived’s program and libraries are counted for each of its two processes, though all of them share one copy',
  });
  for (let round = 0; round < 3; round += 1) {
    await quiet();
    try {
      await configured.time(() => cli('up', '--no-wait', file));
      const running = await RunningLab.attach(bed.runtime, lab);
      const recorded = await running.recorded();
      if (!recorded) throw new Error('the lab does not tell what it is');
      await masters.time(() => waitUntilReady(running, recorded, { deadline: 180 }));
      const memory = await memoryOf(running.containers.map(({ id }) => id));
      pss.add(memory.pss / count / 3);
      rss.add(memory.rss / count / 3);
      running.close();
    } finally {
      await cli('down', lab);
    }
  }
}

/** As the real one was measured: 10 routers in one order, on 3 nodes, until each has its addresses on one of them. */
async function tenHaRouters(): Promise<void> {
  const { file, lab } = await labFile(manyRouters(10), 'ten');
  const addresses = bench.figure({
    name: '10 HA routers: every router has its addresses on one node',
    unit: 's',
    comparedWith: { name: 'real Neutron, the same (its nodes ran already)', value: 183 },
    method:
      'from the order, the start of the process `neutron-lab up` with nothing there before, until every router has all addresses on one node; what theory asks for is the master-down timer of 6.80 s',
  });
  const memory = bench.figure({
    name: '10 HA routers: memory a router and node',
    unit: 'MB',
    comparedWith: { name: 'real Neutron, resident', value: 132 },
    method: 'PSS of all processes of the three containers, divided by routers and nodes',
  });
  for (let round = 0; round < 3; round += 1) {
    await quiet();
    try {
      let running: RunningLab | undefined;
      await addresses.time(async () => {
        await cli('up', '--no-wait', file);
        running = await RunningLab.attach(bed.runtime, lab);
        const recorded = await running.recorded();
        if (!recorded) throw new Error('the lab does not tell what it is');
        await waitUntilReady(running, recorded, { deadline: 180 });
      });
      memory.add((await memoryOf(running?.containers.map(({ id }) => id) ?? [])).pss / 10 / 3);
      running?.close();
    } finally {
      await cli('down', lab);
    }
  }
}

try {
  await yardsticks();
  await haRouter();
  await tenHaRouters();
  await manyHaRouters(50, 5);
  await manyHaRouters(100, 12);
  bench.finish(bed.runtime.engine);
} finally {
  await bed.end();
  await rm(folder, { recursive: true });
}
