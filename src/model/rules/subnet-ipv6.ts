/** What Neutron refuses about the IPv6 modes of a subnet (`_validate_ipv6_attributes` in neutron/db/db_base_plugin_v2.py). */
import { formatCidr } from '../addresses.js';
import type { Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { Ipv6Mode } from '../resources.js';
import type { SubnetFacts } from './subnets.js';

type Modes = Pick<SubnetFacts, 'cidr' | 'enableDhcp' | 'raMode' | 'addressMode'>;

/** Hosts give themselves an address in it from their MAC (`is_auto_address_subnet`). */
export function isAutoAddress(addressMode: Ipv6Mode | null, raMode: Ipv6Mode | null): boolean {
  const auto: readonly (Ipv6Mode | null)[] = ['slaac', 'dhcpv6-stateless'];
  return auto.includes(addressMode) || auto.includes(raMode);
}

export function* ipv6Violations({ cidr, enableDhcp, raMode, addressMode }: Modes): Generator<Violation> {
  if (raMode === null && addressMode === null) return;
  const attribute = addressMode === null ? 'ipv6_ra_mode' : 'ipv6_address_mode';
  const refuse = (error_message: string, at: string, remedy: string): Violation =>
    violation('InvalidInput', { error_message }, { at: [at], remedy });
  if (cidr.version === 4) {
    const first = raMode === null ? 'ipv6_address_mode' : 'ipv6_ra_mode';
    yield refuse(`${first} is not valid when ip_version is 4`, first, 'Leave it out.');
    return;
  }
  if (!enableDhcp) {
    yield refuse(
      'ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False',
      'enable_dhcp',
      'Leave `enable_dhcp` out, or the two modes.',
    );
  } else if (raMode !== null && addressMode !== null && raMode !== addressMode) {
    yield refuse(
      `ipv6_ra_mode set to '${raMode}' with ipv6_address_mode set to '${addressMode}' is not valid. If both attributes are set, they must be the same value`,
      attribute,
      'Let both be the same, or leave one out.',
    );
  } else if (isAutoAddress(addressMode, raMode) && cidr.prefixLength !== 64) {
    yield refuse(
      `Invalid CIDR ${formatCidr(cidr)} for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64`,
      'cidr',
      'Take a /64.',
    );
  }
}
