import assert from 'node:assert/strict';
import { explain } from '../../../src/experiment/explain.js';
import { predictOutage } from '../../../src/experiment/theory.js';
import type { RoleChange } from '../../../src/experiment/experiment-report.js';

const theory = predictOutage({ fault: 'keepalived-child-killed', advertInt: 2, priority: 50, version: 2 });
const judged = (outage: number, ...roles: RoleChange[]) =>
  explain({ outage, theory, expected: null, takeover: null, roles, activeBefore: 'network1' });

describe('What is said of an outage that is shorter than theory has it', () => {
  it('is for how long the old MASTER forwarded on, where its addresses went late', () => {
    const { agrees, explanation } = judged(
      2.88,
      { at_s: 2.03, node: 'network1', role: 'BACKUP' },
      { at_s: 4.9, node: 'network2', role: 'MASTER' },
    );
    assert.equal(agrees, false);
    assert.match(explanation, /: network1 had its addresses for 2\.03 s after the fault, and its kernel forwarded on/);
  });

  it('is no more than is known, where they went at once or nothing was heard of them', () => {
    for (const roles of [[{ at_s: 0.02, node: 'network1', role: 'BACKUP' } as const], []])
      assert.match(judged(2.88, ...roles).explanation, /the packets found another way/);
  });
});
