import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { indexLab } from '../../../src/model/lab-queries.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { Port } from '../../../src/model/resources.js';
import { labOf, problemsOf } from './support.js';

const read = (name: string): string => readFileSync(`labs/${name}/${name}.neutron.yaml`, 'utf8');
const addressesOf = (port: Port | null): string[] => (port?.fixed_ips ?? []).map((ip) => ip.ip_address);

describe('the labs of the house', () => {
  for (const name of ['ha-router', 'legacy-router', 'dual-stack']) {
    it(`${name} is right, and the same each time`, () => {
      const first = readLabFile(read(name));
      assert.deepEqual(first.problems, []);
      assert.equal(first.lab?.name, name);
      assert.deepEqual(readLabFile(read(name)), first);
    });
  }

  it('replicates an HA router on three nodes as Neutron does', () => {
    const lab = labOf(read('ha-router'));
    const index = indexLab(lab);
    const [edge] = lab.routers;
    assert.ok(edge);
    assert.deepEqual(lab.router_l3_agents[edge.id], ['network1', 'network2', 'network3']);
    const owners = index.portsOfRouter(edge.id).map((port) => [port.device_owner, port['binding:host_id']]);
    assert.deepEqual(owners, [
      ['network:ha_router_replicated_interface', ''],
      ['network:ha_router_replicated_interface', ''],
      ['network:router_gateway', ''],
      ['network:router_ha_interface', 'network1'],
      ['network:router_ha_interface', 'network2'],
      ['network:router_ha_interface', 'network3'],
    ]);
    assert.ok(index.haNetwork);
    assert.match(index.haNetwork.name, /^HA network tenant [0-9a-f]{32}$/);
    assert.equal(index.haNetwork.project_id, '');
    const [subnet] = index.subnetsOfNetwork(index.haNetwork.id);
    assert.equal(subnet?.cidr, '169.254.192.0/18');
    assert.deepEqual(subnet.allocation_pools, [{ start: '169.254.192.1', end: '169.254.255.254' }]);
    for (const port of index.haPorts(edge.id)) assert.match(addressesOf(port)[0] ?? '', /^169\.254\.19[2-5]\./);
    assert.deepEqual(index.interfacePorts(edge.id).flatMap(addressesOf), ['192.168.10.1', '192.168.20.1']);
    assert.equal(index.haPort(edge.id, 'network2')?.['binding:host_id'], 'network2');
  });

  it('gives DHCP ports the second address and instances one further on', () => {
    const lab = labOf(read('ha-router'));
    const index = indexLab(lab);
    const blue = lab.networks.find(({ name }) => name === 'blue');
    assert.ok(blue);
    const [dhcp] = index.dhcpPorts(blue.id);
    assert.deepEqual(addressesOf(dhcp ?? null), ['192.168.10.2']);
    assert.match(dhcp?.device_id ?? '', new RegExp(`^dhcp[0-9a-f-]{36}-${blue.id}$`));
    assert.deepEqual(
      lab.networks.map(({ mtu }) => mtu),
      [1450, 1450, 1450, 1450],
    );
    assert.deepEqual(lab.nodes.at(-1), { name: 'outside', agents: [] });
  });

  it('derives the router of a floating IP', () => {
    const lab = labOf(read('legacy-router'));
    const [fip] = lab.floatingips;
    const web1 = lab.instances.find(({ name }) => name === 'web1');
    assert.equal(fip?.router_id, lab.routers[0]?.id);
    assert.equal(fip?.port_id, web1?.ports[0]);
    assert.equal(fip?.floating_ip_address, '203.0.113.80');
  });

  it('gives hosts EUI-64 addresses in a SLAAC subnet, and a router the network address on a port of its own', () => {
    const lab = labOf(read('dual-stack'));
    const index = indexLab(lab);
    const router = lab.routers[0]?.id ?? '';
    assert.deepEqual(index.interfacePorts(router).map(addressesOf), [['192.168.10.1'], ['fd00:b::']]);
    const hosts = lab.ports.filter(({ device_owner: owner }) => owner === 'compute:nova' || owner === 'network:dhcp');
    for (const port of hosts) assert.match(addressesOf(port)[1] ?? '', /^fd00:b::f816:3eff:fe/);
    assert.equal(addressesOf(index.gatewayPort(router)).length, 2);
  });
});

describe("the device id of Neutron's DHCP ports", () => {
  it('is that of the reference for a host of the same name', () => {
    const id = 'af274fe0-8a38-4baa-9cdd-360f9b1e491b';
    const lab = labOf(
      `{ lab: l, nodes: { net2: { agents: [dhcp] } }, networks: { green: { id: ${id}, subnets: { g: { cidr: 192.168.20.0/24 } } } } }`,
    );
    assert.equal(lab.ports[0]?.device_id, `dhcp742861f7-42d3-5e87-ab60-4dd2d1ecd153-${id}`);
  });
});

describe('long forms', () => {
  const text = `
lab: long
nodes: { n1: { agents: [l3, dhcp] }, n2: { agents: [l3] }, c1: {} }
networks:
  ext: { router:external: true, subnets: [{ name: e, cidr: 203.0.113.0/24, enable_dhcp: false, allocation_pools: [{ start: 203.0.113.100, end: 203.0.113.110 }] }] }
  a:
    id: 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb
    provider:segmentation_id: 77
    mtu: 1400
    subnets: { s: { cidr: 10.1.0.0/24 }, t: { cidr: 10.2.0.0/24, gateway_ip: null } }
  b: { subnets: { s: { cidr: 10.3.0.0/24 } } }
ports:
  vip: { network: a, fixed_ips: [{ subnet: s, ip_address: 10.1.0.99 }], mac_address: 'FA:16:3E:00:00:01', security_groups: [web], allowed_address_pairs: [{ ip_address: 10.1.0.200 }] }
  leg: { network: a, fixed_ips: [{ subnet: t, ip_address: 10.2.0.254 }] }
routers:
  r: { l3_agents: [n2], interfaces: [{ subnet: a/s, ip_address: 10.1.0.254 }, { port: leg }], external_gateway_info: { network: ext, enable_snat: false } }
instances:
  i: { networks: [{ port: vip }, { network: b, fixed_ip: 10.3.0.7 }], security_groups: [default] }
floating_ips:
  one: { network: ext, port: vip }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80, remote_group: web }] }
`;

  it('mean what they say in Neutron', () => {
    const lab = labOf(text);
    const index = indexLab(lab);
    const router = lab.routers[0];
    assert.ok(router);
    assert.deepEqual(lab.router_l3_agents[router.id], ['n2']);
    assert.equal(router.external_gateway_info?.enable_snat, false);
    assert.match(router.external_gateway_info.external_fixed_ips[0]?.ip_address ?? '', /^203\.0\.113\.1(0\d|10)$/);
    const interfaces = index.interfacePorts(router.id);
    assert.deepEqual(interfaces.flatMap(addressesOf), ['10.1.0.254', '10.2.0.254']);
    assert.deepEqual(
      interfaces.map((port) => port['binding:host_id']),
      ['n2', 'n2'],
    );
    const [vip, second] = lab.instances[0]?.ports.map((id) => index.ports.get(id)) ?? [];
    assert.equal(vip?.mac_address, 'fa:16:3e:00:00:01');
    assert.deepEqual(vip.allowed_address_pairs, [{ ip_address: '10.1.0.200', mac_address: vip.mac_address }]);
    assert.equal(vip.port_security_enabled, true);
    assert.equal(vip['binding:host_id'], 'c1');
    assert.deepEqual(addressesOf(second ?? null), ['10.3.0.7']);
    assert.equal(lab.floatingips[0]?.fixed_ip_address, '10.1.0.99');
    assert.equal(index.networks.get('5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb')?.['provider:segmentation_id'], 77);
    const web = lab.security_groups.find(({ name }) => name === 'web');
    assert.ok(web);
    assert.ok(web);
    assert.deepEqual(
      web.security_group_rules.map((rule) => [rule.direction, rule.ethertype, rule.remote_group_id]),
      [
        ['ingress', 'IPv4', web.id],
        ['egress', 'IPv4', null],
        ['egress', 'IPv6', null],
      ],
    );
    assert.ok(lab.security_groups.some(({ name }) => name === 'default'));
  });

  it('asks which subnet is meant when two have the name', () => {
    const [problem] = problemsOf(text.replace('subnet: a/s', 'subnet: s'), 'AmbiguousName');
    assert.match(problem?.remedy ?? '', /a\/s and b\/s/);
  });

  it('filters nothing where no security group is named', () => {
    const lab = labOf(
      '{ lab: l, networks: { n: { subnets: { s: { cidr: 10.0.0.0/24 } } } }, instances: { i: { networks: [n] } } }',
    );
    const port = lab.ports.find(({ device_owner: owner }) => owner === 'compute:nova');
    assert.deepEqual([port?.security_groups, port?.port_security_enabled], [[], false]);
    assert.deepEqual(
      lab.nodes.map(({ name }) => name),
      ['network1', 'network2', 'network3', 'compute1'],
    );
    assert.equal(lab.instances[0]?.node, 'compute1');
  });
});
