import assert from 'node:assert/strict';
import type { Lab, Network, Subnet } from '../../../src/model/resources.js';
import type { DesiredItem } from '../../../src/neutron/node-state.js';
import { realise } from '../../../src/neutron/realise.js';
import { labFromCloud, loadCloud } from '../../support/cloud.js';

const UNDERLAY = {
  addresses: { net1: '172.20.0.11', net2: '172.20.0.12', net3: '172.20.0.13', outside: '172.20.0.250' },
};
const LAB: Lab = addOutside(labFromCloud(loadCloud('04-ha-dual-stack-gateway')));
const EXTERNAL = LAB.networks.find((network) => network['router:external'])!;
const BRIDGE = `brq${EXTERNAL.id.slice(0, 11)}`;

function addOutside(lab: Lab): Lab {
  return { ...lab, nodes: [...lab.nodes, { name: 'outside', agents: [] }] };
}

function outside(lab: Lab): readonly DesiredItem[] {
  return realise(lab, UNDERLAY).find(({ node }) => node === 'outside')!.items;
}

function addresses(items: readonly DesiredItem[]): readonly string[] {
  return items.flatMap((item) => (item.kind === 'address' ? [`${item.address} ${item.device}`] : []));
}

function changeExternal(change: Partial<Subnet>): Lab {
  return {
    ...LAB,
    subnets: LAB.subnets.map((subnet) => (subnet.name === 'ext-0' ? { ...subnet, ...change } : subnet)),
  };
}

describe('the outside', () => {
  it('has the gateway addresses of the external networks, of both families', () => {
    assert.deepEqual([...addresses(outside(LAB))].sort(), [
      `198.51.100.1/24 ${BRIDGE}`,
      `2001:db8:113::1/64 ${BRIDGE}`,
    ]);
  });

  it('is flooded to by the nodes that have a gateway, and floods to them', () => {
    const flood = (node: string) =>
      realise(LAB, UNDERLAY)
        .find((state) => state.node === node)!
        .items.flatMap((item) => (item.kind === 'fdb' && item.device === 'vxlan-661' ? [item.destination] : []));
    assert.deepEqual(flood('outside'), ['172.20.0.11', '172.20.0.12', '172.20.0.13']);
    assert.ok(flood('net1').includes('172.20.0.250'));
  });

  it('answers at any address, and at none that only a tenant has', () => {
    const routes = outside(LAB).flatMap((item) => (item.kind === 'route' ? [`${item.type} ${item.destination}`] : []));
    assert.equal(routes.filter((route) => route === 'local default').length, 2);
    for (const range of [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '169.254.0.0/16',
      '100.64.0.0/10',
      'fc00::/7',
    ])
      assert.ok(routes.includes(`unreachable ${range}`), range);
  });

  it('keeps the way to an external network that has a private range', () => {
    const lab = changeExternal({ cidr: '192.168.0.0/16', gateway_ip: '192.168.0.1' });
    const unreachable = outside(lab).flatMap((item) =>
      item.kind === 'route' && item.type === 'unreachable' ? [item.destination] : [],
    );
    assert.ok(!unreachable.includes('192.168.0.0/16'));
    assert.ok(unreachable.includes('10.0.0.0/8'));
  });

  it('has a gateway outside its subnet as a host, with the subnet on the link', () => {
    const items = outside(changeExternal({ gateway_ip: '203.0.113.1' }));
    assert.ok(addresses(items).includes(`203.0.113.1/32 ${BRIDGE}`));
    assert.ok(
      items.some((item) => item.kind === 'route' && item.destination === '198.51.100.0/24' && item.scope === 'link'),
    );
  });

  it('leaves a gateway address alone that a port of the lab has', () => {
    const lab = changeExternal({ gateway_ip: '198.51.100.183' });
    assert.ok(!addresses(outside(lab)).some((address) => address.startsWith('198.51.100.')));
  });

  it('is upstream of the first of two external networks that overlap', () => {
    const other: Network = { ...EXTERNAL, id: 'ffffffff-0000-4000-8000-000000000001', 'provider:segmentation_id': 9 };
    const subnet: Subnet = { ...LAB.subnets.find(({ name }) => name === 'ext-0')!, id: 'x', network_id: other.id };
    const items = outside({ ...LAB, networks: [...LAB.networks, other], subnets: [...LAB.subnets, subnet] });
    assert.equal(items.filter((item) => item.kind === 'link' && item.type === 'bridge').length, 1);
  });
});
