/** The ports of a router, and where they are plugged. */
import { parseCidr } from '../addresses.js';
import { refuse } from '../neutron-errors.js';
import type { DeviceOwner, Lab, Port, Router, Subnet } from '../resources.js';
import { overlaps } from '../addresses.js';
import { isInterfaceOwner } from '../rules/addresses.js';
import { overlapOnRouter, subnetTwice } from '../rules/routers.js';
import { scheduleRouter } from './agents.js';

export function interfacesOf(lab: Lab, routerId: string): Port[] {
  return lab.ports.filter((port) => port.device_id === routerId && isInterfaceOwner(port.device_owner));
}

export function gatewayPortOf(lab: Lab, routerId: string): Port | null {
  const gateway = (port: Port): boolean =>
    port.device_owner === 'network:router_gateway' && port.device_id === routerId;
  return lab.ports.find(gateway) ?? null;
}

/** An HA router's ports are replicated on each of its nodes, so they are plugged on none of them alone. */
export function interfaceOwner(router: Router): DeviceOwner {
  return router.ha ? 'network:ha_router_replicated_interface' : 'network:router_interface';
}

/** With a legacy router on its node, as soon as it has something to do. */
export function placed(lab: Lab, router: Router): { readonly lab: Lab; readonly host: string } {
  if (router.ha) return { lab, host: '' };
  const next = scheduleRouter(lab, router);
  return { lab: next, host: next.router_l3_agents[router.id]?.[0] ?? '' };
}

const HA_OWNER: DeviceOwner = 'network:router_ha_interface';

/** All subnets of the external network count (`_check_for_dup_router_subnets`). @throws NeutronError `BadRequest` */
export function checkNoOverlap(lab: Lab, routerId: string, added: readonly Subnet[]): void {
  const external = gatewayPortOf(lab, routerId)?.network_id;
  const attached = new Set(interfacesOf(lab, routerId).flatMap((port) => port.fixed_ips.map((ip) => ip.subnet_id)));
  // Its replicas' ports on the HA network are in the one namespace with the others.
  const ha = lab.ports.find((port) => port.device_id === routerId && port.device_owner === HA_OWNER)?.network_id;
  const there = lab.subnets.filter(
    ({ id, network_id: network }) => attached.has(id) || network === external || network === ha,
  );
  for (const { id } of added) if (attached.has(id)) refuse(subnetTwice(id));
  for (const other of there) {
    for (const subnet of added) {
      if (subnet.network_id === other.network_id || !overlaps(subnet.cidr, other.cidr)) continue;
      refuse(overlapOnRouter(named(subnet), named(other)));
    }
  }
}

function named(subnet: Subnet) {
  return { ref: subnet.id, cidr: parseCidr(subnet.cidr) };
}
