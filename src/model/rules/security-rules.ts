/** What Neutron refuses about a security group rule (neutron/db/securitygroups_db.py, `_validate_security_group_rule`). */
import { tryParseAddress, tryParseCidr } from '../addresses.js';
import type { Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { SecurityGroupRule } from '../resources.js';

/** neutron_lib/constants.py, `IP_PROTOCOL_MAP`, in its order; the legacy `icmpv6` stands where Neutron's message has it. */
export const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ip: 0,
  ipip: 4,
  'ipv6-encap': 41,
  'ipv6-frag': 44,
  'ipv6-icmp': 58,
  icmpv6: 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  'ipv6-route': 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
};
const SUPPORTED = `[None, ${Object.keys(PROTOCOL_NUMBERS)
  .map((name) => `'${name}'`)
  .join(', ')}]`;
const WITH_PORTS: ReadonlySet<number> = new Set([6, 17, 33, 132, 136]);
const ICMP: ReadonlySet<number> = new Set([1, 58]);
const IPV6_ONLY: ReadonlySet<string> = new Set([
  ...['ipv6-encap', 'ipv6-frag', 'ipv6-icmp', 'icmpv6', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route'],
  ...['41', '44', '58', '59', '60', '43'],
]);

/** A rule before it has an id. */
export type RuleContent = Omit<SecurityGroupRule, 'id'>;

/** Lower case, and null for any: as Neutron stores it. */
export function normalProtocol(protocol: string | number | null): string | null {
  const text = protocol === null ? null : String(protocol).toLowerCase();
  return text === 'any' ? null : text;
}

/** An address is the range of it alone. */
export function normalPrefix(text: string): string {
  if (tryParseCidr(text) !== null) return text;
  const address = tryParseAddress(text);
  return address === null ? text : `${text}/${address.version === 4 ? '32' : '128'}`;
}

export function* ruleViolations(rule: RuleContent): Generator<Violation> {
  yield* protocolViolations(rule);
  yield* portViolations(rule);
  const prefix = rule.remote_ip_prefix;
  const version = prefix?.includes(':') === true ? 6 : 4;
  if (prefix !== null && rule.ethertype !== `IPv${version}`) {
    yield violation(
      'SecurityGroupRuleParameterConflict',
      { ethertype: rule.ethertype, cidr: prefix },
      { at: ['remote_ip_prefix'], remedy: `Write \`ethertype: IPv${version}\`.` },
    );
  }
  if (rule.protocol !== null && IPV6_ONLY.has(rule.protocol) && rule.ethertype === 'IPv4') {
    yield violation(
      'SecurityGroupEthertypeConflictWithProtocol',
      { ethertype: rule.ethertype, protocol: rule.protocol },
      { at: ['protocol'] },
    );
  }
}

/** Apart from the others, since a lab file knows of the group before it is resolved. */
export function* remoteViolations(...remotes: readonly unknown[]): Generator<Violation> {
  if (remotes.filter((remote) => (remote ?? null) !== null).length > 1) {
    yield violation('SecurityGroupMultipleRemoteEntites', {}, { at: ['remote_group_id'] });
  }
}

export function* protocolViolations({ protocol }: Pick<RuleContent, 'protocol'>): Generator<Violation> {
  if (protocol === null || numberOf(protocol) !== null) return;
  yield violation('SecurityGroupRuleInvalidProtocol', { protocol, values: SUPPORTED }, { at: ['protocol'] });
}

function* portViolations(rule: RuleContent): Generator<Violation> {
  const { port_range_min: min, port_range_max: max } = rule;
  if (min === null && max === null) return;
  const at = [min === null ? 'port_range_max' : 'port_range_min'];
  if (rule.protocol === null) {
    yield violation('SecurityGroupProtocolRequiredWithPorts', {}, { at });
    return;
  }
  const number = numberOf(rule.protocol);
  if (number === null) return;
  if (WITH_PORTS.has(number)) {
    if (min === 0 || max === 0) yield violation('SecurityGroupInvalidPortValue', { port: 0 }, { at });
    else if (min === null || max === null || min > max) yield violation('SecurityGroupInvalidPortRange', {}, { at });
  } else if (ICMP.has(number)) yield* icmpViolations(min, max);
  else {
    const valid = { valid_port_protocols: 'DCCP, SCTP, TCP, UDP, UDPLITE' };
    yield violation('SecurityGroupInvalidProtocolForPort', { protocol: number, ...valid }, { at });
  }
}

function* icmpViolations(type: number | null, code: number | null): Generator<Violation> {
  const fields = [
    { field: 'type', attr: 'port_range_min', value: type },
    { field: 'code', attr: 'port_range_max', value: code },
  ];
  for (const { field, attr, value } of fields) {
    if (value === null || (value >= 0 && value <= 255)) continue;
    yield violation('SecurityGroupInvalidIcmpValue', { field, attr, value }, { at: [attr] });
  }
  if (type === null && code !== null) {
    yield violation('SecurityGroupMissingIcmpType', { value: code }, { at: ['port_range_max'] });
  }
}

function numberOf(protocol: string): number | null {
  if (/^\d{1,3}$/.test(protocol)) return Number(protocol) <= 255 ? Number(protocol) : null;
  return Object.hasOwn(PROTOCOL_NUMBERS, protocol) ? (PROTOCOL_NUMBERS[protocol] ?? null) : null;
}

/** Two rules with one key are the same (`_rule_to_key`): every address is as good as none. */
export function ruleKey(rule: RuleContent): string {
  const prefix = ['0.0.0.0/0', '::/0'].includes(rule.remote_ip_prefix ?? '') ? null : rule.remote_ip_prefix;
  const protocol = rule.protocol === null ? null : numberOf(rule.protocol);
  const { direction, ethertype, port_range_max: max, port_range_min: min, remote_group_id: group } = rule;
  return JSON.stringify([direction, ethertype, max, min, protocol, group, prefix]);
}
