import assert from 'node:assert/strict';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { type BringUpProgress, bringUpLab, repairLab } from '../../../src/lab/bring-up/bring-up.js';
import { createUnderlay } from '../../../src/lab/bring-up/engine-steps.js';
import { down } from '../../../src/lab/bring-up/down.js';
import { type Intent, readIntent } from '../../../src/lab/bring-up/intent.js';
import { LabError } from '../../../src/model/errors.js';
import { testLabName } from '../../support/lab-name.js';
import { readTestLab } from '../../support/running.js';

const TEXT = `lab: bring-up
nodes: { network1: { agents: [l3] }, network2: { agents: [l3] } }
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24, enable_dhcp: false } } } }
routers: { edge: { ha: true, interfaces: [blue-v4] } }
`;
const name = testLabName('bring-up');

describe('a lab that is brought up with its progress told', function () {
  this.timeout(120_000);
  let runtime: Runtime;
  before(async () => {
    runtime = await openRuntime();
  });
  after(async () => {
    await down(runtime, name);
    runtime.close();
  });

  const intent = (): Promise<Intent> =>
    readIntent(runtime, `lab: ${name}\n${TEXT.replace(/^.*\n/, '')}`, (held) => ({
      lab: readTestLab(TEXT, 'bring-up', held ?? undefined),
      warnings: [],
    }));
  const options = (onProgress: (progress: BringUpProgress) => void = () => undefined, signal?: AbortSignal) => ({
    version: 'test',
    signal: signal ?? new AbortController().signal,
    onProgress,
  });

  it('stops where it is cancelled, and the next one goes on from there', async () => {
    const abort = new AbortController();
    const stopped = bringUpLab(
      runtime,
      intent,
      options((progress) => {
        // The first container is there, and nothing is set up.
        if (progress.type === 'up' && progress.event.type === 'engine' && progress.event.step.node !== null) {
          if (progress.event.state === 'done') abort.abort();
        }
      }, abort.signal),
    );
    await assert.rejects(stopped, (error) => error instanceof LabError && error.code === 'Interrupted');
    const left = (await runtime.listNodes(name)).map(({ id }) => id);
    assert.ok(left.length > 0, 'what was done stays');

    const { changed, status } = await bringUpLab(runtime, intent, options());
    assert.ok(changed > 0);
    assert.equal(status.routers[0]?.active_on.length, 1);
    const now = (await runtime.listNodes(name)).map(({ id }) => id);
    assert.ok(
      left.every((id) => now.includes(id)),
      'a container that was there is used',
    );
  });

  it('is made again what was applied, without its file', async () => {
    const [node] = await runtime.listNodes(name);
    await runtime.kill(node!.id);
    const repaired = await repairLab(runtime, name, options());
    assert.ok(repaired && repaired.changed > 0);
    const again = await bringUpLab(runtime, intent, options());
    assert.equal(again.changed, 0);
  });

  it('has one underlay, however many make it at the same moment', async () => {
    const lab = `${name}-at-once`;
    const engines = await Promise.all([0, 1, 2, 3].map(() => openRuntime()));
    try {
      await Promise.all(engines.map((engine) => createUnderlay(engine, lab, 'test')));
      const made = await runtime.listUnderlays(lab);
      assert.equal(made.length, 1, JSON.stringify(made));
    } finally {
      for (const { id } of await runtime.listUnderlays(lab)) await runtime.removeUnderlay(id);
      for (const engine of engines) engine.close();
    }
  });

  it('is nothing that could be repaired where nothing of it runs', async () => {
    assert.equal(await repairLab(runtime, `${name}-none`, options()), null);
  });
});
