/** The command line of dnsmasq (neutron/agent/linux/dhcp.py, `_build_cmdline_callback`). */
import { addressCount, netmask, networkAddress, prefixLength } from '../../model/addresses.js';
import type { Subnet } from '../../model/resources.js';
import { subnetTag, type ServedNetwork } from './served-network.js';

/** `dnsmasq_lease_max` of dhcp_agent.ini. */
const LEASE_MAX = 16777216n;

export function dhcpDirectory(networkId: string): string {
  return `/var/lib/neutron/dhcp/${networkId}`;
}

export function dnsmasqArguments(served: ServedNetwork): readonly string[] {
  const { network, subnets, config, habits } = served;
  const directory = dhcpDirectory(network.id);
  const lease = config.dhcp_lease_duration === -1 ? 'infinite' : `${config.dhcp_lease_duration}s`;
  const ranges = subnets.filter(hasRange);
  const leases = ranges.reduce((sum, { cidr }) => sum + addressCount(cidr), 0n);
  return [
    'dnsmasq',
    '--no-hosts',
    '--no-resolv',
    `--pid-file=${directory}/pid`,
    `--dhcp-hostsfile=${directory}/host`,
    `--addn-hosts=${directory}/addn_hosts`,
    `--dhcp-optsfile=${directory}/opts`,
    `--dhcp-leasefile=${directory}/leases`,
    '--dhcp-match=set:ipxe,175',
    ...(habits.dnsmasqIpxe6 ? ['--dhcp-userclass=set:ipxe6,iPXE'] : []),
    '--local-service',
    habits.dnsmasqBinds,
    ...ranges.map((subnet) => dhcpRange(subnet, subnetTag(served, subnet.id), lease)),
    ...(network.mtu > 0 ? [`--dhcp-option-force=option:mtu,${network.mtu}`] : []),
    `--dhcp-lease-max=${leases < LEASE_MAX ? leases : LEASE_MAX}`,
    `--conf-file=${habits.dnsmasqConfFile}`,
    ...(config.dns_domain === '' ? [] : [`--domain=${config.dns_domain}`]),
  ];
}

/** SLAAC needs no server, and dnsmasq takes no IPv6 range with a prefix shorter than /64. */
function hasRange(subnet: Subnet): boolean {
  if (!subnet.enable_dhcp) return false;
  if (subnet.ip_version === 4) return true;
  const { ipv6_address_mode: addressMode, ipv6_ra_mode: raMode } = subnet;
  const byDhcp = addressMode === null ? raMode === null : addressMode !== 'slaac';
  return byDhcp && prefixLength(subnet.cidr) >= 64;
}

/** `static`: only hosts that the host file names get an address. */
function dhcpRange({ cidr, ip_version: version }: Subnet, tag: string, lease: string): string {
  const mask = version === 4 ? netmask(cidr) : prefixLength(cidr);
  return `--dhcp-range=set:${tag},${networkAddress(cidr)},static,${mask},${lease}`;
}
