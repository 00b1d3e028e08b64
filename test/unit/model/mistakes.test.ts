import assert from 'node:assert/strict';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { pointed, problemsOf } from './support.js';

/** Lines that make a right lab; each mistake below replaces or adds some. */
const BASE = {
  nodes: 'nodes: { n1: { agents: [l3, dhcp] }, n2: { agents: [l3] }, c1: {} }',
  ext: '  ext: { router:external: true, subnets: { e: { cidr: 203.0.113.0/24, enable_dhcp: false } } }',
  a: '  a: { subnets: { s: { cidr: 10.1.0.0/24 } } }',
  b: '  b: { subnets: { t: { cidr: 10.2.0.0/24 } } }',
  router: '  r: { interfaces: [s, t], external_gateway_info: { network: ext } }',
  instances: 'instances: { i: { networks: [a] } }',
  more: '',
};

function lab(changes: Partial<typeof BASE>): string {
  const parts = { ...BASE, ...changes };
  return [
    'lab: l',
    parts.nodes,
    'networks:',
    parts.ext,
    parts.a,
    parts.b,
    'routers:',
    parts.router,
    parts.instances,
    parts.more,
  ].join('\n');
}

interface Mistake {
  readonly change: Partial<typeof BASE>;
  readonly code: string;
  /** What the problem points at. */
  readonly at: string;
  readonly message?: RegExp;
  readonly remedy?: RegExp;
  readonly severity?: 'warning';
}

const mistakes: Readonly<Record<string, Mistake>> = {
  'an unknown attribute': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.0/24, enable_dhpc: true } } }' },
    code: 'UnrecognizedAttribute',
    at: 'enable_dhpc',
    remedy: /'enable_dhcp'/,
  },
  'an unknown option': {
    change: { more: 'config: { ha_vrrp_advertint: 1 }' },
    code: 'UnrecognizedAttribute',
    at: 'ha_vrrp_advertint',
    remedy: /'ha_vrrp_advert_int'/,
  },
  'an unknown section': {
    change: { more: 'router: {}' },
    code: 'UnrecognizedAttribute',
    at: 'router',
    remedy: /'routers'/,
  },
  'an attribute that is unknown deep inside': {
    change: { router: '  r: { external_gateway_info: { network: ext, enable_snta: false } }' },
    code: 'UnrecognizedAttribute',
    at: 'enable_snta',
    remedy: /'enable_snat'/,
  },
  'text for a truth value': {
    change: { router: '  r: { ha: "yes" }' },
    code: 'InvalidInput',
    at: '"yes"',
    remedy: /true or false/,
  },
  'a missing attribute': {
    change: { a: '  a: { subnets: { s: {} } }' },
    code: 'InvalidInput',
    at: 's',
    message: /'cidr' is missing/,
  },
  'a number for a name': {
    change: { instances: 'instances: { i: { networks: [5] } }' },
    code: 'InvalidInput',
    at: '5',
  },
  'a CIDR that is none': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.0/33 } } }' },
    code: 'InvalidInput',
    at: '10.1.0.0/33',
  },
  'host bits in a CIDR': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.5/24 } } }' },
    code: 'InvalidCidr',
    at: '10.1.0.5/24',
    remedy: /10\.1\.0\.0\/24/,
  },
  'overlap in a network': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.0/24 }, u: { cidr: 10.1.0.128/25 } } }' },
    code: 'InvalidInput',
    at: '10.1.0.128/25',
    message: /overlaps/,
  },
  'overlap on a router': {
    change: { b: '  b: { subnets: { t: { cidr: 10.0.0.0/8 } } }' },
    code: 'BadRequest',
    at: 't',
    message: /overlaps with cidr 10\.1\.0\.0\/24/,
  },
  'overlap with the external network': {
    change: { b: '  b: { subnets: { t: { cidr: 203.0.113.0/25 } } }' },
    code: 'BadRequest',
    at: 't',
    message: /overlaps/,
  },
  'overlap of an HA router with the network of its replicas': {
    change: {
      b: '  b: { subnets: { t: { cidr: 169.254.193.0/24 } } }',
      router: '  r: { ha: true, interfaces: [s, t] }',
    },
    code: 'BadRequest',
    at: 't',
    message: /169\.254\.193\.0\/24 of subnet '?t'? overlaps with cidr 169\.254\.192\.0\/18/,
  },
  'a link-local network': {
    change: { b: '  b: { subnets: { t: { cidr: "fe80:0:0:1::/64" } } }' },
    code: 'InvalidInput',
    at: '"fe80:0:0:1::/64"',
    message: /link-local/,
  },
  'an IPv4-mapped network': {
    change: { b: '  b: { subnets: { t: { cidr: "::ffff:10.1.0.0/120" } } }' },
    code: 'InvalidInput',
    at: '"::ffff:10.1.0.0/120"',
    message: /IPv4-mapped/,
  },
  'an unknown subnet': {
    change: { router: '  r: { interfaces: [s, tt] }' },
    code: 'SubnetNotFound',
    at: 'tt',
    remedy: /'t'/,
  },
  'an unknown network': {
    change: { instances: 'instances: { i: { networks: [aa] } }' },
    code: 'NetworkNotFound',
    at: 'aa',
    remedy: /'a'/,
  },
  'an unknown node': {
    change: { instances: 'instances: { i: { node: n3, networks: [a] } }' },
    code: 'NodeNotFound',
    at: 'n3',
    remedy: /'n1'/,
  },
  'an unknown instance': {
    change: { more: 'floating_ips: [{ network: ext, instance: j }]' },
    code: 'InstanceNotFound',
    at: 'j',
  },
  'an unknown port': { change: { more: 'floating_ips: [{ network: ext, port: p }]' }, code: 'PortNotFound', at: 'p' },
  'an unknown security group': {
    change: { instances: 'instances: { i: { networks: [a], security_groups: [web] } }' },
    code: 'SecurityGroupNotFound',
    at: 'web',
  },
  'an HA router that nobody can host': {
    change: { nodes: 'nodes: { n1: { agents: [dhcp] } }', router: '  r: { ha: true }' },
    code: 'NoL3Agents',
    at: 'r',
  },
  'an HA router that only one can host': {
    change: { nodes: 'nodes: { n1: { agents: [l3, dhcp] } }', router: '  r: { ha: true }' },
    code: 'HAOnlyOneAgent',
    at: 'r',
    severity: 'warning',
  },
  'a network that nobody serves': {
    change: { nodes: 'nodes: { n1: { agents: [l3] } }' },
    code: 'NoDHCPAgents',
    at: 'a',
    severity: 'warning',
  },
  'an agent that is not there': {
    change: { router: '  r: { l3_agents: [c1] }' },
    code: 'InvalidL3Agent',
    at: 'c1',
    remedy: /n1, n2/,
  },
  'a gateway outside': {
    change: { ext: '  ext: { router:external: true, subnets: { e: { cidr: 203.0.113.0/24, gateway_ip: 9.9.9.9 } } }' },
    code: 'GatewayOutsideCidr',
    at: '9.9.9.9',
    severity: 'warning',
  },
  'the network address as gateway': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.0/24, gateway_ip: 10.1.0.0 } } }' },
    code: 'InvalidInput',
    at: '10.1.0.0',
  },
  'a gateway in a pool': {
    change: {
      a: '  a: { subnets: { s: { cidr: 10.1.0.0/24, allocation_pools: [{ start: 10.1.0.1, end: 10.1.0.9 }] } } }',
    },
    code: 'GatewayConflictWithAllocationPools',
    at: '{ start: 10.1.0.1, end: 10.1.0.9 }',
  },
  'overlapping pools': {
    change: {
      a: '  a: { subnets: { s: { cidr: 10.1.0.0/24, allocation_pools: [{ start: 10.1.0.2, end: 10.1.0.9 }, { start: 10.1.0.9, end: 10.1.0.20 }] } } }',
    },
    code: 'OverlappingAllocationPools',
    at: '{ start: 10.1.0.9, end: 10.1.0.20 }',
  },
  'an address twice': {
    change: { instances: 'instances: { i: { networks: [a] }, j: { networks: [{ network: a, fixed_ip: 10.1.0.1 }] } }' },
    code: 'IpAddressAlreadyAllocated',
    at: '10.1.0.1',
  },
  'an address of another network': {
    change: { instances: 'instances: { i: { networks: [{ network: a, fixed_ip: 10.2.0.5 }] } }' },
    code: 'InvalidIpForNetwork',
    at: '10.2.0.5',
  },
  'the broadcast address': {
    change: { instances: 'instances: { i: { networks: [{ network: a, fixed_ip: 10.1.0.255 }] } }' },
    code: 'InvalidIpForSubnet',
    at: '10.1.0.255',
  },
  'a subnet of another network': {
    change: { more: 'ports: { p: { network: a, fixed_ips: [{ subnet: t }] } }' },
    code: 'InvalidInput',
    at: 't',
    remedy: /: s\.$/,
  },
  'a MAC twice': {
    change: {
      more: "ports: { p: { network: a, mac_address: 'fa:16:3e:00:00:01' }, q: { network: a, mac_address: 'fa:16:3e:00:00:01' } }",
    },
    code: 'MacAddressInUse',
    at: "'fa:16:3e:00:00:01'",
  },
  'a group MAC': {
    change: { more: "ports: { p: { network: a, mac_address: '01:16:3e:00:00:01' } }" },
    code: 'InvalidInput',
    at: "'01:16:3e:00:00:01'",
  },
  'an id twice': {
    change: {
      more: 'ports: { p: { id: 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb, network: a }, q: { id: 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb, network: a } }',
    },
    code: 'DuplicateId',
    at: '5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb',
  },
  'ids that make one device name': {
    change: {
      more: 'ports: { p: { id: 00000000-0000-0000-0000-000000000001, network: a }, q: { id: 00000000-0000-0000-0000-000000000002, network: a } }',
    },
    code: 'DuplicateDeviceName',
    at: '00000000-0000-0000-0000-000000000002',
  },
  'a VNI twice': {
    change: {
      a: '  a: { provider:segmentation_id: 7, subnets: { s: { cidr: 10.1.0.0/24 } } }',
      b: '  b: { provider:segmentation_id: 7, subnets: { t: { cidr: 10.2.0.0/24 } } }',
    },
    code: 'TunnelIdInUse',
    at: '7',
  },
  'an MTU too large': {
    change: { a: '  a: { mtu: 1500, subnets: { s: { cidr: 10.1.0.0/24 } } }' },
    code: 'InvalidInput',
    at: '1500',
    message: /maximum is 1450/,
  },
  'a subnet twice on a router': {
    change: { router: '  r: { interfaces: [s, t, a/s], external_gateway_info: { network: ext } }' },
    code: 'BadRequest',
    at: 'a/s',
    message: /already has a port/,
  },
  'a subnet without gateway on a router': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.0/24, gateway_ip: null } } }' },
    code: 'BadRequest',
    at: 's',
    message: /must have a gateway IP/,
  },
  'a port on two devices': {
    change: {
      more: 'ports: { p: { network: b } }',
      instances: 'instances: { i: { networks: [{ port: p }] }, j: { networks: [{ port: p }] } }',
    },
    code: 'PortInUse',
    at: 'p',
  },
  'a gateway that is not external': {
    change: { router: '  r: { external_gateway_info: { network: a } }' },
    code: 'BadRequest',
    at: 'a',
    message: /not an external network/,
  },
  'a nexthop out of reach': {
    change: { router: '  r: { interfaces: [s], routes: [{ destination: 10.9.0.0/16, nexthop: 10.2.0.9 }] }' },
    code: 'InvalidRoutes',
    at: '10.2.0.9',
  },
  'a nexthop that is the router itself': {
    change: { router: '  r: { interfaces: [s], routes: [{ destination: 10.9.0.0/16, nexthop: 10.1.0.1 }] }' },
    code: 'InvalidRoutes',
    at: '10.1.0.1',
  },
  'a floating IP without a way': {
    change: {
      router: '  r: { interfaces: [t], external_gateway_info: { network: ext } }',
      more: 'floating_ips: [{ network: ext, instance: i }]',
    },
    code: 'ExternalGatewayForFloatingIPNotFound',
    at: 'i',
  },
  'two floating IPs for one address': {
    change: { more: 'floating_ips: { x: { network: ext, instance: i }, y: { network: ext, instance: i } }' },
    code: 'FloatingIPPortAlreadyAssociated',
    at: 'i',
  },
  'a floating IP of another network': {
    change: { more: 'floating_ips: [{ network: ext, floating_ip_address: 9.9.9.9 }]' },
    code: 'InvalidIpForNetwork',
    at: '9.9.9.9',
  },
  'a floating IP at the gateway': {
    change: { more: 'floating_ips: [{ network: ext, floating_ip_address: 203.0.113.1 }]' },
    code: 'BadRequest',
    at: '203.0.113.1',
  },
  'modes that differ': {
    change: {
      a: "  a: { subnets: { s: { cidr: 'fd00::/64', ipv6_ra_mode: slaac, ipv6_address_mode: dhcpv6-stateful } } }",
    },
    code: 'InvalidInput',
    at: 'dhcpv6-stateful',
  },
  'SLAAC in another prefix than a /64': {
    change: { a: "  a: { subnets: { s: { cidr: 'fd00::/96', ipv6_address_mode: slaac } } }" },
    code: 'InvalidInput',
    at: "'fd00::/96'",
  },
  'DHCP in a /32': {
    change: { a: '  a: { subnets: { s: { cidr: 10.1.0.1/32 } } }' },
    code: 'InvalidInput',
    at: '10.1.0.1/32',
    message: /incompatible with DHCP/,
  },
  'ports without a protocol': {
    change: {
      more: 'security_groups: { g: { rules: [{ direction: ingress, port_range_min: 22, port_range_max: 22 }] } }',
    },
    code: 'SecurityGroupProtocolRequiredWithPorts',
    at: '22',
  },
  'a reserved name': {
    change: { nodes: 'nodes: { outside: {}, n1: { agents: [l3, dhcp] } }' },
    code: 'ReservedName',
    at: 'outside',
  },
  'a name no host can have': {
    change: { instances: 'instances: { web_1: { networks: [a] } }' },
    code: 'InvalidHostName',
    at: 'web_1',
  },
};

describe('a mistake in a lab file', () => {
  it('is missing from the lab that the mistakes are made in', () => {
    assert.deepEqual(readLabFile(lab({})).problems, []);
  });

  for (const [what, mistake] of Object.entries(mistakes)) {
    it(`is told with its place: ${what}`, () => {
      const text = lab(mistake.change);
      const problems = problemsOf(text, mistake.code);
      const problem = problems.find(
        (one) => pointed(text, one) === mistake.at && (mistake.message?.test(one.message) ?? true),
      );
      assert.ok(problem, JSON.stringify(readLabFile(text).problems, null, 1));
      assert.equal(problem.severity, mistake.severity ?? 'error');
      if (mistake.remedy) assert.match(problem.remedy, mistake.remedy);
    });
  }

  it('is told without the line breaks that follow it', () => {
    const [problem] = problemsOf('lab: l\ninstances:\n  good:\n    - n\n\n\nrouters: {}\n', 'InvalidInput');
    assert.deepEqual([problem?.line, problem?.column, problem?.endLine, problem?.endColumn], [4, 5, 4, 8]);
  });

  it('does not hide another one', () => {
    const text = lab({
      nodes: 'nodes: { n_1: { agents: [l3, dhcp] } }',
      a: '  a: { mtu: big, subnets: { s: { cidr: 10.1.0.0/24, gateway: 10.1.0.9 } } }',
      router: '  r: { ha: 1, interfaces: [{ subnt: s }, nowhere], routes: [{ destination: x, nexthop: y }] }',
      more: 'config: { dns_domain: ".." }\nfloating_ips: [{ network: a }]',
    });
    const { lab: built, problems } = readLabFile(text);
    assert.equal(built, null);
    assert.deepEqual(
      problems.map((problem) => pointed(text, problem)),
      ['n_1', 'big', 'gateway', '1', 'subnt', 'nowhere', 'x', 'y', '".."', 'a'],
    );
  });

  it('is not followed by others that only follow from it', () => {
    const text = lab({
      a: '  a: { subnets: { s: { cidr: nonsense } } }',
      more: 'floating_ips: [{ network: ext, instance: i }]',
    });
    const { problems } = readLabFile(text);
    assert.deepEqual(
      problems.map((problem) => pointed(text, problem)),
      ['nonsense'],
    );
  });

  it('in one item of a list are the only ones: the others are read', () => {
    const a = [
      '  a:',
      '    subnets:',
      '      s: { cidr: 10.1.0.0/24, dns_nameservers: [.0.1.1, 10.1.0.9], host_routes: [{ destination: 1 }] }',
    ].join('\n');
    const router = '  r: { interfaces: [s, t], routes: [{ destination: 10.9.0.0/16, nexthop: here }] }';
    const ports =
      'ports: { p: { network: a, allowed_address_pairs: [{ ip_address: x }], extra_dhcp_opts: [{ y: 1 }] } }';
    const found = readLabFile(lab({ a, router, more: ports })).problems.map(({ message }) => message);
    assert.ok(found.length >= 5 && !found.some((message) => message.includes('undefined')), found.join('\n'));
  });

  it('of more HA routers than there are VRIDs is told at the first one too many', () => {
    const routers = Array.from({ length: 255 }, (_, index) => `  r${index}: { ha: true }`).join('\n');
    const { problems } = readLabFile(`lab: l\nrouters:\n${routers}\n`);
    assert.deepEqual(
      problems.map(({ code, path }) => [code, path]),
      [['NoVRIDAvailable', 'routers.r254']],
    );
  });
});
