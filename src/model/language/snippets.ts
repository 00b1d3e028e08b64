/** Whole resources to start from, each for the section where it belongs. */
import { freeCidr, freeName } from './free.js';
import { textAttribute, type NameKind, type Names } from './names.js';
import { choice, nameText, placeholder, type Body } from './snippet-text.js';

export interface ResourceSnippet {
  readonly label: string;
  readonly documentation: string;
  /** The key of the entry, in snippet notation. */
  readonly key: string;
  readonly body: Body;
}

type MakeSnippets = (names: Names) => readonly ResourceSnippet[];

/** By section; of the subnets of a network by `subnets`. */
const SNIPPETS: Readonly<Record<string, MakeSnippets>> = {
  nodes: (names) => [
    {
      label: 'network node',
      documentation: 'A host with the l3 and the dhcp agent: it carries routers and hands out addresses.',
      key: placeholder(1, freeName(names, 'node', 'network1')),
      body: { agents: ['l3', 'dhcp'] },
    },
    {
      label: 'compute node',
      documentation: 'A host without agents of its own, where instances run.',
      key: placeholder(1, freeName(names, 'node', 'compute1')),
      body: {},
    },
  ],
  networks: (names) => [
    {
      label: 'network with a subnet',
      documentation: 'A network of the tenant with one IPv4 subnet: gateway at its first address, DHCP on.',
      key: placeholder(1, freeName(names, 'network', 'blue')),
      body: { subnets: { '${1}-v4': { cidr: placeholder(2, freeCidr(names, 4)) } } },
    },
    {
      label: 'dual-stack network',
      documentation: 'A network with an IPv4 subnet and an IPv6 one whose hosts address themselves (SLAAC).',
      key: placeholder(1, freeName(names, 'network', 'blue')),
      body: {
        subnets: { '${1}-v4': { cidr: placeholder(2, freeCidr(names, 4)) }, '${1}-v6': slaac(names, 3) },
      },
    },
    {
      label: 'external network',
      documentation: 'The outside: routers take it as their gateway, floating IPs come from it.',
      key: placeholder(1, freeName(names, 'network', 'public')),
      body: {
        'router:external': 'true',
        subnets: { '${1}-v4': { cidr: placeholder(2, '203.0.113.0/24'), enable_dhcp: 'false' } },
      },
    },
  ],
  subnets: (names) => [
    {
      label: 'IPv4 subnet',
      documentation: 'A range that no other subnet of the file has; gateway at its first address, DHCP on.',
      key: placeholder(1, freeName(names, 'subnet', 'v4')),
      body: { cidr: placeholder(2, freeCidr(names, 4)) },
    },
    {
      label: 'IPv6 subnet (SLAAC)',
      documentation: 'radvd in the router announces the prefix; each host makes its address from its MAC.',
      key: placeholder(1, freeName(names, 'subnet', 'v6')),
      body: slaac(names, 2),
    },
  ],
  routers: (names) => [
    {
      label: 'HA router',
      documentation: 'Replicated on several nodes; keepalived decides by VRRP which one is MASTER.',
      key: placeholder(1, freeName(names, 'router', 'edge')),
      body: { ha: 'true', ...router(names) },
    },
    {
      label: 'legacy router',
      documentation: 'One namespace on one node. When that node dies, nothing takes over.',
      key: placeholder(1, freeName(names, 'router', 'edge')),
      body: router(names),
    },
  ],
  ports: (names) => [
    {
      label: 'port',
      documentation: 'A port with an address of its own, for an instance or a router to be plugged into.',
      key: placeholder(1, freeName(names, 'port', 'port1')),
      body: { network: choice(2, existing(names, 'network')), fixed_ips: [{ ip_address: placeholder(3) }] },
    },
  ],
  instances: (names) => [
    {
      label: 'instance',
      documentation: 'A host of the tenant, plugged into a network and addressed by DHCP.',
      key: placeholder(1, freeName(names, 'instance', 'web1')),
      body: { networks: [choice(2, inside(names))] },
    },
  ],
  floating_ips: (names) => [
    {
      label: 'floating IP',
      documentation: 'An address of an external network that leads to an instance: the router translates.',
      key: placeholder(3, freeName(names, 'floatingip', 'fip1')),
      body: { network: choice(1, external(names)), instance: choice(2, existing(names, 'instance')) },
    },
  ],
  security_groups: (names) => [
    {
      label: 'security group',
      documentation: 'Lets ping and one TCP port in, and everything out.',
      key: placeholder(1, freeName(names, 'security_group', 'web')),
      body: {
        rules: [
          { direction: 'ingress', protocol: 'icmp' },
          { direction: 'ingress', protocol: 'tcp', port_range_min: placeholder(2, '80'), port_range_max: '${2}' },
        ],
      },
    },
  ],
};

export function snippetsOf(section: string, names: Names): readonly ResourceSnippet[] {
  return Object.hasOwn(SNIPPETS, section) ? (SNIPPETS[section]?.(names) ?? []) : [];
}

function slaac(names: Names, place: number): Body {
  const cidr = placeholder(place, freeCidr(names, 6));
  return { cidr: `"${cidr}"`, ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac' };
}

function router(names: Names): Record<string, Body> {
  const subnets = names.ofKind('subnet').filter(({ network }) => network === null || !isExternal(network.value));
  return {
    external_gateway_info: { network: choice(2, external(names)) },
    interfaces: [
      choice(
        3,
        subnets.map(({ name }) => nameText(name)),
      ),
    ],
  };
}

function existing(names: Names, kind: NameKind): string[] {
  return names.ofKind(kind).map(({ name }) => nameText(name));
}

function external(names: Names): string[] {
  return names.ofKind('network').flatMap(({ name, value }) => (isExternal(value) ? [nameText(name)] : []));
}

function inside(names: Names): string[] {
  return names.ofKind('network').flatMap(({ name, value }) => (isExternal(value) ? [] : [nameText(name)]));
}

export function isExternal(network: Parameters<typeof textAttribute>[0]): boolean {
  return textAttribute(network, 'router:external') === 'true';
}
