/** Which MAC gets which address, and who is called what (neutron/agent/linux/dhcp.py). */
import { hostsOf, isClientId, portTag, type Host, type ServedNetwork } from './served-network.js';

/** The file behind `--dhcp-hostsfile` (`_output_hosts_file`). */
export function hostFile(served: ServedNetwork): string {
  return hostsOf(served)
    .map((host) => hostLine(host, served))
    .join('');
}

function hostLine(host: Host, served: ServedNetwork): string {
  const { port, ip, subnet, fqdn } = host;
  const six = subnet.ip_version === 6;
  const tag = six && served.habits.dhcpv6Tag ? ['tag:dhcpv6'] : [];
  const own = `set:${portTag(served, port.id)}`;
  const line = (...words: readonly string[]) => `${[port.mac_address, ...tag, ...words].join(',')}\n`;

  // SLAAC and stateless DHCPv6 give no address; the options of a stateless client still find it by its tag.
  const mode = six ? subnet.ipv6_address_mode : null;
  if (mode === 'slaac') return '';
  if (mode === 'dhcpv6-stateless') return port.extra_dhcp_opts.length > 0 ? line(own) : '';
  if (!subnet.enable_dhcp) return '';

  const address = six ? `[${ip.ip_address}]` : ip.ip_address;
  const clientId = port.extra_dhcp_opts.find((option) => isClientId(option.opt_name))?.opt_value;
  const id = clientId === undefined ? [] : [`id:${clientId}`];
  const tagged = port.extra_dhcp_opts.length > id.length ? [own] : [];
  return line(...id, fqdn, address, ...tagged);
}

/** The file behind `--addn-hosts`: names for all addresses of the network, leased or not (`_output_addn_hosts_file`). */
export function addnHostsFile(served: ServedNetwork): string {
  return hostsOf(served)
    .map(({ ip, fqdn, hostname }) => `${ip.ip_address}\t${fqdn} ${hostname}\n`)
    .join('');
}
