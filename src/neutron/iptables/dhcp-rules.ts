/** The rulesets of a qdhcp namespace (neutron/agent/linux/dhcp.py, `fill_dhcp_udp_checksums`). */
import { filterTable, mangleTable, rawTable } from './table.js';

/** `neutron-dhcp-agent`, cut to 16 characters (iptables_manager.py, `get_binary_name`). */
const PREFIX = 'neutron-dhcp-age';

/** The UDP ports on which a DHCP and a DHCPv6 client listen. */
const CLIENT_PORT = { 4: 68, 6: 546 } as const;

export function dhcpRuleset(family: 4 | 6): string {
  const mangle = mangleTable(PREFIX);
  // A veth leaves the checksum to a card that is not there; some clients drop such packets.
  mangle.append(
    mangle.chain('POSTROUTING'),
    `-p udp -m udp --dport ${CLIENT_PORT[family]} -j CHECKSUM --checksum-fill`,
  );
  if (family === 4)
    mangle.declare(mangle.chain('mark')).append(mangle.chain('PREROUTING'), `-j ${mangle.chain('mark')}`);
  return [mangle, rawTable(PREFIX), filterTable(PREFIX)].join('');
}
