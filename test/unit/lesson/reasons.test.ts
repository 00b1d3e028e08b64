import assert from 'node:assert/strict';
import { reasonsOf } from '../../../src/lesson/check/verdict.js';
import type { Condition } from '../../../src/lesson/format/lesson.js';
import { unappliedIn } from '../../../src/lesson/run/learners-file.js';
import { labOfText } from '../../support/exported.js';

const common = { why: null, within: 0, line: 1 };
const instance: Condition = { ...common, kind: 'resource', resource: 'instance', name: 'web1', exists: true, has: {} };
const runOn = (on: string): Condition => ({
  ...common,
  kind: 'run',
  on,
  argv: ['true'],
  exit: 0,
  prints: null,
  printsNot: null,
});
const nowhere = (on: string) => ({
  condition: runOn(on),
  holds: false,
  why: `There is no instance "${on}".`,
  unseen: on,
});

describe('why a check does not pass', () => {
  it('is told once, and not again of every place from which nothing could be seen', () => {
    const absent = { condition: instance, holds: false, why: 'The lab has no instance "web1".' };
    assert.deepEqual(reasonsOf({ passed: false, verdicts: [absent, nowhere('web1'), nowhere('web2')] }), [
      'The lab has no instance "web1".',
      'There is no instance "web2".',
    ]);
    assert.deepEqual(reasonsOf({ passed: false, verdicts: [nowhere('web1'), nowhere('web1')] }), [
      'There is no instance "web1".',
    ]);
    const otherWords = { ...nowhere('web1'), why: 'There is no instance or router "web1".' };
    assert.deepEqual(reasonsOf({ passed: false, verdicts: [nowhere('web1'), otherWords] }), [
      'There is no instance "web1".',
    ]);
  });
});

describe('what a learner has written', () => {
  const text = 'lab: mine\nnetworks:\n  blue: { subnets: { v4: { cidr: 192.168.10.0/24 } } }\n';
  const running = labOfText(text, 'mine.neutron.yaml');
  const said = async (written: string): Promise<string | null> =>
    await unappliedIn(
      { name: 'mine.neutron.yaml', read: () => Promise.resolve(written), write: () => Promise.resolve() },
      running,
    );

  it('is what runs, whatever its comments', async () => {
    assert.equal(await said(`# Mine.\n${text}`), null);
  });

  it('is told where it does not run yet', async () => {
    assert.equal(
      await said(`${text}  green: {}\n`),
      'mine.neutron.yaml says something else than what runs: bring the lab up.',
    );
  });

  it('is told where it cannot run, with its line and what may be meant', async () => {
    assert.equal(
      await said(`${text}instnces: {}\n`),
      "mine.neutron.yaml, line 4: 'instnces' is not an attribute here. Did you mean 'instances'? Until that is mended, Up changes nothing.",
    );
  });
});
