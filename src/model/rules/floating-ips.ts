/** What Neutron refuses about floating IPs (neutron/db/l3_db.py, `_check_and_get_fip_assoc`). */
import { ipVersion } from '../addresses.js';
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { FixedIp } from '../resources.js';

export function badFloatingIp(msg: string, remedy: string, at: AttributePath = []): Violation {
  return violation('BadRequest', { resource: 'floatingip', msg }, { at, remedy });
}

/** @param versions The IP versions of the network's subnets. */
export function* floatingNetworkViolations(
  networkRef: string,
  external: boolean,
  versions: readonly (4 | 6)[],
): Generator<Violation> {
  if (!external) {
    const remedy = 'Name a network that has `router:external: true`.';
    yield badFloatingIp(`Network ${networkRef} is not a valid external network`, remedy, ['floating_network_id']);
  } else if (!versions.includes(4)) {
    const remedy = 'Give the external network an IPv4 subnet.';
    yield badFloatingIp(`Network ${networkRef} does not contain any IPv4 subnet`, remedy, ['floating_network_id']);
  }
}

/**
 * The address of the port that a floating IP stands for, or why there is none (`_internal_fip_assoc_data`).
 * @param wanted The `fixed_ip_address` of the request.
 */
export function internalAddress(
  portRef: string,
  fixedIps: readonly FixedIp[],
  wanted: string | null,
): FixedIp | Violation {
  if (wanted !== null) {
    const at = ['fixed_ip_address'];
    if (ipVersion(wanted) !== 4) {
      const msg = `Cannot process floating IP association with ${wanted}, since that is not an IPv4 address`;
      return badFloatingIp(msg, 'Give an IPv4 address of the port.', at);
    }
    const chosen = fixedIps.find((ip) => ip.ip_address === wanted);
    if (chosen !== undefined) return chosen;
    const remedy = `It has ${fixedIps.map((ip) => ip.ip_address).join(', ') || 'no address'}.`;
    return badFloatingIp(`Port ${portRef} does not have fixed ip ${wanted}`, remedy, at);
  }
  const v4 = fixedIps.filter((ip) => ipVersion(ip.ip_address) === 4);
  const [first, second] = v4;
  if (first === undefined) {
    const msg = `Cannot add floating IP to port ${portRef} that has no fixed IPv4 addresses`;
    return badFloatingIp(msg, 'Give the port an address in an IPv4 subnet.');
  }
  if (second === undefined) return first;
  const msg = `Port ${portRef} has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP`;
  return badFloatingIp(msg, `Add \`fixed_ip_address\`: ${v4.map((ip) => ip.ip_address).join(' or ')}.`);
}

/** The server forgets to fill in its message. */
export function dhcpPort(): Violation {
  return badFloatingIp('Port %(id)s is unable to be assigned a floating IP', 'Name a port of an instance.', [
    'port_id',
  ]);
}

export function fixedAddressWithoutPort(): Violation {
  const msg = 'fixed_ip_address cannot be specified without a port_id';
  return badFloatingIp(msg, 'Say which port or instance has the address.', ['fixed_ip_address']);
}
