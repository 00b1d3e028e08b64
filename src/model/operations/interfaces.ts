/** Add and remove a router's interface (neutron/db/l3_db.py, `add_router_interface`, `remove_router_interface`). */
import { containsAddress, ipVersion } from '../addresses.js';
import type { RequestBody } from '../attributes/attribute.js';
import { uuid } from '../attributes/validators.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, Port, Router, Subnet } from '../resources.js';
import * as rules from '../rules/interfaces.js';
import { badRouter } from '../rules/routers.js';
import { allocateAddresses } from './addressing.js';
import { newId } from './change.js';
import { networkOf, portOf, routerOf, subnetOf } from './find.js';
import { addPort, plugged, removePorts } from './make-port.js';
import { checkNoOverlap, interfaceOwner, interfacesOf, placed } from './router-ports.js';
import { withAddresses } from './subnet-addresses.js';

export interface InterfaceResult {
  readonly lab: Lab;
  /** The port as it is, or as it was when it was removed. */
  readonly port: Port;
  readonly subnets: readonly Subnet[];
}

/** @param body `subnet_id` or `port_id`. @throws NeutronError */
export function addRouterInterface(lab: Lab, routerId: string, body: RequestBody): InterfaceResult {
  const router = routerOf(lab, routerId);
  enforce(rules.eitherSubnetOrPort(body.subnet_id, body.port_id));
  if (body.port_id !== undefined) return addByPort(lab, router, idOf(body, 'port_id'));
  return addBySubnet(lab, router, subnetOf(lab, idOf(body, 'subnet_id')));
}

/** @param body `subnet_id`, `port_id` or both. @throws NeutronError */
export function removeRouterInterface(lab: Lab, routerId: string, body: RequestBody): InterfaceResult {
  const router = routerOf(lab, routerId);
  if (body.port_id === undefined) enforce(rules.eitherSubnetOrPort(body.subnet_id, undefined));
  if (body.port_id !== undefined) return removeByPort(lab, router, idOf(body, 'port_id'), body.subnet_id);
  const subnet = subnetOf(lab, idOf(body, 'subnet_id'));
  const port = interfacesOf(lab, router.id).find((one) => one.fixed_ips.some((ip) => ip.subnet_id === subnet.id));
  if (port === undefined) {
    return refuse(violation('RouterInterfaceNotFoundForSubnet', { router_id: router.id, subnet_id: subnet.id }));
  }
  checkNotInUse(lab, router, subnet);
  const others = port.fixed_ips.filter((ip) => ip.subnet_id !== subnet.id);
  // A port with several IPv6 subnets loses this one.
  const next = others.length > 0 ? withAddresses(lab, { ...port, fixed_ips: others }) : removePorts(lab, [port.id]);
  return { lab: next, port, subnets: [subnet] };
}

function addByPort(lab: Lab, router: Router, id: string): InterfaceResult {
  const port = portOf(lab, id);
  enforce(rules.portInUse({ ref: id, networkRef: port.network_id, device: port.device_id }));
  const versions = port.fixed_ips.map((ip) => ipVersion(ip.ip_address));
  const ipv6Port = ipv6PortOn(lab, router, port.network_id);
  const there = ipv6Port === null ? null : { ref: ipv6Port.id, networkRef: port.network_id };
  enforce(rules.portAddressViolations(versions, there));
  const subnets = port.fixed_ips.map((ip) => subnetOf(lab, ip.subnet_id));
  checkNoOverlap(lab, router.id, subnets);
  enforce(rules.severalIpv4(versions));
  const { lab: next, host } = placed(lab, router);
  const attached: Port = {
    ...port,
    device_id: router.id,
    device_owner: interfaceOwner(router),
    'binding:host_id': host,
  };
  return { lab: plugged(withAddresses(next, attached)), port: attached, subnets };
}

function addBySubnet(lab: Lab, router: Router, subnet: Subnet): InterfaceResult {
  const { id, gateway_ip: gateway, ipv6_ra_mode: raMode, ipv6_address_mode: addressMode } = subnet;
  enforce(rules.subnetViolations({ ref: id, gateway, raMode, addressMode }));
  checkNoOverlap(lab, router.id, [subnet]);
  const network = networkOf(lab, subnet.network_id);
  const address = { subnet_id: id, ip_address: gateway ?? '' };
  // A second IPv6 subnet of a network joins the port of the first one (`_find_ipv6_router_port_by_network`).
  const joined = subnet.ip_version === 6 ? ipv6PortOn(lab, router, network.id) : null;
  if (joined !== null) {
    const wanted = [...joined.fixed_ips, address];
    const asking = { id: joined.id, network, mac: joined.mac_address, owner: joined.device_owner, wanted };
    const port = { ...joined, fixed_ips: allocateAddresses(lab, { ...asking, held: joined.fixed_ips }) };
    return { lab: withAddresses(lab, port), port, subnets: [subnet] };
  }
  const { lab: next, host } = placed(lab, router);
  const portId = newId(lab, lab.ports, 'port', router.id, 'interface', id);
  const owner = interfaceOwner(router);
  const made = addPort(next, {
    id: portId,
    network,
    owner,
    deviceId: router.id,
    host,
    projectId: router.project_id,
    wanted: [address],
  });
  return { ...made, subnets: [subnet] };
}

function removeByPort(lab: Lab, router: Router, id: string, subnetId: unknown): InterfaceResult {
  const port = interfacesOf(lab, router.id).find((one) => one.id === id);
  if (port === undefined) return refuse(violation('RouterInterfaceNotFound', { router_id: router.id, port_id: id }));
  const subnets = port.fixed_ips.map((ip) => subnetOf(lab, ip.subnet_id));
  if (typeof subnetId === 'string' && !subnets.some((subnet) => subnet.id === subnetId)) {
    refuse(violation('SubnetMismatchForPort', { port_id: id, subnet_id: subnetId }));
  }
  for (const subnet of subnets) checkNotInUse(lab, router, subnet);
  return { lab: removePorts(lab, [id]), port, subnets };
}

/** `_confirm_router_interface_not_in_use`, the one of floating IPs and the one of extra routes. */
function checkNotInUse(lab: Lab, router: Router, subnet: Subnet): void {
  const ids = { router_id: router.id, subnet_id: subnet.id };
  const fips = lab.floatingips.filter((fip) => fip.router_id === router.id && fip.fixed_ip_address !== null);
  if (fips.some((fip) => containsAddress(subnet.cidr, fip.fixed_ip_address ?? ''))) {
    refuse(violation('RouterInterfaceInUseByFloatingIP', ids));
  }
  if (router.routes.some((route) => containsAddress(subnet.cidr, route.nexthop))) {
    refuse(violation('RouterInterfaceInUseByRoute', ids));
  }
}

function ipv6PortOn(lab: Lab, router: Router, networkId: string): Port | null {
  const has6 = (port: Port): boolean => port.fixed_ips.some((ip) => ipVersion(ip.ip_address) === 6);
  return interfacesOf(lab, router.id).find((port) => port.network_id === networkId && has6(port)) ?? null;
}

function idOf(body: RequestBody, name: 'port_id' | 'subnet_id'): string {
  const reason = uuid(body[name]);
  if (reason !== null) refuse(badRouter(reason, 'Write the id of the resource.', [name]));
  return String(body[name]);
}
