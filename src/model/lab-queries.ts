/** Lookups on a lab that need no scan: built once in linear time, asked as often as one likes. */
import type { FloatingIp, Instance, Lab, Network, Node, Port, Router, SecurityGroup, Subnet } from './resources.js';

/** Every list is in the order of the lab, and empty for an unknown id. */
export interface LabIndex {
  readonly lab: Lab;
  readonly networks: ReadonlyMap<string, Network>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly ports: ReadonlyMap<string, Port>;
  readonly routers: ReadonlyMap<string, Router>;
  readonly floatingIps: ReadonlyMap<string, FloatingIp>;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  readonly instances: ReadonlyMap<string, Instance>;
  /** By name, since a node has no id. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** The network `HA network tenant …`, null when no router is HA. */
  readonly haNetwork: Network | null;

  subnetsOfNetwork(networkId: string): readonly Subnet[];
  portsOfNetwork(networkId: string): readonly Port[];
  portsOfSubnet(subnetId: string): readonly Port[];
  /** All ports of a router: interfaces, gateway and HA ports. */
  portsOfRouter(routerId: string): readonly Port[];
  /** Internal interfaces, legacy or replicated. */
  interfacePorts(routerId: string): readonly Port[];
  gatewayPort(routerId: string): Port | null;
  haPorts(routerId: string): readonly Port[];
  haPort(routerId: string, node: string): Port | null;
  dhcpPorts(networkId: string): readonly Port[];
  dhcpPort(networkId: string, node: string): Port | null;
  /** Routers with an interface on the network, the gateway not counted. */
  routersOfNetwork(networkId: string): readonly Router[];
  floatingIpsOfRouter(routerId: string): readonly FloatingIp[];
  routersOnNode(node: string): readonly Router[];
  /** Networks that a DHCP agent of this node serves. */
  dhcpNetworksOnNode(node: string): readonly Network[];
  instancesOnNode(node: string): readonly Instance[];
}

const INTERFACE_OWNERS: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:ha_router_replicated_interface',
]);

export function indexLab(lab: Lab): LabIndex {
  const networks = byKey(lab.networks, (network) => network.id);
  const routers = byKey(lab.routers, (router) => router.id);
  const subnetsOfNetwork = groups(lab.subnets, (subnet) => [subnet.network_id]);
  const portsOfNetwork = groups(lab.ports, (port) => [port.network_id]);
  const portsOfSubnet = groups(lab.ports, (port) => [...new Set(port.fixed_ips.map((ip) => ip.subnet_id))]);
  const portsOfRouter = groups(lab.ports, (port) => (routers.has(port.device_id) ? [port.device_id] : []));
  const interfacePorts = groups(lab.ports, (port) => (INTERFACE_OWNERS.has(port.device_owner) ? [port.device_id] : []));
  const haPorts = owned(lab.ports, 'network:router_ha_interface', (port) => port.device_id);
  const dhcpPorts = owned(lab.ports, 'network:dhcp', (port) => port.network_id);
  const gatewayPorts = owned(lab.ports, 'network:router_gateway', (port) => port.device_id);
  const routersOfNetwork = groups(lab.routers, (router) => [
    ...new Set(interfacePorts(router.id).map((port) => port.network_id)),
  ]);
  const floatingIpsOfRouter = groups(lab.floatingips, (fip) => (fip.router_id === null ? [] : [fip.router_id]));
  const routersOnNode = groups(lab.routers, (router) => lab.router_l3_agents[router.id] ?? []);
  const dhcpNetworksOnNode = groups(lab.networks, (network) => lab.network_dhcp_agents[network.id] ?? []);
  const instancesOnNode = groups(lab.instances, (instance) => [instance.node]);
  const haPort = lab.ports.find((port) => port.device_owner === 'network:router_ha_interface');

  return {
    lab,
    networks,
    subnets: byKey(lab.subnets, (subnet) => subnet.id),
    ports: byKey(lab.ports, (port) => port.id),
    routers,
    floatingIps: byKey(lab.floatingips, (fip) => fip.id),
    securityGroups: byKey(lab.security_groups, (group) => group.id),
    instances: byKey(lab.instances, (instance) => instance.id),
    nodes: byKey(lab.nodes, (node) => node.name),
    haNetwork: networks.get(haPort?.network_id ?? '') ?? null,
    subnetsOfNetwork,
    portsOfNetwork,
    portsOfSubnet,
    portsOfRouter,
    interfacePorts,
    gatewayPort: (routerId) => gatewayPorts(routerId)[0] ?? null,
    haPorts,
    haPort: (routerId, node) => haPorts(routerId).find((port) => port['binding:host_id'] === node) ?? null,
    dhcpPorts,
    dhcpPort: (networkId, node) => dhcpPorts(networkId).find((port) => port['binding:host_id'] === node) ?? null,
    routersOfNetwork,
    floatingIpsOfRouter,
    routersOnNode,
    dhcpNetworksOnNode,
    instancesOnNode,
  };
}

function byKey<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, T> {
  return new Map(values.map((value) => [key(value), value]));
}

function owned(ports: readonly Port[], owner: Port['device_owner'], key: (port: Port) => string) {
  return groups(ports, (port) => (port.device_owner === owner ? [key(port)] : []));
}

function groups<T>(values: readonly T[], keys: (value: T) => readonly string[]): (key: string) => readonly T[] {
  const lists = new Map<string, T[]>();
  for (const value of values) {
    for (const key of keys(value)) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [value]);
      else list.push(value);
    }
  }
  return (key) => lists.get(key) ?? [];
}
