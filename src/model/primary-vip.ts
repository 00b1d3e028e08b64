/** The address by which Neutron knows the MASTER of an HA router (neutron/agent/linux/keepalived.py). */
import { overlaps } from './addresses.js';

/** What no primary VIP may lie in besides the HA subnet: metadata, and the fip- namespaces of DVR. */
const RESERVED = ['169.254.169.254/32', '169.254.64.0/18'] as const;

/**
 * The address that tells who is master: the first free /24 of 169.254.0.0/16 with the VRID as its host part
 * (`get_free_range`, `get_primary_vip`).
 */
export function primaryVip(vrid: number, haCidr: string): string {
  const taken = [...RESERVED, haCidr];
  for (let third = 0; third < 256; third += 1) {
    if (!taken.some((cidr) => overlaps(cidr, `169.254.${third}.0/24`))) return `169.254.${third}.${vrid}/24`;
  }
  return `169.254.0.${vrid}/24`;
}
