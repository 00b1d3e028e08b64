import assert from 'node:assert/strict';
import { demandRow } from '../../../src/editor/missing-row.js';

describe('A command of a row', () => {
  it('says so when VS Code had drawn the row anew and gives none', () => {
    assert.throws(() => {
      demandRow('neutron-lab.restartNode', 1, [undefined]);
    }, /nothing was done/);
  });

  it('runs with its row, and without one where it needs none', () => {
    demandRow('neutron-lab.restartNode', 1, [{ row: {} }]);
    demandRow('neutron-lab.engineTrouble', 0, [undefined]);
    demandRow('neutron-lab.up', 1, [undefined]);
    demandRow('neutron-lab.newProbe', 1, []);
  });
});
