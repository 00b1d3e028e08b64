/** What is proposed for something new, and what goes with something old. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dependentsOf } from '../../../../src/model/lab-file/edit/dependents.js';
import { openLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { gatewayOf, nextCidr, nextFreeAddress } from '../../../../src/model/lab-file/edit/propose-addresses.js';
import { nextName, subnetName } from '../../../../src/model/lab-file/edit/propose-names.js';
import {
  associableInstances,
  attachableNetworks,
  attachableSubnets,
  externalNetworks,
  leastLoadedNode,
} from '../../../../src/model/lab-file/edit/proposals.js';

const bundled = (name: string) =>
  openLabFile(readFileSync(new URL(`../../../../labs/${name}/${name}.neutron.yaml`, import.meta.url), 'utf8'));
const ha = bundled('ha-router');
const dual = bundled('dual-stack');
const cidrs = (...list: readonly string[]) =>
  openLabFile(
    `lab: l\nnetworks:\n${list.map((cidr, nth) => `  n${String(nth)}: { subnets: { s${String(nth)}: { cidr: '${cidr}' } } }\n`).join('')}`,
  );

describe('proposals', () => {
  it('go on with the CIDRs that are there, and overlap with none', () => {
    assert.equal(nextCidr(ha, 4), '192.168.30.0/24');
    assert.equal(nextCidr(dual, 4), '192.168.20.0/24');
    assert.equal(nextCidr(openLabFile('lab: l\n'), 4), '192.168.10.0/24');
    assert.equal(nextCidr(cidrs('10.0.1.0/24', '10.0.2.0/24'), 4), '10.0.3.0/24');
    assert.equal(nextCidr(cidrs('10.1.0.0/16', '10.3.0.0/16', '10.2.0.0/16'), 4), '10.4.0.0/16');
    assert.equal(nextCidr(cidrs('192.168.240.0/24', '192.168.250.0/24'), 4), '192.168.251.0/24');
    assert.equal(nextCidr(dual, 6), 'fd00:c::/64');
    assert.equal(nextCidr(openLabFile('lab: l\n'), 6), 'fd00:a::/64');
  });

  it("have Neutron's gateway", () => {
    assert.deepEqual(['192.168.30.0/24', 'fd00:c::/64', '10.0.0.0/3'].map(gatewayOf), [
      '192.168.30.1',
      'fd00:c::',
      '0.0.0.1',
    ]);
    assert.equal(gatewayOf('192.168.'), null);
  });

  it('have a name that is free and goes on as those of its kind', () => {
    assert.deepEqual(
      [
        nextName(ha, 'network'),
        nextName(ha, 'router'),
        nextName(ha, 'instance'),
        nextName(ha, 'node'),
        nextName(ha, 'node', 'network1'),
      ],
      ['net1', 'router1', 'db2', 'compute3', 'network4'],
    );
    assert.equal(nextName(openLabFile('lab: l\ninstances: { vm08: {}, vm09: {} }\n'), 'instance'), 'vm10');
    assert.deepEqual(
      [subnetName(ha, 'red', 4), subnetName(dual, 'red', 6), subnetName(dual, 'blue', 4)],
      ['red-v4', 'red-v6', 'blue-v4-2'],
    );
  });

  it('know where there is room and what can be joined', () => {
    assert.equal(leastLoadedNode(ha), 'compute1');
    assert.equal(leastLoadedNode(openLabFile(ha.text.replace('compute2,', 'compute1,'))), 'compute2');
    assert.equal(nextFreeAddress(ha, 'GATEWAY_SUBNET'), '203.0.113.2');
    assert.deepEqual([externalNetworks(ha), externalNetworks(ha, 'edge')], [['GATEWAY_NET'], []]);
    assert.deepEqual(attachableSubnets(ha, 'edge'), []);
    assert.deepEqual(attachableNetworks(ha, 'web1'), ['green', 'GATEWAY_NET']);
    assert.deepEqual(associableInstances(ha, 'GATEWAY_NET'), ['db1']);
  });

  it('say what goes with a network before it is deleted', () => {
    assert.deepEqual(
      dependentsOf(ha, { kind: 'network', ref: 'blue' }).map(
        ({ resource, relation, outcome }) => `${resource.name} ${relation} ${outcome}`,
      ),
      ['edge interface removed', 'edge route removed', '203.0.113.143 association removed', 'web1 attachment removed'],
    );
    assert.deepEqual(dependentsOf(ha, { kind: 'instance', ref: 'db1' }), []);
  });
});
