/** Names of devices and namespaces, by the rules of Neutron's agents (neutron/agent/linux/interface.py, l3/router_info.py). */

/** Linux device names have at most 15 characters; Neutron cuts at 14 (`constants.LINUX_DEV_LEN`). */
const LINUX_DEV_LEN = 14;

/** Linux bridges are named after 11 characters of the network's id (`BRIDGE_NAME_PREFIX` + `RESOURCE_ID_LENGTH`). */
const RESOURCE_ID_LENGTH = 11;

export type PortDevicePrefix = 'qr-' | 'qg-' | 'ha-' | 'ns-' | 'tap';

/**
 * The name that stands in `lab.nodes` for the world behind the external networks. It runs no agent of Neutron,
 * so a lab file cannot use the name.
 */
export const OUTSIDE = 'outside';

/** Of the network that the replicas of HA routers share (neutron/conf/db/l3_hamode_db.py, `l3_ha_net_cidr`). */
export const HA_CIDR = '169.254.192.0/18';

/** `qr-` internal router port, `qg-` gateway, `ha-` HA port, `ns-` DHCP port, `tap` the other end in the root namespace. */
export function portDevice(prefix: PortDevicePrefix, portId: string): string {
  return (prefix + portId).slice(0, LINUX_DEV_LEN);
}

export function bridgeName(networkId: string): string {
  return `brq${networkId.slice(0, RESOURCE_ID_LENGTH)}`;
}

export function vxlanName(vni: number): string {
  return `vxlan-${String(vni)}`;
}

export function qrouterNamespace(routerId: string): string {
  return `qrouter-${routerId}`;
}

export function qdhcpNamespace(networkId: string): string {
  return `qdhcp-${networkId}`;
}

/** An instance is a namespace on its compute node, named after the instance so that a person finds it. */
export function instanceNamespace(name: string): string {
  return `instance-${name}`;
}
