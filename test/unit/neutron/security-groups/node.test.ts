import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Lab } from '../../../../src/model/resources.js';
import type { DesiredItem } from '../../../../src/neutron/node-state.js';
import { realise } from '../../../../src/neutron/realise.js';
import { allocateZones, withZonesOf, zonesOf } from '../../../../src/neutron/security-groups/conntrack-zones.js';
import { labFromCloud, loadCloud } from '../../../support/cloud.js';

const UNDERLAY = {
  addresses: { net1: '172.20.0.11', net2: '172.20.0.12', net3: '172.20.0.13', outside: '172.20.0.9' },
};
const LAB = labFromCloud(loadCloud('08-security-groups'));

function itemsOf(lab: Lab, node: string): readonly DesiredItem[] {
  return realise(lab, UNDERLAY).find((state) => state.node === node)?.items ?? [];
}

function setsOf(lab: Lab, node: string): readonly string[][] {
  return itemsOf(lab, node).flatMap((item) => (item.kind === 'ipset' ? [[item.name, ...item.members]] : []));
}

describe('what a node filters', () => {
  it('shows frames to iptables only where a port is filtered', () => {
    const settings = (lab: Lab, node: string): string[] =>
      itemsOf(lab, node).flatMap((item) =>
        item.kind === 'sysctl' && item.name.startsWith('net.bridge.') ? [item.value] : [],
      );
    assert.deepEqual(settings(LAB, 'net1'), ['1', '1']);
    assert.deepEqual(settings(LAB, 'net3'), ['0', '0'], 'a port without port security');
    const outside = { ...LAB, nodes: [...LAB.nodes, { name: 'outside', agents: [] }] };
    assert.deepEqual(settings(outside, 'outside'), ['0', '0']);
    assert.ok(!itemsOf(outside, 'outside').some(({ kind }) => kind === 'ruleset'), 'no agent of Neutron is outside');
  });

  it('has a set for a group only where a rule names it, with the members of all nodes and their pairs', () => {
    const web = LAB.security_groups.find(({ name }) => name === 'web')!;
    const pair = { ip_address: '10.6.7.0/24', mac_address: 'fa:16:3e:00:00:01' };
    const everyone = { ip_address: '0.0.0.0/0', mac_address: 'fa:16:3e:00:00:02' };
    const name = `NIPv4${web.id}`.slice(0, 29);
    assert.deepEqual(setsOf(LAB, 'net1'), [[name, '10.6.0.235', '10.6.0.86']]);
    assert.deepEqual(setsOf(LAB, 'net3'), []);
    const member = LAB.ports.find(({ security_groups: groups }) => groups.includes(web.id))!;
    const paired = (...added: readonly (typeof pair)[]): Lab => ({
      ...LAB,
      ports: LAB.ports.map((port) => (port === member ? { ...port, allowed_address_pairs: added } : port)),
    });
    assert.deepEqual(setsOf(paired(pair), 'net2'), [[name, '10.6.0.235', '10.6.0.86', '10.6.7.0/24']]);
    // A set cannot hold a network with a prefix of 0.
    assert.deepEqual(setsOf(paired(everyone), 'net2'), [[name, '0.0.0.0/1', '10.6.0.235', '10.6.0.86', '128.0.0.0/1']]);
  });
});

describe('conntrack zones', () => {
  it('count from 4097, one for each bridge', () => {
    assert.deepEqual(
      [...allocateZones(['brqb', 'brqa', 'brqb'])],
      [
        ['brqb', 4097],
        ['brqa', 4098],
      ],
    );
    assert.equal(allocateZones(['brqb'], new Map([['brqa', 65535]])).get('brqb'), 4097);
  });

  it('stay what they are on the node, and differ from one another', () => {
    const bridge = fc.stringMatching(/^brq[0-9a-f]{4}$/);
    const some = fc.uniqueArray(bridge, { maxLength: 8 });
    fc.assert(
      fc.property(some, some, fc.integer({ min: 4097, max: 65530 }), (before, after, first) => {
        const known = new Map(before.map((name, index) => [name, Math.min(first + index, 65535)]));
        const ruleset = (zones: ReadonlyMap<string, number>): string =>
          [...zones]
            .map(([name, zone]) => `-A x -i ${name} -m comment --comment "y" -j CT --zone ${String(zone)}`)
            .join('\n');
        if (new Set(known.values()).size < known.size) return;
        const kept = zonesOf(withZonesOf(ruleset(allocateZones(after)), ruleset(known)));
        assert.deepEqual([...kept.keys()], after);
        assert.equal(new Set(kept.values()).size, after.length);
        for (const name of after) if (known.has(name)) assert.equal(kept.get(name), known.get(name));
      }),
    );
  });
});
