import assert from 'node:assert/strict';
import { ToldInOrder } from '../../../src/experiment/told-in-order.js';

interface Event {
  readonly t: number;
  readonly what: string;
}

describe('What is told while it happens', () => {
  it('is told in the order of its times, whichever came first, and without anybody asking for it', async () => {
    const told: string[] = [];
    await new Promise<void>((resolve) => {
      const order = new ToldInOrder<Event>(({ what }) => {
        told.push(what);
        if (what === 'last') resolve();
      });
      order.add({ t: 20, what: 'network1 MASTER' });
      setTimeout(() => {
        order.add({ t: 10, what: 'network2 BACKUP' });
        order.add({ t: 30, what: 'last' });
      }, 100);
    });
    assert.deepEqual(told, ['network2 BACKUP', 'network1 MASTER', 'last']);
  });

  it('is not held back for longer than one would notice', async () => {
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const order = new ToldInOrder<Event>(() => {
        resolve();
      });
      order.add({ t: 0, what: 'fault' });
      // What comes later does not hold back what came before.
      setTimeout(() => {
        order.add({ t: 5, what: 'role' });
      }, 200);
    });
    assert.ok(performance.now() - began < 1000);
  });

  it('loses nothing at its end, and keeps those of one time as they came', () => {
    const told: string[] = [];
    const order = new ToldInOrder<Event>(({ what }) => told.push(what));
    order.add({ t: 2, what: 'c' });
    order.add({ t: 1, what: 'a' });
    order.add({ t: 1, what: 'b' });
    assert.deepEqual(told, []);
    order.flush();
    assert.deepEqual(told, ['a', 'b', 'c']);
    order.flush();
    assert.equal(told.length, 3);
  });
});
