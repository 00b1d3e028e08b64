/** How fast a role change is seen. What failovers cost: faults.bench.ts. */
import { inject } from '../../src/lab/break/break-and-mend.js';
import type { Fault } from '../../src/lab/break/fault.js';
import { nodeClock } from '../../src/lab/node/clock.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import { watchLab } from '../../src/lab/watch.js';
import { Bench } from '../support/bench.js';
import { TestBed, bundledLab, readTestLab } from '../support/running.js';

const RUNS = 10;

const bed = await TestBed.make();
const bench = new Bench('Failover');

try {
  const lab = readTestLab(await bundledLab('ha-router'), 'failover');
  const running = await bed.upAndReady(lab);
  const router = lab.routers[0];
  if (!router) throw new Error('the lab has no router');

  const seen = bench.figure({
    name: 'a role change on the event stream',
    unit: 'ms',
    atMost: 20,
    method:
      'from the kernel’s event on the node to the event in this process, on one clock (CLOCK_MONOTONIC); keepalived terminated on the MASTER',
  });
  for (let round = 0; round < RUNS; round += 1) {
    const status = await waitUntilReady(running, lab);
    const active = status.routers[0]?.active_on[0] ?? '';
    const now = nodeClock(await (await running.session(active)).hello());
    let arrived: (delay: number) => void = () => undefined;
    const delay = new Promise<number>((resolve) => (arrived = resolve));
    const watching = await watchLab(running, lab, (event) => {
      if (event.type === 'role' && event.role === 'MASTER' && event.node !== active && event.t !== null)
        arrived(now() - event.t);
    });
    const fault: Fault = { kind: 'keepalived', node: active, router: router.id, how: 'terminate' };
    await inject(running, lab, fault);
    seen.add((await delay) * 1000);
    await watching.stop();
    await bed.up(lab);
  }
  bench.finish(bed.runtime.engine);
} finally {
  await bed.end();
}
