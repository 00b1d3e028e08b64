/** What a request says about a subnet. */
import { containsAddress, formatAddress, parseAddress, type Cidr } from '../addresses.js';
import { defaultGateway, defaultPools, formatPool } from '../allocation/pools.js';
import type { AllocationPool, HostRoute, Ipv6Mode } from '../resources.js';
import type { SubnetFacts } from '../rules/subnets.js';

export interface SubnetRequest {
  readonly name?: string;
  readonly network_id?: string;
  readonly ip_version?: 4 | 6;
  readonly subnetpool_id?: string | null;
  readonly cidr?: string | null;
  readonly gateway_ip?: string | null;
  readonly allocation_pools?: readonly AllocationPool[];
  readonly dns_nameservers?: readonly string[];
  readonly host_routes?: readonly HostRoute[];
  readonly enable_dhcp?: boolean;
  readonly ipv6_ra_mode?: Ipv6Mode | null;
  readonly ipv6_address_mode?: Ipv6Mode | null;
}

/** In its canonical form, Neutron's default where the request says nothing. */
export function gatewayOf(given: string | null | undefined, cidr: Cidr): string | null {
  if (given === undefined) return formatAddress({ version: cidr.version, value: defaultGateway(cidr) });
  return given === null ? null : formatAddress(parseAddress(given));
}

/** What the rules look at. */
export function factsOf(
  request: SubnetRequest,
  cidr: Cidr,
  ref: string,
  enableDhcp: boolean,
  dhcpIsNew: boolean,
): SubnetFacts {
  return {
    ref,
    cidr,
    ipVersion: request.ip_version,
    gateway: request.gateway_ip,
    enableDhcp,
    dhcpIsNew,
    nameServers: request.dns_nameservers ?? [],
    hostRoutes: [...(request.host_routes ?? []).entries()],
    raMode: request.ipv6_ra_mode ?? null,
    addressMode: request.ipv6_address_mode ?? null,
  };
}

/** Neutron's default pools. */
export function poolsOf(cidr: Cidr, gateway: string | null): readonly AllocationPool[] {
  const address = gateway === null ? null : parseAddress(gateway);
  const inside = address !== null && containsAddress(cidr, address) ? address.value : null;
  return defaultPools(cidr, inside).map((pool) => formatPool(pool, cidr.version));
}
