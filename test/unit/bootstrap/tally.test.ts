import assert from 'node:assert/strict';
import { add, lastWord, minus, nothing, tallyOf } from '../../../src/bootstrap/tally.mjs';

const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const start = { event: 'start', title: 'a router forwards' };
const pass = { event: 'pass', title: 'a router forwards', ms: 3 };
const fail = { event: 'fail', title: 'a router forwards', ms: 3, message: 'it does not' };
const skip = { event: 'skip', title: 'IPVS balances', reason: 'the kernel has no IPVS.' };
const end = { event: 'end' };

describe('The sum of a test run', () => {
  it('counts what passed, failed and was skipped', () => {
    const { tally, running } = tallyOf(lines(start, pass, start, pass, start, fail, skip, end), 1);
    assert.deepEqual(tally, { passed: 2, failed: 1, skipped: 1 });
    assert.equal(running, null);
  });

  it('counts a run that was ended as failed, and names the test that was under way', () => {
    const { tally, running } = tallyOf(lines(start, pass, { event: 'start', title: 'a stuck one' }), 137);
    assert.deepEqual(tally, { passed: 1, failed: 1, skipped: 0 });
    assert.equal(running, 'a stuck one');
  });

  it('counts a run that was interrupted in a test as failed, whatever its exit code says', () => {
    const { tally, running } = tallyOf(lines(start, end), 0);
    assert.deepEqual(tally, { passed: 0, failed: 1, skipped: 0 });
    assert.equal(running, 'a router forwards');
  });

  it('counts a mocha that never began as failed', () => {
    assert.deepEqual(tallyOf('', 1).tally, { passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a mocha that fails without a failed test as failed', () => {
    assert.deepEqual(tallyOf(lines(start, pass, end), 7).tally, { passed: 1, failed: 1, skipped: 0 });
  });

  it('lives with a last line that was cut off', () => {
    assert.deepEqual(tallyOf(`${lines(start, pass)}{"event":"pa`, 137).tally, { passed: 1, failed: 1, skipped: 0 });
  });

  it('counts by file, so that one that ran again can take the place of its first run', () => {
    const file = 'test/functional/lab/router.test.ts';
    const { tally, files, failed } = tallyOf(
      lines(start, { ...pass, file }, start, { ...fail, file }, start, pass, end),
      1,
    );
    const sum = files.get(file);
    assert.deepEqual(sum, { passed: 1, failed: 1, skipped: 0 });
    assert.deepEqual(failed, [{ title: 'a router forwards', file }]);
    assert.deepEqual(minus(tally, sum), { passed: 1, failed: 0, skipped: 0 });
  });

  it('tells how long each file took, with what it set up before its first test', () => {
    const [one, other] = ['one.test.ts', 'other.test.ts'];
    const { times } = tallyOf(
      lines(
        { event: 'begin', at: 1000 },
        { ...start, at: 1500 },
        { ...pass, file: one, at: 2000 },
        { ...pass, file: one, at: 2100 },
        { ...pass, file: other, at: 2600 },
        end,
      ),
      0,
    );
    assert.deepEqual(
      [...times],
      [
        [one, 1100],
        [other, 500],
      ],
    );
  });

  it('ends in one line', () => {
    const sum = add({ passed: 2, failed: 0, skipped: 1 }, add(nothing, { passed: 1, failed: 1, skipped: 0 }));
    assert.equal(lastWord(sum), '3 passed, 1 failed, 1 skipped');
  });
});
