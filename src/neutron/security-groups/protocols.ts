/** Protocols as iptables-save writes them (neutron/agent/linux/iptables_firewall.py, `_iptables_protocol_name`). */

/** Names of /etc/protocols as Debian 12 has it, by number: iptables-save writes a protocol by its first name there. */
const NAMES: Readonly<Record<string, string>> = {
  1: 'icmp',
  2: 'igmp',
  3: 'ggp',
  4: 'ipencap',
  5: 'st',
  6: 'tcp',
  8: 'egp',
  9: 'igp',
  12: 'pup',
  17: 'udp',
  20: 'hmp',
  22: 'xns-idp',
  27: 'rdp',
  29: 'iso-tp4',
  33: 'dccp',
  36: 'xtp',
  37: 'ddp',
  38: 'idpr-cmtp',
  41: 'ipv6',
  43: 'ipv6-route',
  44: 'ipv6-frag',
  45: 'idrp',
  46: 'rsvp',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  57: 'skip',
  58: 'ipv6-icmp',
  59: 'ipv6-nonxt',
  60: 'ipv6-opts',
  73: 'rspf',
  81: 'vmtp',
  88: 'eigrp',
  89: 'ospf',
  93: 'ax.25',
  94: 'ipip',
  97: 'etherip',
  98: 'encap',
  103: 'pim',
  108: 'ipcomp',
  112: 'vrrp',
  115: 'l2tp',
  124: 'isis',
  132: 'sctp',
  133: 'fc',
  135: 'mobility-header',
  136: 'udplite',
  137: 'mpls-in-ip',
  138: 'manet',
  139: 'hip',
  140: 'shim6',
  141: 'wesp',
  142: 'rohc',
  143: 'ethernet',
};

/** The API's names that iptables knows by another one, or by none: `ip` and `hopopt` are 0, which is any protocol. */
const OTHER_NAMES: Readonly<Record<string, string | null>> = {
  any: null,
  ip: null,
  hopopt: null,
  '0': null,
  'ipv6-encap': 'ipv6',
  icmpv6: 'ipv6-icmp',
  pgm: '113',
};

/** ip6tables wants `ipv6-icmp`; the API takes these for it. The number 1 with a type would not even load. */
const ICMP_OF_IPV6: ReadonlySet<string> = new Set(['icmp', 'icmpv6', '1']);

/** The word behind `-p`, null for any protocol. */
export function protocolName(protocol: string | null, family: 4 | 6): string | null {
  if (protocol === null) return null;
  if (family === 6 && ICMP_OF_IPV6.has(protocol)) return 'ipv6-icmp';
  const other = OTHER_NAMES[protocol];
  return other === undefined ? (NAMES[protocol] ?? protocol) : other;
}
