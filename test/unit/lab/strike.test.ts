import assert from 'node:assert/strict';
import { strikesOf } from '../../../src/lab/break/strike.js';
import { replicaPlaces } from '../../../src/lab/replica.js';
import { indexLab } from '../../../src/model/lab-queries.js';
import type { ObservedDocument } from '../../../src/reconcile/observed-document.js';
import { sampleLab } from '../cli/sample-lab.js';

describe('What a fault does on a node', () => {
  it('kills keepalived so that neither process hears of the death of the other, and takes its leave', () => {
    const lab = sampleLab();
    const router = lab.routers[0]?.id ?? '';
    const pidFile = replicaPlaces(indexLab(lab))[0]?.pidFile ?? '';
    const processes = [
      { pidFile, pid: 34 },
      { pidFile: `${pidFile}-vrrp`, pid: 38 },
    ];
    const document = { processes } as unknown as ObservedDocument;
    const ground = { lab, document, address: () => null };
    const [strike] = strikesOf({ kind: 'keepalived', node: 'network1', router, how: 'kill' }, ground);
    assert.deepEqual(
      strike?.steps.map(({ action }) => (action.type === 'run' ? action.argv : action.type)),
      [
        ['kill', '-STOP', '34', '38'],
        ['kill', '-KILL', '34', '38'],
      ],
    );
  });
});
