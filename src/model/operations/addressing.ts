/** Addresses and MACs of one port (neutron/db/ipam_pluggable_backend.py, `_allocate_ips_for_port`). */
import { eui64, parseAddress, parseCidr } from '../addresses.js';
import { allocateNumbers } from '../allocation/numbers.js';
import type { Violation } from '../errors.js';
import { macOf, macSuffix } from '../ids.js';
import { enforce, refuse } from '../neutron-errors.js';
import type { FixedIp, Lab, Subnet } from '../resources.js';
import * as rules from '../rules/addresses.js';
import { macInUse } from '../rules/ports.js';
import { Books, fixedIp, isAuto, type Asking, type FixedIpRequest } from './address-books.js';
import { subnetOf } from './find.js';

/** @throws NeutronError where a wanted address cannot be had, or no free one is left */
export function allocateAddresses(lab: Lab, port: Asking): readonly FixedIp[] {
  const subnets = lab.subnets.filter((subnet) => subnet.network_id === port.network.id);
  const books = new Books(lab, port);
  const ips = port.wanted === null ? automatic(subnets, books) : requested(lab, port, subnets, port.wanted, books);
  // Floating IPs are IPv4, and a router's interface has the address that it was given.
  if (rules.isInterfaceOwner(port.owner) || port.owner === 'network:floatingip') return ips;
  const auto = subnets.filter((subnet) => isAuto(subnet) && !ips.some((ip) => ip.subnet_id === subnet.id));
  return [...ips, ...auto.map((subnet) => books.take(subnet, eui64(subnet.cidr, port.mac), []))];
}

/** A MAC that follows from the port's id, unless the request gives one. @throws NeutronError `MacAddressInUse` */
export function macFor(lab: Lab, portId: string, networkId: string, wanted: string | null): string {
  if (wanted !== null) {
    const mac = wanted.toLowerCase().replaceAll('-', ':');
    const taken = lab.ports.some(
      (port) => port.network_id === networkId && port.id !== portId && port.mac_address.toLowerCase() === mac,
    );
    if (taken) refuse(macInUse(networkId, mac));
    return mac;
  }
  const reserved = lab.ports.map((port) => macSuffix(port.mac_address) ?? -1);
  const { numbers } = allocateNumbers([{ id: portId, wanted: null, held: null }], 0, 0xffffff, reserved);
  return macOf(numbers.get(portId) ?? 0);
}

function automatic(subnets: readonly Subnet[], books: Books): FixedIp[] {
  return ([4, 6] as const).flatMap((version) => {
    const candidates = subnets.filter((subnet) => subnet.ip_version === version && !isAuto(subnet));
    return candidates.length === 0 ? [] : [books.free(candidates)];
  });
}

function requested(
  lab: Lab,
  port: Asking,
  subnets: readonly Subnet[],
  wanted: readonly FixedIpRequest[],
  books: Books,
): FixedIp[] {
  // Every request is looked at before an address is taken.
  const choices = wanted.map((request, index) => ({
    request,
    at: ['fixed_ips', index],
    subnet: subnetFor(lab, port, subnets, request, index),
  }));
  const held = [...(port.held ?? [])].filter((ip) => !wanted.some((one) => one.ip_address === ip.ip_address));
  for (const ip of choices)
    if (ip.request.ip_address !== undefined) books.take(ip.subnet, ip.request.ip_address, ip.at);
  return choices.flatMap(({ request, subnet }) => {
    if (request.ip_address !== undefined) return [fixedIp(subnet, request.ip_address)];
    if (isAuto(subnet)) return [];
    const kept = held.findIndex((ip) => ip.subnet_id === subnet.id);
    return kept < 0 ? [books.free([subnet])] : held.splice(kept, 1);
  });
}

function subnetFor(lab: Lab, port: Asking, subnets: readonly Subnet[], request: FixedIpRequest, index: number): Subnet {
  const at = ['fixed_ips', index];
  const address = request.ip_address === undefined ? null : parseAddress(request.ip_address);
  if (subnets.length === 0) refuse(rules.withoutSubnets(at));
  if (request.subnet_id === undefined) {
    if (address === null) return refuse(rules.neitherSubnetNorAddress(at));
    const found = rules.subnetHolding(subnets.map(addressed), address, port.owner, [...at, 'ip_address']);
    if (isViolation(found)) return refuse(found);
    enforce(rules.addressViolations(found, address, port.owner, [...at, 'ip_address']));
    return found.subnet;
  }
  const subnet = subnetOf(lab, request.subnet_id);
  if (subnet.network_id !== port.network.id) {
    refuse(rules.foreignSubnet(port.network.id, subnet.id, [...at, 'subnet_id'], 'Take a subnet of the network.'));
  }
  if (address !== null) enforce(rules.addressViolations(addressed(subnet), address, port.owner, [...at, 'ip_address']));
  return subnet;
}

function addressed(subnet: Subnet): rules.AddressedSubnet & { readonly subnet: Subnet } {
  return { ref: subnet.id, cidr: parseCidr(subnet.cidr), auto: isAuto(subnet), subnet };
}

function isViolation(value: object): value is Violation {
  return 'status' in value;
}
