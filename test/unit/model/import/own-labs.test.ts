/** A lab has the attributes of the API, so a lab is a cloud: importing it must give the same lab. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { OUTSIDE } from '../../../../src/model/names.js';
import type { Lab } from '../../../../src/model/resources.js';
import { imported, labOf } from './support.js';

function given(text: string): Lab {
  const { lab, problems } = readLabFile(text, { file: 'cloud.neutron.yaml' });
  assert.ok(lab, problems.map(({ message }) => message).join('\n'));
  return lab;
}

/** The ports of an HA router that are plugged on every node are bound nowhere in a lab; in a cloud, to the active one. */
function asCloud(lab: Lab): Record<string, unknown> {
  const agents = lab.nodes
    .filter(({ name }) => name !== OUTSIDE)
    .flatMap(({ name, agents: own }) => [
      { agent_type: 'Linux bridge agent', host: name, alive: true },
      ...own.map((kind) => ({ agent_type: kind === 'l3' ? 'L3 agent' : 'DHCP agent', host: name, alive: true })),
    ]);
  const created = (index: number): string =>
    `2026-11-21T21:${String(10 + Math.floor(index / 60))}:${String(10 + (index % 50))}Z`;
  const { networks, subnets, routers, floatingips, security_groups, router_l3_agents, network_dhcp_agents, ha_vr_ids } =
    lab;
  const ports = lab.ports.map((port, index) => ({ ...port, created_at: created(index) }));
  return {
    networks,
    subnets,
    ports,
    routers,
    floatingips,
    security_groups,
    router_l3_agents,
    network_dhcp_agents,
    ha_vr_ids,
    agents,
  };
}

/** Neutron knows no name of an instance, and the order of the nodes and of the HA networks is ours. */
function comparable(lab: Lab): Lab {
  return {
    ...lab,
    name: '',
    nodes: [...lab.nodes].sort((one, other) => one.name.localeCompare(other.name)),
    instances: lab.instances.map((instance) => ({ ...instance, name: '' })),
  };
}

function sameLab(text: string): void {
  const before = given(text);
  const result = imported(asCloud(before));
  const after = labOf(result);
  assert.deepEqual(result.notes, []);
  assert.deepEqual(comparable(after), comparable(before));
}

describe('a lab as a cloud', () => {
  for (const name of readdirSync('labs').filter((one) => existsSync(`labs/${one}/${one}.neutron.yaml`))) {
    it(`is the same lab: ${name}`, () => {
      sameLab(readFileSync(`labs/${name}/${name}.neutron.yaml`, 'utf8'));
    });
  }

  it('is the same lab with what is rare', () => {
    sameLab(`
project_id: first
nodes:
  c1: {}
  n1: { agents: [l3, dhcp] }
  n2: { agents: [l3, dhcp] }
networks:
  ext:
    router:external: true
    subnets:
      e4: { cidr: 203.0.113.0/24, gateway_ip: 198.51.100.1, enable_dhcp: false }
      e4b: { cidr: 198.51.100.128/25, enable_dhcp: false }
      e6: { cidr: 2001:db8::/64, enable_dhcp: false }
  a:
    mtu: 1300
    dhcp_agents: [n1, n2]
    subnets:
      v4: { cidr: 10.0.0.0/24, allocation_pools: [{ start: 10.0.0.50, end: 10.0.0.99 }], dns_nameservers: [0.0.0.0] }
      v6: { cidr: 'fd00:a::/64', ipv6_ra_mode: slaac, ipv6_address_mode: slaac }
      w6: { cidr: 'fd00:b::/64', ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful }
  b: { project_id: second, port_security_enabled: false, subnets: { v4: { cidr: 10.1.0.0/24, gateway_ip: null } } }
  same: { name: b, admin_state_up: false, subnets: [{ cidr: 10.2.0.0/24 }] }
  nameless: { name: '' }
routers:
  r1:
    ha: true
    external_gateway_info: { network: ext, enable_snat: false }
    interfaces: [a/v4, v6, w6, { subnet: b/v4, ip_address: 10.1.0.9 }]
    routes: [{ destination: 172.16.0.0/16, nexthop: 10.0.0.9 }, { destination: 172.16.0.0/16, nexthop: 10.1.0.7 }]
  r2: { ha: true, project_id: second, admin_state_up: false, interfaces: [{ subnet: a/v4, ip_address: 10.0.0.7 }] }
  r3: { l3_agents: [n2], external_gateway_info: { network: ext, external_fixed_ips: [{ ip_address: 203.0.113.77 }] } }
  idle: {}
ports:
  p1:
    network: a
    security_groups: [web]
    allowed_address_pairs: [{ ip_address: 10.0.0.200 }, { ip_address: 10.9.0.0/16, mac_address: 'fa:16:3e:aa:bb:cc' }]
    extra_dhcp_opts: [{ opt_name: tftp-server, opt_value: 10.0.0.1 }, { opt_name: '59', opt_value: x, ip_version: 6 }]
  p2: { network: b, security_groups: [shut] , port_security_enabled: true }
  p3: { network: a, admin_state_up: false, security_groups: [default], fixed_ips: [{ ip_address: 10.0.0.60 }] }
instances:
  one: { node: c1, networks: [{ port: p1 }, { port: p2 }] }
  two: { node: n1, networks: [a] }
floating_ips:
  - { network: ext, port: p1 }
  - { network: ext }
security_groups:
  web: { stateful: false, rules: [{ direction: ingress, protocol: tcp, port_range_min: 1, port_range_max: 9, remote_group: web }] }
  shut: { default_rules: false }
`);
  });
});
