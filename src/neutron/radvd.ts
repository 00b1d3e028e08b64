/** The configuration of radvd and its command line (neutron/agent/linux/ra.py). */

import { habitsOf, type Habits } from './release.js';

/** RFC 8200, section 5: no IPv6 link carries less. Bytes. */
const IPV6_MIN_MTU = 1280;
/** `MAX_RDNSS_ENTRIES` */
const MAX_DNS_SERVERS = 3;

/** What a router advertises on one of its interfaces. */
export interface Advertisement {
  readonly device: string;
  /** Bytes. */
  readonly mtu: number;
  /** The IPv6 subnets of the interface's port. */
  readonly subnets: readonly {
    readonly cidr: string;
    readonly ipv6_ra_mode: string | null;
    readonly dns_nameservers: readonly string[];
  }[];
}

/** The blank lines are those that Neutron's template leaves; the file has no newline at its end. */
export function radvdConf(advertisements: readonly Advertisement[], habits: Habits): string {
  return advertisements.map((each) => interfaceBlock(each, habits)).join('');
}

function interfaceBlock({ device, mtu, subnets }: Advertisement, habits: Habits): string {
  const withMode = (...modes: readonly string[]) =>
    subnets.filter((subnet) => subnet.ipv6_ra_mode !== null && modes.includes(subnet.ipv6_ra_mode));
  const dns = withMode('slaac').flatMap((subnet) => subnet.dns_nameservers);
  const sections = [
    mtu >= IPV6_MIN_MTU ? [`AdvLinkMTU ${mtu};`] : [],
    withMode('dhcpv6-stateless').length > 0 ? ['AdvOtherConfigFlag on;'] : [],
    withMode('dhcpv6-stateful').length > 0 ? ['AdvManagedFlag on;'] : [],
    dns.length > 0 ? [rdnss(dns.slice(0, MAX_DNS_SERVERS))] : [],
    withMode('slaac', 'dhcpv6-stateless').map(({ cidr }) => prefix(cidr, 'on')),
    withMode('dhcpv6-stateful').map(({ cidr }) => prefix(cidr, 'off')),
  ];
  // The older template leaves a blank line before each section that may be there, even where it is not.
  const before = habits.radvdBlankLines ? '\n\n   ' : '';
  return (
    `interface ${device}\n{\n   AdvSendAdvert on;\n   MinRtrAdvInterval 30;\n   MaxRtrAdvInterval 100;` +
    sections.map((lines) => `${before}${lines.map((line) => `\n   ${line}\n   `).join('')}`).join('') +
    (habits.radvdMetadataRoute ? '\n\n   route fe80::a9fe:a9fe/128 {\n   };' : '') +
    '\n};'
  );
}

function rdnss(servers: readonly string[]): string {
  return `RDNSS ${servers.map((server) => ` ${server} `).join('')} {};`;
}

function prefix(cidr: string, autonomous: 'on' | 'off'): string {
  return `prefix ${cidr}\n   {\n        AdvOnLink on;\n        AdvAutonomous ${autonomous};\n   };`;
}

export function radvdConfPath(routerId: string): string {
  return `/var/lib/neutron/ra/${routerId}.radvd.conf`;
}

/** From here the L3 agent of a lab takes it when a replica becomes primary; on a backup there is no radvd.conf. */
export function radvdSourcePath(routerId: string): string {
  return `/var/lib/neutron-lab/radvd/${routerId}.conf`;
}

export function radvdPidFile(routerId: string): string {
  return `/var/lib/neutron/external/pids/${routerId}.pid.radvd`;
}

export function radvdArguments(routerId: string, habits: Habits = habitsOf('zed')): readonly string[] {
  const [user, log] = [
    ['-u', 'neutron'],
    ['-m', 'syslog'],
  ] as const;
  const last = habits.radvdUserFirst ? [...user, ...log] : [...log, ...user];
  return ['radvd', '-C', radvdConfPath(routerId), '-p', radvdPidFile(routerId), ...last];
}
