/** What a request says about a port. */
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { AllowedAddressPair, DeviceOwner, ExtraDhcpOpt, Lab, Network } from '../resources.js';
import { mixedGroups } from '../rules/ports.js';
import type { FixedIpRequest } from './address-books.js';
import { securityGroupOf } from './find.js';

export interface PortRequest {
  readonly name?: string;
  readonly network_id?: string;
  readonly admin_state_up?: boolean;
  readonly mac_address?: string | null;
  readonly fixed_ips?: readonly FixedIpRequest[];
  readonly device_id?: string;
  readonly device_owner?: string;
  readonly security_groups?: readonly string[];
  readonly port_security_enabled?: boolean;
  readonly allowed_address_pairs?: readonly (Omit<AllowedAddressPair, 'mac_address'> & { mac_address?: string })[];
  readonly extra_dhcp_opts?: readonly (Omit<ExtraDhcpOpt, 'ip_version'> & { ip_version?: 4 | 6 })[];
  readonly 'binding:host_id'?: string | null;
}

const OWNERS: readonly DeviceOwner[] = [
  ...(['', 'compute:nova', 'network:dhcp', 'network:router_interface', 'network:router_gateway'] as const),
  ...(['network:ha_router_replicated_interface', 'network:router_ha_interface', 'network:floatingip'] as const),
];

/** Port security is on where the request names groups, as in a lab file. */
export function securityOf(lab: Lab, request: PortRequest, network: Network) {
  const groups = [...new Set(request.security_groups ?? [])];
  enforce(mixedGroups(groups.map((group) => securityGroupOf(lab, group))));
  const enabled = request.security_groups !== undefined && network.port_security_enabled;
  return { security_groups: groups, port_security_enabled: request.port_security_enabled ?? enabled };
}

/** @throws NeutronError `InvalidInput` for one that a lab does not have */
export function ownerOf(owner: string): DeviceOwner {
  const known = OWNERS.find((one) => one === owner);
  if (known !== undefined) return known;
  const error_message = `a lab has no ports of the device_owner '${owner}'`;
  return refuse(
    violation(
      'InvalidInput',
      { error_message },
      { at: ['device_owner'], remedy: 'Write compute:nova, or leave it out.' },
    ),
  );
}

/** The MAC of a pair is that of the port unless it is given. */
export function pairsOf(request: PortRequest, mac: string): AllowedAddressPair[] {
  return (request.allowed_address_pairs ?? []).map((pair) => ({
    ip_address: pair.ip_address,
    mac_address: pair.mac_address?.toLowerCase() ?? mac,
  }));
}

export function optionsOf(request: PortRequest): ExtraDhcpOpt[] {
  return (request.extra_dhcp_opts ?? []).map((option) => ({ ...option, ip_version: option.ip_version ?? 4 }));
}
