/** Ids and MACs that follow from names, so that two runs of one lab file are equal. */
import { v5 } from 'uuid';

/** The namespace of all our ids, itself derived from a name (RFC 4122, section 4.3). */
const NAMESPACE = v5('neutron-lab', v5.DNS);

/** The project that every resource of a lab belongs to; Keystone's ids are UUIDs without dashes. */
export const PROJECT_ID = v5('project', NAMESPACE).replaceAll('-', '');

/** A UUIDv5 of a kind and the names that make the resource unique, the lab's name first. */
export function resourceId(...names: readonly string[]): string {
  return v5(JSON.stringify(names), NAMESPACE);
}

/**
 * The device id of a DHCP port (neutron/common/utils.py, `get_dhcp_agent_device_id`). Neutron takes the host name
 * up to its first dot; names of nodes have none.
 */
export function dhcpDeviceId(networkId: string, node: string): string {
  return `dhcp${v5(node, v5.DNS)}-${networkId}`;
}

/** FNV-1a over the characters of an id, 32 bits: spreads derived and hand-written ids alike. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV's low bits are weak for texts that differ in their last character only.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The first half of every MAC that Neutron makes (option `base_mac`). */
const BASE_MAC = 'fa:16:3e';

/** @param suffix The last three octets as a number, 0 to 0xffffff. */
export function macOf(suffix: number): string {
  const digits = suffix.toString(16).padStart(6, '0');
  return `${BASE_MAC}:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4)}`;
}

/** The last three octets of a MAC that Neutron made, null for another one. */
export function macSuffix(mac: string): number | null {
  return mac.startsWith(`${BASE_MAC}:`) ? parseInt(mac.slice(9).replaceAll(':', ''), 16) : null;
}
