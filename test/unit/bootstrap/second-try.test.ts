import assert from 'node:assert/strict';
import { judgeAgain, onlyThese, secondTries } from '../../../src/bootstrap/second-try.mjs';
import { nothing } from '../../../src/bootstrap/tally.mjs';

const WHOLE = 'test/functional/lab/router.test.ts';
const LESSONS = 'test/functional/lesson/lessons.test.ts';
const ended = (file: string, passed: number, ...titles: string[]) => ({
  files: new Map([[file, { passed, failed: titles.length, skipped: 0 }]]),
  failed: titles.map((title) => ({ title, file })),
});

describe('a second try of what failed beside other tests', () => {
  it('runs a file as a whole, and of lessons only those that failed', () => {
    const tries = secondTries([ended(WHOLE, 7, 'routes'), ended(LESSONS, 14, 'lesson 12'), ended('other.test.ts', 3)]);
    assert.deepEqual(tries, [
      { files: [WHOLE], failed: ['routes'], instead: { passed: 7, failed: 1, skipped: 0 } },
      {
        files: [LESSONS],
        failed: ['lesson 12'],
        instead: { passed: 0, failed: 1, skipped: 0 },
        grep: '^(?:lesson 12)$',
      },
    ]);
  });

  it('is not given where too much failed to be an accident', () => {
    assert.deepEqual(secondTries(['a', 'b', 'c', 'd'].map((name) => ended(`${name}.test.ts`, 0, name))), []);
  });

  it('chooses by whole titles, whatever stands in them', () => {
    const again = new RegExp(onlyThese(['ha router (2 nodes) is up', 'a.b']));
    assert.ok(again.test('ha router (2 nodes) is up'));
    assert.ok(again.test('a.b'));
    assert.ok(!again.test('ha router (2 nodes) is up again'));
    assert.ok(!again.test('aXb'));
  });

  it('counts instead of the first, and names what passed now', () => {
    const [first] = secondTries([ended(LESSONS, 13, 'lesson 11', 'lesson 12')]);
    assert.ok(first);
    const tally = { passed: 1, failed: 1, skipped: 0 };
    const again = { late: false, tally, failed: [{ title: 'lesson 12', file: LESSONS }] };
    assert.deepEqual(judgeAgain(first, again), {
      without: { passed: 0, failed: 2, skipped: 0 },
      passed: ['lesson 11'],
    });
  });

  it('excuses nothing where it was not run: over its time, or a hook that no title chooses', () => {
    const [first] = secondTries([ended(LESSONS, 13, '"before all" hook')]);
    assert.ok(first);
    assert.deepEqual(judgeAgain(first, { late: false, tally: nothing, failed: [] }), { without: nothing, passed: [] });
    const late = { passed: 1, failed: 1, skipped: 0 };
    assert.deepEqual(judgeAgain(first, { late: true, tally: late, failed: [] }), { without: late, passed: [] });
  });
});
