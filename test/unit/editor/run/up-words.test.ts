import assert from 'node:assert/strict';
import { UpWords, waitingText } from '../../../../src/editor/run/up-words.js';
import type { EngineStep } from '../../../../src/lab/bring-up/engine-plan.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import type { Step } from '../../../../src/reconcile/step.js';

const { lab } = readLabFile('lab: a\nnodes:\n  n1: { agents: [l3] }\n  n2: {}\n');
const create = (node: string): EngineStep => ({ change: 'create', action: 'create-node', node, why: '' });

describe('What an up says of itself', () => {
  it('counts nodes that start, then nodes that are set up, and never goes back', () => {
    const words = new UpWords();
    const nodes = lab!.nodes.map(({ name }) => name);
    const total = String(nodes.length);
    const shares: (number | null)[] = [];
    const take = (...args: Parameters<UpWords['take']>): string => {
      const { text, share } = words.take(...args);
      shares.push(share);
      return text;
    };
    take({ type: 'lab', lab: lab! });
    for (const node of nodes) {
      take({ type: 'up', event: { type: 'engine', step: create(node), state: 'begin' } });
    }
    const begin = take({ type: 'up', event: { type: 'node', node: nodes[0]!, state: 'begin', changed: 0 } });
    assert.equal(begin, `starting nodes, 1 of ${total}`);
    take({ type: 'up', event: { type: 'planned', node: nodes[0]!, steps: 2 } });
    take({
      type: 'up',
      event: { type: 'step', node: nodes[0]!, step: {} as Step, result: { step: 0, code: 0 } as never },
    });
    const done = take({ type: 'up', event: { type: 'node', node: nodes[0]!, state: 'done', changed: 2 } });
    assert.equal(done, `setting up nodes, 1 of ${total}`);
    take({ type: 'waiting', missing: ['router edge has no MASTER yet'] });
    const numbers = shares.filter((share) => share !== null);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
    assert.ok(
      numbers.every((share) => share >= 0 && share < 1),
      'ready is told by the end, not by a share',
    );
  });

  it('names what is waited for first, and how much more there is', () => {
    assert.equal(waitingText(['router edge has no MASTER yet']), 'waiting: router edge has no MASTER yet');
    assert.equal(waitingText(['a', 'b', 'c']), 'waiting: a, and 2 more');
  });
});
