import assert from 'node:assert/strict';
import { moreFaults, wrongFigure } from '../../../../src/editor/break/more-faults.js';
import { FAULT_COMMANDS, othersOf, placeOf, placesOf } from '../../../../src/editor/break/fault-choices.js';
import type { LabStatus } from '../../../../src/lab/status.js';

const replica = (node: string, role: 'MASTER' | 'BACKUP') => ({ node, role, remark: null, ha_address: '' });
const node = (name: string, state: 'running' | 'exited' = 'running') => ({
  ...{ name, state, address: null, agents: [], faults: [] },
});
const status: LabStatus = {
  lab: 'a',
  hidden_fault: false,
  nodes: [node('n1'), node('n2'), node('n3'), node('n4', 'exited')],
  networks: [],
  instances: [],
  routers: [
    {
      ...{ id: 'r1', name: 'edge', ha: true, admin_state_up: true, vrid: 1, addresses: {} },
      replicas: [replica('n1', 'BACKUP'), replica('n2', 'MASTER')],
      active_on: ['n2'],
      unseen_on: [],
    },
  ],
};
const about = { lab: 'k', name: 'x' };

describe('Where something is broken', () => {
  it('is the node of a router’s MASTER, of a replica, or the node itself', () => {
    const edge = { id: 'r1', name: 'edge' };
    assert.deepEqual(placeOf({ ...about, kind: 'router', id: 'r1' }, status), { node: 'n2', router: edge });
    const owner = { kind: 'router', ...edge } as const;
    const one = placeOf({ ...about, kind: 'replica', id: 'r1 n1', node: 'n1', owner }, status);
    assert.deepEqual(one, { node: 'n1', router: edge });
    assert.deepEqual(placeOf({ ...about, kind: 'node', id: 'n3', node: 'n3' }, status), { node: 'n3', router: null });
  });

  it('is nowhere for a router without a MASTER', () => {
    assert.equal(placeOf({ ...about, kind: 'router', id: 'r2' }, status), null);
  });

  it('has others: the other replicas, or every other node that runs', () => {
    assert.deepEqual(othersOf({ node: 'n2', router: { id: 'r1', name: 'edge' } }, status), ['n1']);
    assert.deepEqual(othersOf({ node: 'n2', router: null }, status), ['n1', 'n3']);
  });

  it('is offered with the MASTERs first, and never on a node that does not run', () => {
    const offered = placesOf(status).map(
      ({ place, role }) => `${place.router?.name ?? ''} ${place.node} ${role ?? ''}`,
    );
    assert.deepEqual(offered, ['edge n2 MASTER', ' n1 ', ' n2 ', ' n3 ', 'edge n1 BACKUP']);
  });

  it('has more: every kind of fault that the lab file knows, with figures that are checked while they are typed', () => {
    const place = { node: 'n2', router: { id: 'r1', name: 'edge' } };
    const plain = Object.values(FAULT_COMMANDS).map((choice) => choice().fault(place, ['n1']).kind);
    const more = moreFaults().map(({ figures, fault }) =>
      fault(place, ['n1'], Object.fromEntries(figures.map(({ key, proposal }) => [key, proposal]))),
    );
    // These have commands of their own: what they break has to be chosen.
    const kinds = new Set([...plain, ...more.map(({ kind }) => kind), 'restart', 'dhcp']);
    assert.deepEqual([...kinds].sort(), [
      'agent',
      'config',
      'conntrack',
      'dhcp',
      'freeze',
      'impair',
      'keepalived',
      'link',
      'mtu',
      'node',
      'partition',
      'restart',
    ]);
    const priority = moreFaults()
      .flatMap(({ figures }) => figures)
      .find(({ key }) => key === 'priority');
    assert.ok(priority);
    assert.equal(wrongFigure(priority, '100'), null);
    for (const wrong of ['', '0', '255', '1.5', '-3', 'many'])
      assert.match(wrongFigure(priority, wrong) ?? '', /1 .*254/);
  });

  it('is told in a sentence of its own for every fault', () => {
    const place = { node: 'n2', router: { id: 'r1', name: 'edge' } };
    const told = [...Object.values(FAULT_COMMANDS).map((choice) => choice()), ...moreFaults()].map(({ done }) =>
      done(place),
    );
    assert.equal(new Set(told).size, told.length);
    for (const text of told) assert.match(text, /n2.*\.$/);
    const split = FAULT_COMMANDS['neutron-lab.splitBrain']().fault(place, ['n1']);
    assert.deepEqual(split, { kind: 'partition', node: 'n2', from: ['n1'], router: 'r1' });
  });
});
