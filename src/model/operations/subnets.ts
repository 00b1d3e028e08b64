/** Create, change and delete subnets (neutron/db/db_base_plugin_v2.py). */
import { formatAddress, formatCidr, parseAddress, parseCidr } from '../addresses.js';
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { SUBNET_ATTRIBUTES } from '../attributes/networks.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, Subnet } from '../resources.js';
import { isInterfaceOwner } from '../rules/addresses.js';
import { poolViolations } from '../rules/pools.js';
import { cidrViolations, subnetViolations } from '../rules/subnets.js';
import { isAuto } from './address-books.js';
import { refreshDhcp } from './agents.js';
import { newId, replace, without } from './change.js';
import { networkOf, subnetOf } from './find.js';
import { factsOf, gatewayOf, poolsOf, type SubnetRequest } from './subnet-request.js';
import { addressesFromNewSubnet, withoutAddressesOf } from './subnet-addresses.js';

export interface SubnetResult {
  readonly lab: Lab;
  readonly subnet: Subnet;
}

/** @throws NeutronError */
export function createSubnet(lab: Lab, body: RequestBody): SubnetResult {
  const request: SubnetRequest = readCreate(SUBNET_ATTRIBUTES, body);
  const pool = request.subnetpool_id ?? null;
  if (pool !== null) refuse(violation('SubnetPoolNotFound', { subnetpool_id: pool }, { at: ['subnetpool_id'] }));
  if ((request.cidr ?? null) === null) {
    const msg = 'a subnetpool must be specified in the absence of a cidr';
    refuse(violation('BadRequest', { resource: 'subnets', msg }, { at: ['cidr'], remedy: 'Give the subnet a CIDR.' }));
  }
  const cidr = parseCidr(request.cidr ?? '');
  enforce(subnetViolations(factsOf(request, cidr, 'new subnet', request.enable_dhcp ?? true, true)));
  const network = networkOf(lab, request.network_id ?? '');
  const canonical = gatewayOf(request.gateway_ip, cidr);
  if (request.allocation_pools !== undefined) {
    enforce(poolViolations([...request.allocation_pools.entries()], cidr, canonical));
  }
  const siblings = lab.subnets.filter((subnet) => subnet.network_id === network.id);
  enforce(
    cidrViolations(
      cidr,
      network.id,
      siblings.map((subnet) => parseCidr(subnet.cidr)),
    ),
  );
  const name = request.name ?? '';
  const subnet: Subnet = {
    id: newId(lab, lab.subnets, 'subnet', network.id, name === '' ? formatCidr(cidr) : name),
    name,
    project_id: network.project_id,
    network_id: network.id,
    ip_version: cidr.version,
    cidr: formatCidr(cidr),
    gateway_ip: canonical,
    enable_dhcp: request.enable_dhcp ?? true,
    allocation_pools: request.allocation_pools ?? poolsOf(cidr, canonical),
    dns_nameservers: request.dns_nameservers ?? [],
    host_routes: request.host_routes ?? [],
    ipv6_ra_mode: request.ipv6_ra_mode ?? null,
    ipv6_address_mode: request.ipv6_address_mode ?? null,
  };
  const next = addressesFromNewSubnet({ ...lab, subnets: [...lab.subnets, subnet] }, subnet);
  return { lab: refreshDhcp(next, network.id), subnet };
}

/** @throws NeutronError */
export function updateSubnet(lab: Lab, id: string, body: RequestBody): SubnetResult {
  const request: SubnetRequest = readUpdate(SUBNET_ATTRIBUTES, body);
  const before = subnetOf(lab, id);
  const cidr = parseCidr(before.cidr);
  if (request.enable_dhcp === false && (before.ipv6_ra_mode ?? before.ipv6_address_mode) !== null) {
    const error_message = 'Cannot disable enable_dhcp with ipv6 attributes set';
    refuse(violation('InvalidInput', { error_message }, { at: ['enable_dhcp'], remedy: 'Leave it on.' }));
  }
  const enable = request.enable_dhcp ?? before.enable_dhcp;
  enforce(subnetViolations(factsOf(request, cidr, id, enable, enable && !before.enable_dhcp)));
  const gateway = request.gateway_ip === undefined ? before.gateway_ip : request.gateway_ip;
  if (typeof request.gateway_ip === 'string') checkGatewayFree(lab, before, request.gateway_ip);
  const pools = request.allocation_pools ?? before.allocation_pools;
  if (request.allocation_pools !== undefined || gateway !== before.gateway_ip) {
    enforce(poolViolations([...pools.entries()], cidr, gateway));
  }
  const subnet: Subnet = {
    ...before,
    name: request.name ?? before.name,
    gateway_ip: gateway === null ? null : formatAddress(parseAddress(gateway)),
    enable_dhcp: enable,
    allocation_pools: pools,
    dns_nameservers: request.dns_nameservers ?? before.dns_nameservers,
    host_routes: request.host_routes ?? before.host_routes,
  };
  const next = { ...lab, subnets: replace(lab.subnets, subnet) };
  return { lab: enable === before.enable_dhcp ? next : refreshDhcp(next, subnet.network_id), subnet };
}

/** With the addresses that hosts made themselves in it, and the DHCP ports'. @throws NeutronError `SubnetInUse` */
export function deleteSubnet(lab: Lab, id: string): { readonly lab: Lab } {
  const subnet = subnetOf(lab, id);
  const using = lab.ports.filter((port) => port.fixed_ips.some((ip) => ip.subnet_id === id));
  const blocks = isAuto(subnet)
    ? using.some((port) => isInterfaceOwner(port.device_owner))
    : using.some((port) => port.device_owner !== 'network:dhcp');
  if (blocks) refuse(violation('SubnetInUse', { subnet_id: id }));
  const rest = withoutAddressesOf({ ...lab, subnets: without(lab.subnets, [id]) }, id);
  return { lab: refreshDhcp(rest, subnet.network_id) };
}

/** A router answers at the old address. */
function checkGatewayFree(lab: Lab, subnet: Subnet, wanted: string): void {
  const { gateway_ip: gateway } = subnet;
  if (gateway === null || formatAddress(parseAddress(wanted)) === gateway) return;
  const port = lab.ports.find(
    (one) =>
      isInterfaceOwner(one.device_owner) &&
      one.fixed_ips.some((ip) => ip.subnet_id === subnet.id && ip.ip_address === gateway),
  );
  if (port !== undefined) {
    refuse(violation('GatewayIpInUse', { ip_address: gateway, port_id: port.id }, { at: ['gateway_ip'] }));
  }
}
