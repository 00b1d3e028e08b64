/** A rule of a security group as a rule of iptables (iptables_firewall.py, `_convert_sg_rule_to_iptables_args`). */
import type { SecurityGroupRule } from '../../model/resources.js';
import { setName } from './address-set.js';
import { addressWords } from './cidr.js';
import { protocolName } from './protocols.js';

/** Protocols whose match `-m` iptables adds where a port or a type is given (neutron_lib, `IPTABLES_PROTOCOL_MAP`). */
const MATCHES: Readonly<Record<string, string>> = {
  dccp: 'dccp',
  icmp: 'icmp',
  'ipv6-icmp': 'icmp6',
  sctp: 'sctp',
  tcp: 'tcp',
  udp: 'udp',
};

/** UDP-Lite has no match of its own for ports, only multiport (`IPTABLES_MULTIPORT_ONLY_PROTOCOLS`). */
const PORT_PROTOCOLS: ReadonlySet<string> = new Set(['dccp', 'sctp', 'tcp', 'udp', 'udplite']);

/** ICMP's type 255 means any type to iptables. */
const ANY_ICMP_TYPE = 255;

/** What stands behind the chain: in the order in which iptables-save writes it. */
export function ruleArguments(rule: SecurityGroupRule): string {
  const remote = rule.remote_group_id;
  const words =
    remote === null
      ? [...prefixWords(rule), ...protocolWords(rule)]
      : [...protocolWords(rule), '-m set --match-set', setName(remote, familyOf(rule)), remoteSide(rule)];
  return [...words, '-j RETURN'].join(' ');
}

export function familyOf({ ethertype }: SecurityGroupRule): 4 | 6 {
  return ethertype === 'IPv4' ? 4 : 6;
}

/** Which end of a packet is the remote one. */
function remoteSide({ direction }: SecurityGroupRule): 'src' | 'dst' {
  return direction === 'ingress' ? 'src' : 'dst';
}

function prefixWords(rule: SecurityGroupRule): string[] {
  const prefix = rule.remote_ip_prefix;
  return prefix === null ? [] : addressWords(remoteSide(rule) === 'src' ? '-s' : '-d', prefix);
}

function protocolWords(rule: SecurityGroupRule): string[] {
  const name = protocolName(rule.protocol, familyOf(rule));
  if (name === null) return [];
  const { port_range_min: min, port_range_max: max } = rule;
  if (min === null) return ['-p', name];
  const match = MATCHES[name];
  return ['-p', name, ...(match === undefined ? [] : ['-m', match]), ...portWords(name, min, max)];
}

function portWords(protocol: string, min: number, max: number | null): string[] {
  if (protocol === 'icmp') return ['--icmp-type', min === ANY_ICMP_TYPE ? 'any' : typeAndCode(min, max)];
  if (protocol === 'ipv6-icmp') return ['--icmpv6-type', typeAndCode(min, max)];
  if (!PORT_PROTOCOLS.has(protocol)) return [];
  if (min !== max) return ['-m multiport --dports', `${min}:${max ?? ''}`];
  return protocol === 'udplite' ? ['-m multiport --dports', `${min}`] : ['--dport', `${min}`];
}

/** For ICMP the range is type and code; a code of 0 is one. */
function typeAndCode(type: number, code: number | null): string {
  return code === null ? `${type}` : `${type}/${code}`;
}
