/** What Neutron refuses about fixed addresses (neutron/db/ipam_pluggable_backend.py, neutron/ipam/utils.py). */
import { containsAddress, formatAddress, formatCidr, type Address, type Cidr } from '../addresses.js';
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';

/** A subnet as far as addresses in it are concerned. */
export interface AddressedSubnet {
  readonly ref: string;
  readonly cidr: Cidr;
  /** Hosts give themselves an address in it from their MAC. */
  readonly auto: boolean;
}

/** `ROUTER_PORT_OWNERS` of neutron_lib/constants.py, as far as a lab has them. */
const ROUTER_OWNERS: ReadonlySet<string> = new Set([
  ...['network:router_interface', 'network:ha_router_replicated_interface', 'network:router_gateway'],
  ...['network:router_ha_interface', 'network:floatingip'],
]);
const INTERFACE_OWNERS: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:ha_router_replicated_interface',
]);

export function isInterfaceOwner(owner: string): boolean {
  return INTERFACE_OWNERS.has(owner);
}

export function isRouterOwner(owner: string): boolean {
  return ROUTER_OWNERS.has(owner);
}

/**
 * Whether a port may have the address (`check_subnet_ip`): not the network address, which IPv6 keeps for routers, nor
 * IPv4's broadcast address, which a /31 has not.
 */
export function isOnSubnet(cidr: Cidr, address: Address, owner: string): boolean {
  if (!containsAddress(cidr, address)) return false;
  if (cidr.version === 6) return address.value !== cidr.first || owner === '' || isRouterOwner(owner);
  return address.value !== cidr.first && (cidr.prefixLength > 30 || address.value !== cidr.last);
}

/** An address that the request gives together with its subnet. */
export function* addressViolations(
  subnet: AddressedSubnet,
  address: Address,
  owner: string,
  at: AttributePath,
): Generator<Violation> {
  const text = formatAddress(address);
  if (!isOnSubnet(subnet.cidr, address, owner)) {
    const remedy = `Take another address of ${formatCidr(subnet.cidr)}, not its first one nor, in IPv4, its last one; or leave it out.`;
    yield violation('InvalidIpForSubnet', { ip_address: text }, { at, remedy });
  } else if (subnet.auto && !isInterfaceOwner(owner)) {
    yield violation('AllocationOnAutoAddressSubnet', { ip: text, subnet_id: subnet.ref }, { at });
  }
}

/** An address that the request gives alone: the subnet of the network that holds it, or why there is none. */
export function subnetHolding<T extends AddressedSubnet>(
  subnets: readonly T[],
  address: Address,
  owner: string,
  at: AttributePath,
): T | Violation {
  const subnet = subnets.find(({ cidr }) => isOnSubnet(cidr, address, owner));
  if (subnet !== undefined) return subnet;
  if (subnets.length === 0) return withoutSubnets(at);
  const cidrs = subnets.slice(0, 12).map(({ cidr }) => formatCidr(cidr));
  const remedy = `Take an address of ${cidrs.join(' or ')}, not its first one nor, in IPv4, its last one.`;
  return violation('InvalidIpForNetwork', { ip_address: formatAddress(address) }, { at, remedy });
}

export function withoutSubnets(at: AttributePath): Violation {
  const error_message = 'IP allocation requires subnets for network';
  return violation('InvalidInput', { error_message }, { at, remedy: 'Give the network a subnet first.' });
}

export function foreignSubnet(networkRef: string, subnetRef: string, at: AttributePath, remedy: string): Violation {
  const error_message = `Failed to create port on network ${networkRef}, because fixed_ips included invalid subnet ${subnetRef}`;
  return violation('InvalidInput', { error_message }, { at, remedy });
}

export function neitherSubnetNorAddress(at: AttributePath): Violation {
  const error_message = 'IP allocation requires subnet_id or ip_address';
  return violation('InvalidInput', { error_message }, { at, remedy: 'Write `{ subnet: … }` or `{ ip_address: … }`.' });
}

/** The gateway of an external network is another router's (`_validate_gw_info` in neutron/db/l3_db.py). */
export function* externalGatewayViolations(
  resource: 'router' | 'floatingip',
  gateways: readonly (string | null)[],
  address: Address,
  at: AttributePath,
): Generator<Violation> {
  const text = formatAddress(address);
  if (!gateways.includes(text)) return;
  const remedy = 'Take another one, or leave it out.';
  yield violation('BadRequest', { resource, msg: `External IP ${text} is the same as the gateway IP` }, { at, remedy });
}
