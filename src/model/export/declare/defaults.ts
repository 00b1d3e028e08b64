/** What follows from an id or a prefix where nobody declared it: an export leaves it to the cloud, as the lab file did. */
import { containsAddress, formatAddress, parseAddress, parseCidr } from '../../addresses.js';
import { defaultGateway, defaultPools, formatPool } from '../../allocation/pools.js';
import { hash32, macOf } from '../../ids.js';
import { HIGHEST_GIVEN_VNI } from '../../rules/networks.js';
import type { Ipv6Mode, Network, Port, Subnet } from '../../resources.js';

const MACS = 0x1000000;

/** Null where the VNI follows from the network's id. */
export function declaredVni(network: Network): number | null {
  const vni = network['provider:segmentation_id'];
  return vni === 1 + (hash32(network.id) % HIGHEST_GIVEN_VNI) ? null : vni;
}

/** Null where the MAC follows from the port's id. */
export function declaredMac(port: Port): string | null {
  return port.mac_address === macOf(hash32(port.id) % MACS) ? null : port.mac_address;
}

/** Undefined where it is the one that Neutron takes: of IPv6 that has not always been the same one. */
export function declaredGateway({ cidr, gateway_ip: gateway }: Subnet): string | null | undefined {
  if (gateway === null) return null;
  const parsed = parseCidr(cidr);
  if (parsed.version === 6) return gateway;
  return gateway === formatAddress({ version: 4, value: defaultGateway(parsed) }) ? undefined : gateway;
}

/** Null where they are all that Neutron would give out. */
export function declaredPools(subnet: Subnet): Subnet['allocation_pools'] | null {
  const cidr = parseCidr(subnet.cidr);
  const gateway = subnet.gateway_ip;
  const reserved = gateway !== null && containsAddress(cidr, gateway) ? parseAddress(gateway).value : null;
  const usual = defaultPools(cidr, reserved).map((pool) => formatPool(pool, cidr.version));
  return JSON.stringify(usual) === JSON.stringify(subnet.allocation_pools) ? null : subnet.allocation_pools;
}

/** Ports get an address of such a subnet by themselves, from their MAC (`is_auto_address_subnet` of neutron_lib). */
export function isAutoAddressMode(mode: Ipv6Mode | null): boolean {
  return mode === 'slaac' || mode === 'dhcpv6-stateless';
}

export function isAutoAddressed({ ipv6_address_mode: mode }: Subnet): boolean {
  return isAutoAddressMode(mode);
}
