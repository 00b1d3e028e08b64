import assert from 'node:assert/strict';
import { dhcpRuleset } from '../../../src/neutron/iptables/dhcp-rules.js';
import type { ResourceRef } from '../../../src/model/resources.js';
import type { DesiredItem, RulesetItem } from '../../../src/neutron/node-state.js';
import { planNode } from '../../../src/reconcile/plan.js';

const router: ResourceRef = { kind: 'router', id: '79db30c1-b715-4eb5-944e-1ce6c4d8cee7', name: 'edge' };
const FILTER = '*filter\n:INPUT ACCEPT\n:own -\n-A INPUT -j own\nCOMMIT\n';
const NAT = '*nat\n:PREROUTING ACCEPT\n:POSTROUTING ACCEPT\nCOMMIT\n';

/** What is given to iptables-restore on the way from one text to the other; null where nothing is. */
function input(desired: string, observed: string): { stdin: string | undefined; why: string } | null {
  const item: RulesetItem = { kind: 'ruleset', namespace: 'qrouter-79db30c1', family: 4, text: desired };
  const wanted: DesiredItem = { ...item, resource: router, why: 'because' };
  const present: RulesetItem = { ...item, text: observed };
  const [step, ...more] = planNode(
    { node: 'network1', items: [wanted] },
    { node: 'network1', items: [present] },
    new Map(),
  );
  assert.deepEqual(more, []);
  if (step === undefined) return null;
  assert.ok(step.action.type === 'run');
  assert.deepEqual(step.action.argv, ['iptables-restore']);
  return { stdin: step.action.stdin, why: step.why };
}

describe('the rules of a namespace that change', () => {
  it('are restored table by table: one that is right is not named', () => {
    const observed = FILTER.replace('-A INPUT -j own\n', '') + NAT;
    assert.deepEqual(input(FILTER + NAT, observed), {
      stdin: FILTER,
      why: 'because (now the rules of filter differ)',
    });
  });

  it('are all restored where all differ, each with its own lines only', () => {
    const other = dhcpRuleset(4);
    assert.equal(input(other, '')?.stdin, other);
  });

  it('let everything through again in a table that nobody asks for any more', () => {
    const stray = '*nat\n:PREROUTING DROP [5:300]\n:mine - [0:0]\n-A PREROUTING -j mine\nCOMMIT\n';
    assert.equal(input(FILTER, FILTER + stray)?.stdin, '*nat\n:PREROUTING ACCEPT\nCOMMIT\n');
  });

  it('are left alone where only counters and tables without a rule are otherwise', () => {
    assert.equal(input(FILTER, FILTER.replaceAll('ACCEPT', 'ACCEPT [7:420]') + NAT), null);
  });
});
