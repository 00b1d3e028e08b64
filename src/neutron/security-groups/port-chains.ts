/**
 * The chains of one port that is filtered: `i` for what goes to it, `o` for what it sends, `s` against false source
 * addresses (neutron/agent/linux/iptables_firewall.py, neutron/db/securitygroups_rpc_base.py).
 */
import { ipVersion, linkLocal } from '../../model/addresses.js';
import type { Port, SecurityGroup, SecurityGroupRule } from '../../model/resources.js';
import { addressWords } from './cidr.js';
import { withComment } from './comments.js';
import { familyOf, ruleArguments } from './rule-arguments.js';

/** A port that is filtered, with its groups in the order of their ids, as the database gives them. */
export interface FilteredPort {
  readonly port: Port;
  readonly device: string;
  readonly bridge: string;
  readonly groups: readonly SecurityGroup[];
}

export interface PortChains {
  readonly ingress: readonly string[];
  readonly egress: readonly string[];
  /** Null where the port has no address of the family: then nothing is said about sources. */
  readonly sources: readonly string[] | null;
}

/** Types of ICMPv6 (RFC 4443, 4861, 2710, 3810): queries, solicitation and advertisement of neighbours and routers. */
const [MLD_QUERY, MLD_REPORT, ROUTER_ADVERTISEMENT, SOLICITATION, ADVERTISEMENT, MLDV2_REPORT] = [
  130, 131, 134, 135, 136, 143,
];

/** The UDP ports of a DHCP server and of its client. */
const DHCP = { 4: { server: 67, client: 68 }, 6: { server: 547, client: 546 } } as const;

/** @param chain the full name of a chain of the agent */
export function portChains(filtered: FilteredPort, family: 4 | 6, chain: (name: string) => string): PortChains {
  const { port, device } = filtered;
  const sources = sourceRules(port, family);
  const jump = sources === null ? [] : [`-j ${chain(portChainName('s', device))}`];
  const fallback = withComment(`-j ${chain('sg-fallback')}`, 'Send unmatched traffic to the fallback chain.');
  const fromGroups = (direction: SecurityGroupRule['direction'], own: readonly string[]): string[] => [
    withComment(
      '-m state --state RELATED,ESTABLISHED -j RETURN',
      'Direct packets associated with a known session to the RETURN chain.',
    ),
    ...new Set([...own, ...groupRules(filtered.groups, direction, family)]),
    withComment(
      '-m state --state INVALID -j DROP',
      'Drop packets that appear related to an existing connection (e.g. TCP ACK/FIN) but do not have an entry in conntrack.',
    ),
    fallback,
  ];
  return {
    ingress: lastOfEach([
      ...(family === 6 ? [MLD_QUERY, SOLICITATION, ADVERTISEMENT].map((type) => `${icmpv6(type)} -j RETURN`) : []),
      ...fromGroups('ingress', toEveryPort(port, family)),
    ]),
    egress: lastOfEach([...beforeSources(family), ...jump, ...afterSources(family), ...fromGroups('egress', [])]),
    sources,
  };
}

/** `tap` is left out, and the chain's name is cut to 11 characters (`MAX_IPTABLES_CHAIN_LEN_WRAP`). */
export function portChainName(kind: 'i' | 'o' | 's', device: string): string {
  return `${kind}${device.slice(3)}`.slice(0, 11);
}

/** The database gives the rules of a group in the order of their ids. */
function groupRules(
  groups: readonly SecurityGroup[],
  direction: SecurityGroupRule['direction'],
  family: 4 | 6,
): readonly string[] {
  return groups.flatMap(({ security_group_rules: rules }) =>
    inOrderOfIds(rules.filter((rule) => rule.direction === direction && familyOf(rule) === family)).map(ruleArguments),
  );
}

export function inOrderOfIds<T extends { readonly id: string }>(values: readonly T[]): T[] {
  return [...values].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** What every port may receive: router advertisements where it has an IPv6 address, and the answers of DHCP. */
function toEveryPort({ fixed_ips: fixed }: Port, family: 4 | 6): string[] {
  const addresses = fixed.map(({ ip_address: address }) => address).filter((text) => ipVersion(text) === family);
  const advertisements = family === 6 && addresses.length > 0 ? [`${icmpv6(ROUTER_ADVERTISEMENT)} -j RETURN`] : [];
  const { server, client } = DHCP[family];
  const answers = [...addresses, family === 4 ? '255.255.255.255' : 'fe80::/64'].map((address) =>
    [...addressWords('-d', address), udp(server, client), '-j RETURN'].join(' '),
  );
  return [...advertisements, ...answers];
}

/** Who has no address yet may ask for one, and may ask whether another has it (RFC 4862, 5.4). */
function beforeSources(family: 4 | 6): string[] {
  const { server, client } = DHCP[family];
  if (family === 4) {
    return [
      withComment(`-s 0.0.0.0/32 -d 255.255.255.255/32 ${udp(client, server)} -j RETURN`, 'Allow DHCP client traffic.'),
    ];
  }
  return [MLD_REPORT, SOLICITATION, MLDV2_REPORT].map((type) =>
    withComment(`-s ::/128 -d ff02::/16 ${icmpv6(type)} -j RETURN`, 'Allow IPv6 ICMP traffic.'),
  );
}

function afterSources(family: 4 | 6): string[] {
  const { server, client } = DHCP[family];
  const icmp =
    family === 4
      ? []
      : [
          withComment(`${icmpv6(ROUTER_ADVERTISEMENT)} -j DROP`, 'Drop IPv6 Router Advts from VM Instance.'),
          withComment('-p ipv6-icmp -j RETURN', 'Allow IPv6 ICMP traffic.'),
        ];
  return [
    ...icmp,
    withComment(`${udp(client, server)} -j RETURN`, 'Allow DHCP client traffic.'),
    withComment(`${udp(server, client)} -j DROP`, 'Prevent DHCP Spoofing by VM.'),
  ];
}

/** The allowed address pairs and the port's own addresses, each with its MAC; the rest is dropped. */
function sourceRules(port: Port, family: 4 | 6): readonly string[] | null {
  const own = port.fixed_ips.map(({ ip_address: address }) => ({ address, mac: port.mac_address }));
  const pairs = port.allowed_address_pairs.map(({ ip_address: address, mac_address: mac }) => ({ address, mac }));
  const all = [...pairs, ...own].filter(({ address }) => ipVersion(address) === family);
  const rules = all.flatMap(({ address, mac }) => [
    sourceRule(mac, address),
    // With an IPv6 address comes the link-local one of the same MAC.
    ...(family === 6 ? [sourceRule(mac, linkLocal(mac))] : []),
  ]);
  if (port.fixed_ips.length === 0) rules.push(sourceRule(port.mac_address, null));
  if (rules.length === 0) return null;
  const unique = family === 6 ? firstLinkLocals(rules) : rules;
  return lastOfEach([...unique, withComment('-j DROP', 'Drop traffic without an IP/MAC allow rule.')]);
}

function sourceRule(mac: string, address: string | null): string {
  const words = [
    ...(address === null ? [] : addressWords('-s', address)),
    `-m mac --mac-source ${mac.toLowerCase()} -j RETURN`,
  ];
  return withComment(words.join(' '), 'Allow traffic from defined IP/MAC pairs.');
}

/** A link-local address is told with the first address of its MAC only. */
function firstLinkLocals(rules: readonly string[]): string[] {
  return rules.filter((rule, index) => !rule.startsWith('-s fe80:') || rules.indexOf(rule) === index);
}

function icmpv6(type: number): string {
  return `-p ipv6-icmp -m icmp6 --icmpv6-type ${type}`;
}

function udp(from: number, to: number): string {
  return `-p udp -m udp --sport ${from} --dport ${to}`;
}

/** iptables_manager.py, `_weed_out_duplicates`: of equal rules in a chain the last one stays. */
function lastOfEach(rules: readonly string[]): string[] {
  return rules.filter((rule, index) => rules.lastIndexOf(rule) === index);
}
