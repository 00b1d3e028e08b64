import assert from 'node:assert/strict';
import { Watchpoint } from '../../../src/experiment/watchpoint.js';

describe('Waiting for something while events come in', () => {
  it('ends with what was reached, or when the time is over', async () => {
    const watchpoint = new Watchpoint();
    let there = false;
    const waiting = watchpoint.until(() => there, 60, undefined);
    there = true;
    watchpoint.stir();
    assert.equal(await waiting, true);
    assert.equal(await watchpoint.until(() => false, 0, undefined), false);
  });

  it('is refused to who is interrupted, before or meanwhile: nothing goes on as if the time were over', async () => {
    const watchpoint = new Watchpoint();
    const ending = new AbortController();
    const waiting = watchpoint.until(() => false, 60, ending.signal);
    ending.abort();
    await assert.rejects(waiting, { code: 'Interrupted' });
    await assert.rejects(
      watchpoint.until(() => true, 60, ending.signal),
      { code: 'Interrupted' },
    );
  });
});
