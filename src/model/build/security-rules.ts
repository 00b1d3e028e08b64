/** What Neutron's server refuses about a security group rule (`_validate_security_group_rule`). */
import { ipVersion } from '../addresses.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import type { RuleFile } from '../lab-file/schema.js';
import { enumerate, show } from '../lab-file/text.js';

/** neutron_lib/constants.py, `IP_PROTOCOL_MAP`. */
const PROTOCOLS: readonly string[] = [
  'ah',
  'any',
  'dccp',
  'egp',
  'esp',
  'gre',
  'hopopt',
  'icmp',
  'icmpv6',
  'igmp',
  'ip',
  'ipip',
  'ipv6-encap',
  'ipv6-frag',
  'ipv6-icmp',
  'ipv6-nonxt',
  'ipv6-opts',
  'ipv6-route',
  'ospf',
  'pgm',
  'rsvp',
  'sctp',
  'tcp',
  'udp',
  'udplite',
  'vrrp',
];
const PORT_PROTOCOLS: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'sctp',
  'dccp',
  'udplite',
  '6',
  '17',
  '132',
  '33',
  '136',
]);
const ICMP: ReadonlySet<string> = new Set(['icmp', 'icmpv6', 'ipv6-icmp', '1', '58']);

/** Lower case, and null for any: as Neutron stores it. */
export function normalProtocol(protocol: string | number | null): string | null {
  const text = protocol === null ? null : String(protocol).toLowerCase();
  return text === 'any' ? null : text;
}

export function checkRule(rule: RuleFile, path: Path, problems: ProblemList): void {
  const protocol = normalProtocol(rule.protocol ?? null);
  const [min, max] = [rule.port_range_min ?? null, rule.port_range_max ?? null];
  const report = (attribute: string, code: string, message: string, remedy: string): void => {
    problems.error({ path: [...path, attribute], code, message, remedy });
  };
  if (protocol !== null && !PROTOCOLS.includes(protocol) && !isNumber(protocol)) {
    report(
      'protocol',
      'SecurityGroupRuleInvalidProtocol',
      `Security group rule protocol ${show(protocol)} not supported.`,
      problems.suggest(protocol, PROTOCOLS, `Write a number from 0 to 255 or one of ${enumerate(PROTOCOLS)}.`),
    );
  }
  if (protocol === null && (min !== null || max !== null)) {
    report(
      min === null ? 'port_range_max' : 'port_range_min',
      'SecurityGroupProtocolRequiredWithPorts',
      'Must also specify protocol if port range is given.',
      'Add `protocol: tcp`.',
    );
  } else if (protocol !== null && ICMP.has(protocol)) {
    if ((min ?? 0) > 255)
      report(
        'port_range_min',
        'SecurityGroupInvalidIcmpValue',
        `Invalid value for ICMP type (port_range_min) ${String(min)}. It must be 0 to 255.`,
        'For ICMP the range is type and code.',
      );
    if ((max ?? 0) > 255)
      report(
        'port_range_max',
        'SecurityGroupInvalidIcmpValue',
        `Invalid value for ICMP code (port_range_max) ${String(max)}. It must be 0 to 255.`,
        'For ICMP the range is type and code.',
      );
    if (min === null && max !== null)
      report(
        'port_range_max',
        'SecurityGroupMissingIcmpType',
        'ICMP code (port_range_max) is provided but ICMP type (port_range_min) is missing.',
        'Add `port_range_min`.',
      );
  } else if (protocol !== null && (min !== null || max !== null)) {
    if (!PORT_PROTOCOLS.has(protocol))
      report(
        min === null ? 'port_range_max' : 'port_range_min',
        'SecurityGroupInvalidProtocolForPort',
        `Invalid protocol ${show(protocol)} for port range.`,
        'Only tcp, udp, udplite, sctp and dccp have ports.',
      );
    else if (min === null || max === null || min > max)
      report(
        min === null ? 'port_range_max' : 'port_range_min',
        'SecurityGroupInvalidPortRange',
        'For TCP/UDP protocols, port_range_min must be <= port_range_max.',
        'Give both, the lower one first.',
      );
  }
  const remote = rule.remote_ip_prefix ?? null;
  if (remote !== null && `IPv${String(ipVersion(remote))}` !== (rule.ethertype ?? 'IPv4')) {
    report(
      'remote_ip_prefix',
      'SecurityGroupRuleParameterConflict',
      `Conflicting value ethertype ${rule.ethertype ?? 'IPv4'} for CIDR ${remote}.`,
      `Write \`ethertype: IPv${String(ipVersion(remote))}\`.`,
    );
  }
  if (remote !== null && (rule.remote_group ?? null) !== null) {
    report(
      'remote_group',
      'SecurityGroupMultipleRemoteEntities',
      'Only one of remote_ip_prefix and remote_group may be given.',
      'Write two rules.',
    );
  }
}

function isNumber(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= 255;
}
