import assert from 'node:assert/strict';
import { tellingEvents } from '../../../src/cli/told-events.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import type { LabEvent } from '../../../src/lab/watch.js';

describe('Events that `status --watch` tells', () => {
  it('go on after one that could not be told, in their order, and the person hears of it', async () => {
    // Events of nodes alone name no fault: nobody is asked.
    const nobody = {} as unknown as RunningLab;
    const told: string[] = [];
    const failures: unknown[] = [];
    await new Promise<void>((resolve) => {
      const tell = tellingEvents(
        nobody,
        (event) => {
          assert.ok(event.type === 'node');
          if (event.node === 'network2') throw new TypeError('cannot be drawn');
          told.push(event.node);
          if (event.node === 'network3') resolve();
        },
        (error) => failures.push(error),
      );
      for (const node of ['network1', 'network2', 'network3'])
        tell({ type: 'node', node, state: 'running' } satisfies LabEvent);
    });
    assert.deepEqual(told, ['network1', 'network3']);
    assert.deepEqual(failures.map(String), ['TypeError: cannot be drawn']);
  });
});
