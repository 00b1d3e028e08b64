import assert from 'node:assert/strict';
import { aimAt } from '../../../src/experiment/aim.js';
import { FAULT_WORDS, type FaultWord } from '../../../src/model/scenario.js';
import { TEXT, sampleLab, sampleStatus } from '../cli/sample-lab.js';

/** What a fault cannot do without. */
const NEEDED: Partial<Record<FaultWord, Record<string, unknown>>> = {
  dhcp: { network: 'blue' },
  impair: { delay: 20 },
  mtu: { mtu: 1200 },
  config: { priority: 100 },
};

const lab = sampleLab();
const status = sampleStatus(lab);
const aim = (fault: FaultWord, more = NEEDED[fault] ?? {}, on: string | null = 'edge', now = status) =>
  aimAt({ fault, at: 0, heal: null, on, replica: 'MASTER', more }, lab, now);

describe('What a fault of a scenario strikes', () => {
  for (const fault of FAULT_WORDS) {
    it(`is the node of the MASTER where ${fault} names the router`, () => {
      const { faults, as } = aim(fault);
      assert.deepEqual(
        faults.map(({ node }) => node),
        ['network1'],
      );
      assert.equal(as, fault === 'dhcp' ? '' : 'where edge is MASTER');
    });
  }

  it('is the node that serves a network, whoever is MASTER or nobody', () => {
    const nobody = { ...status, routers: status.routers.map((router) => ({ ...router, active_on: [] })) };
    assert.equal(aim('dhcp', { network: 'blue' }, null, nobody).faults[0]?.node, 'network1');
    assert.throws(() => aim('keepalived', {}, null, nobody), /has no MASTER to break/);
  });

  it('is the router that is named beside its node', () => {
    const [edge] = status.routers;
    assert.ok(edge);
    const two = { ...status, routers: [{ ...edge, id: 'other', name: 'other' }, edge] };
    const [fault] = aim('keepalived', { router: 'edge' }, 'network1', two).faults;
    assert.ok(fault?.kind === 'keepalived' && fault.router === edge.id);
    assert.throws(() => aim('keepalived', {}, 'network1', two), /is not clear/);
    assert.throws(() => aim('keepalived', { router: 'third' }, 'network1', two), /"third" is not on "network1"/);
  });

  it('is nothing where a legacy router lacks what would break', () => {
    const legacy = sampleLab(TEXT.replace('ha: true', 'ha: false'));
    const now = sampleStatus(legacy);
    const routers = now.routers.map((one) => ({ ...one, ha: false }));
    const strike = (fault: FaultWord, more: Record<string, unknown> = {}) =>
      aimAt({ fault, at: 0, heal: null, on: 'edge', replica: 'MASTER', more }, legacy, { ...now, routers });
    assert.throws(() => strike('link'), /"edge" is a legacy router: it has no ha- interface/);
    assert.throws(() => strike('keepalived'), /it has no keepalived/);
    assert.throws(() => strike('config', { priority: 100 }), /it has no keepalived/);
    assert.throws(() => strike('partition'), /it has no advertisements that could be lost/);
    assert.equal(strike('link', { device: 'qr' }).faults[0]?.kind, 'link');
  });

  it('is never a node that loses itself', () => {
    assert.throws(() => aim('partition', { from: ['network1'] }), /network1 cannot lose itself/);
  });
});
