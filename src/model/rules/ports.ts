/** What Neutron refuses about MACs, addresses that are taken, and the security of a port. */
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';

export function macInUse(networkRef: string, mac: string): Violation {
  return violation('MacAddressInUse', { net_id: networkRef, mac }, { at: ['mac_address'] });
}

export function addressInUse(subnetRef: string, address: string, at: AttributePath): Violation {
  return violation('IpAddressAlreadyAllocated', { ip: address, subnet_id: subnetRef }, { at });
}

export function noMoreAddresses(networkRef: string): Violation {
  return violation('IpAddressGenerationFailure', { net_id: networkRef });
}

interface PortSecurity {
  readonly enabled: boolean;
  readonly groups: number;
  readonly pairs: number;
}

/** `_determine_port_security` and `_process_port_create` of neutron/plugins/ml2/plugin.py and neutron/db/portsecurity_db.py. */
export function* securityViolations({ enabled, groups, pairs }: PortSecurity): Generator<Violation> {
  if (enabled) return;
  if (groups > 0) yield violation('PortSecurityAndIPRequiredForSecurityGroups', {}, { at: ['security_groups'] });
  if (pairs > 0) yield violation('AddressPairAndPortSecurityRequired', {}, { at: ['allowed_address_pairs'] });
}

/** `_validate_sgs_for_port` of neutron/db/securitygroups_db.py. @param groups Of one port */
export function* mixedGroups(groups: readonly { readonly stateful: boolean }[]): Generator<Violation> {
  if (new Set(groups.map(({ stateful }) => stateful)).size < 2) return;
  const reason = 'Cannot apply both stateful and stateless security groups on the same port at the same time';
  yield violation('SecurityGroupConflict', { reason }, { at: ['security_groups'] });
}

/** An update that takes port security off while groups stay (`PortSecurityPortHasSecurityGroup`). */
export function* securityUpdateViolations(before: PortSecurity, after: PortSecurity): Generator<Violation> {
  if (before.groups > 0 && after.groups > 0 && before.enabled && !after.enabled) {
    yield violation('PortSecurityPortHasSecurityGroup', {}, { at: ['port_security_enabled'] });
  } else yield* securityViolations(after);
}
