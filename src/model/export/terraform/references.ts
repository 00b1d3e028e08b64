/** Types of the OpenStack provider, and how a resource names another one. */
import type { DeclaredGroup, DeclaredNetwork, DeclaredPort, DeclaredRouter, DeclaredSubnet } from '../topology.js';
import { Expression, type HclBlock, type HclValue } from './hcl.js';

export const TYPES = {
  network: 'openstack_networking_network_v2',
  subnet: 'openstack_networking_subnet_v2',
  subnetRoute: 'openstack_networking_subnet_route_v2',
  port: 'openstack_networking_port_v2',
  router: 'openstack_networking_router_v2',
  interface: 'openstack_networking_router_interface_v2',
  route: 'openstack_networking_router_route_v2',
  floatingIp: 'openstack_networking_floatingip_v2',
  group: 'openstack_networking_secgroup_v2',
  rule: 'openstack_networking_secgroup_rule_v2',
  server: 'openstack_compute_instance_v2',
} as const;

export function resource(
  type: keyof typeof TYPES,
  label: string,
  attributes: Readonly<Record<string, HclValue | undefined>>,
  more: Pick<HclBlock, 'blocks' | 'remarks'> = {},
): HclBlock {
  return { type: 'resource', labels: [TYPES[type], label], attributes, ...more };
}

export function address(type: keyof typeof TYPES, label: string): Expression {
  return new Expression(`${TYPES[type]}.${label}`);
}

function attribute(type: keyof typeof TYPES, label: string, name: string, existing = false): Expression {
  return new Expression(`${existing ? 'data.' : ''}${TYPES[type]}.${label}.${name}`);
}

export function networkId(network: DeclaredNetwork): Expression {
  return attribute('network', network.label, 'id', network.existing);
}

export function networkName(network: DeclaredNetwork): Expression {
  return attribute('network', network.label, 'name', network.existing);
}

export function groupId(group: DeclaredGroup): Expression {
  return attribute('group', group.label, 'id', group.existing);
}

export function subnetId(subnet: DeclaredSubnet): Expression {
  return attribute('subnet', subnet.label, 'id');
}

export function portId(port: DeclaredPort): Expression {
  return attribute('port', port.label, 'id');
}

export function routerId(router: DeclaredRouter): Expression {
  return attribute('router', router.label, 'id');
}

/** Undefined where there is nothing to wait for. */
export function dependsOn(addresses: readonly Expression[]): readonly Expression[] | undefined {
  return addresses.length === 0 ? undefined : addresses;
}
