import assert from 'node:assert/strict';
import { addFloatingIp, associate } from '../../../../src/editor/declare/flows/floating-ips.js';
import { addInstance, attachInstance } from '../../../../src/editor/declare/flows/instances.js';
import { addNetwork, addSubnet } from '../../../../src/editor/declare/flows/networks.js';
import { addNode } from '../../../../src/editor/declare/flows/nodes.js';
import { renameRow } from '../../../../src/editor/declare/flows/rename.js';
import { addInterface, addRoute, setRouterGateway } from '../../../../src/editor/declare/flows/router-parts.js';
import { addRouter } from '../../../../src/editor/declare/flows/routers.js';
import { addRule, addSecurityGroup } from '../../../../src/editor/declare/flows/security-groups.js';
import { openLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { about, bundled, changed, declares, objection, walk } from './support.js';

const ha = bundled('ha-router');

describe('Declaring step by step', () => {
  it('adds a network with a subnet when everything is accepted as it is proposed', () => {
    assert.deepEqual(declares(ha, addNetwork), [
      '+  net1:',
      '+    subnets:',
      '+      net1-v4: { cidr: 192.168.30.0/24 }',
    ]);
  });

  it('adds an external network in a range that stands for the internet, without DHCP', () => {
    const lines = declares(ha, addNetwork, { name: 'ISP2', use: 'external' });
    assert.match(lines.join('\n'), /router:external: true/);
    assert.match(lines.join('\n'), /cidr: 198\.51\.100\.0\/24, enable_dhcp: false/);
  });

  it('adds a network without a subnet when its CIDR is left empty, in three steps', () => {
    const { steps } = walk(ha, addNetwork, { cidr: '' });
    assert.equal(steps.length, 3);
    assert.deepEqual(declares(ha, addNetwork, { name: 'bare', cidr: '' }), ['+  bare: {}']);
  });

  it('asks how IPv6 hosts come to their addresses, and writes a gateway that a router answers at', () => {
    const given = { name: 'six', cidr: 'fd00:c::/64' };
    assert.ok(walk(ha, addNetwork, given).steps.some(({ key }) => key === 'addressing'));
    const text = declares(ha, addNetwork, given).join('\n');
    assert.match(text, /gateway_ip: 'fd00:c::1'|gateway_ip: "fd00:c::1"|gateway_ip: fd00:c::1/);
    assert.match(text, /ipv6_ra_mode: slaac, ipv6_address_mode: slaac/);
  });

  it('proposes IPv6 for the second subnet of a network that has IPv4', () => {
    assert.match(declares(ha, addSubnet('blue')).join('\n'), /blue-v6: .*fd00:/);
  });

  it('tells while typing what Neutron would say: a taken name, no CIDR, an overlap, a gateway that is none', () => {
    assert.match(
      objection(ha, addNetwork, {}, 'name', 'blue') ?? '',
      /There is a network 'blue' already\. Take another/,
    );
    assert.match(objection(ha, addNetwork, {}, 'name', '') ?? '', /empty/);
    const named = { name: 'red', use: 'tenant' };
    assert.match(objection(ha, addNetwork, named, 'cidr', '192.168.30.0') ?? '', /not a CIDR/);
    assert.match(objection(ha, addSubnet('blue'), {}, 'cidr', '192.168.10.0/25') ?? '', /overlaps with another subnet/);
    assert.ok(objection(ha, addNetwork, { ...named, cidr: '192.168.30.0/24' }, 'gateway', '192.168.30'));
    assert.equal(objection(ha, addNetwork, { ...named, cidr: '192.168.30.0/24' }, 'gateway', '192.168.30.254'), null);
  });

  it('adds an HA router with its gateway and interfaces', () => {
    const red = openLabFile(ha.text.replace('interfaces: [blue-v4, green-v4]', 'interfaces: [blue-v4]'));
    assert.deepEqual(declares(red, addRouter, { gateway: 'GATEWAY_NET', interfaces: ['green-v4'] }), [
      '+  router1:',
      '+    ha: true',
      '+    external_gateway_info: { network: GATEWAY_NET }',
      '+    interfaces: [green-v4]',
    ]);
  });

  it('asks for no gateway and no interface where there is nothing to choose', () => {
    const empty = openLabFile('lab: x\n');
    assert.deepEqual(
      walk(empty, addRouter).steps.map(({ key }) => key),
      ['name', 'ha'],
    );
    assert.deepEqual(declares(empty, addRouter, { ha: 'legacy' }), ['+routers:', '+  router1: {}']);
  });

  it('attaches a router at the gateway address, or at a free one where that is taken', () => {
    const two = openLabFile(ha.text.replace('routers:\n', 'routers:\n  second: {}\n'));
    assert.deepEqual(declares(two, addInterface('second'), { subnet: 'blue-v4' }).slice(-1), [
      '+    interfaces: [{ subnet: blue-v4, ip_address: 192.168.10.3 }]',
    ]);
    const free = openLabFile(two.text.replace('[blue-v4, green-v4]', '[blue-v4]'));
    assert.deepEqual(declares(free, addInterface('second')).slice(-1), ['+    interfaces: [green-v4]']);
  });

  it('sets a gateway, without SNAT where that is wanted', () => {
    const two = openLabFile(ha.text.replace('routers:\n', 'routers:\n  second: {}\n'));
    assert.deepEqual(declares(two, setRouterGateway('second'), { snat: 'false' }).slice(-1), [
      '+    external_gateway_info: { network: GATEWAY_NET, enable_snat: false }',
    ]);
  });

  it('says what to do first where nothing can be chosen', () => {
    const empty = openLabFile('lab: x\n');
    for (const [make, remedy] of [
      [addSubnet(), /Add one first/],
      [addInterface(), /Add one first/],
      [addFloatingIp(), /External network/],
      [attachInstance(), /Add one first/],
      [addRule(), /Add one first/],
    ] as const)
      assert.throws(
        () => make(empty),
        (error: { remedy?: string }) => remedy.test(error.remedy ?? ''),
      );
  });

  it('adds a route, and refuses a next hop that no subnet of the router has', () => {
    assert.match(declares(ha, addRoute('edge'), { destination: '10.1.0.0/16' }).join('\n'), /10\.1\.0\.0\/16/);
    assert.match(
      objection(ha, addRoute('edge'), { destination: '10.1.0.0/16' }, 'nexthop', '172.16.0.1') ?? '',
      /nexthop is not connected with router/,
    );
  });

  it('adds an instance on the node with the least to do', () => {
    assert.deepEqual(declares(ha, addInstance, { networks: ['blue'] }), [
      '+  db2: { node: compute1, networks: [blue] }',
    ]);
  });

  it('attaches an instance to another network, at a fixed address where one is given', () => {
    assert.match(declares(ha, attachInstance('web1'), { network: 'green' }).join('\n'), /\[blue, green\]/);
    assert.match(
      declares(ha, attachInstance('web1'), { network: 'green', address: '192.168.20.77' }).join('\n'),
      /\{ network: green, fixed_ip: 192\.168\.20\.77 \}/,
    );
    assert.ok(objection(ha, attachInstance('web1'), { network: 'green' }, 'address', '10.9.9.9'));
  });

  it('adds a floating IP and associates it', () => {
    assert.deepEqual(declares(ha, addFloatingIp(), { instance: 'db1' }), [
      '+  - { network: GATEWAY_NET, instance: db1 }',
    ]);
    const [fip] = ha.analysis.built?.floatingips ?? [];
    assert.deepEqual(declares(ha, associate(fip?.id ?? ''), { instance: 'db1' }), [
      '-  - { network: GATEWAY_NET, instance: web1 }',
      '+  - { network: GATEWAY_NET, instance: db1 }',
    ]);
    assert.deepEqual(declares(ha, associate(fip?.id ?? ''), { instance: '' }), [
      '-  - { network: GATEWAY_NET, instance: web1 }',
      '+  - { network: GATEWAY_NET }',
    ]);
  });

  it('adds a security group with what most let in, and rules to it', () => {
    const text = declares(ha, addSecurityGroup, { name: 'web', lets: ['icmp', 'https', 'members'] }).join('\n');
    assert.match(text, /direction: ingress, protocol: tcp, port_range_min: 443, port_range_max: 443/);
    assert.match(text, /direction: ingress, remote_group: web/);
    const group = openLabFile(`${ha.text}security_groups:\n  web: { rules: [] }\n`);
    assert.match(
      declares(group, addRule('web'), { ports: '8000-8080', remote: 'range', prefix: '203.0.113.0/24' }).join('\n'),
      /protocol: tcp, port_range_min: 8000, port_range_max: 8080, remote_ip_prefix: 203\.0\.113\.0\/24/,
    );
    assert.match(
      objection(group, addRule('web'), { direction: 'ingress', protocol: 'tcp' }, 'ports', '99999') ?? '',
      /too big|most|65535/,
    );
  });

  it('adds a node, writing out those that a lab has by itself', () => {
    assert.deepEqual(declares(ha, addNode, { agents: ['l3', 'dhcp'] }), ['+  network4: { agents: [l3, dhcp] }']);
    const text = declares(openLabFile('lab: x\n'), addNode).join('\n');
    assert.match(text, /network1.*\n.*network2[^]*compute2/);
  });

  it('renames, and every reference follows', () => {
    const make = renameRow(about(ha, 'network', 'blue'), { kind: 'network', ref: 'blue' });
    const lines = declares(ha, make, { name: 'red' });
    assert.deepEqual(
      lines.filter((line) => line.startsWith('+')),
      ['+  red:', '+  web1: { node: compute1, networks: [red] }'],
    );
    assert.match(objection(ha, make, {}, 'name', 'green') ?? '', /There is a network 'green' already/);
    assert.deepEqual(changed(ha, make(ha).edit({ name: 'blue' })), []);
  });
});
