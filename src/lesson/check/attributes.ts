/** A resource of a lab as a condition sees it: the attributes of Neutron's API, and what hangs on it, by name. Pure. */
import { type LabIndex, indexLab } from '../../model/lab-queries.js';
import type { Lab, Port } from '../../model/resources.js';
import type { ResourceWord } from '../format/lesson.js';

export type Attributes = Readonly<Record<string, unknown>>;

/** By name or id, a floating IP by its address, a port by an address of it, too; null where there is none. */
export function resourceCalled(lab: Lab, kind: ResourceWord, name: string): Attributes | null {
  const index = indexLab(lab);
  const called = <Of extends { readonly id: string; readonly name: string }>(list: readonly Of[]): Of | undefined =>
    list.find((one) => one.name === name) ?? list.find(({ id }) => id === name);
  switch (kind) {
    case 'network': {
      const network = called(lab.networks);
      if (!network) return null;
      const subnets = index.subnetsOfNetwork(network.id).map((subnet) => subnet.name);
      return { ...network, subnets, dhcp_agents: lab.network_dhcp_agents[network.id] ?? [] };
    }
    case 'subnet': {
      const subnet = called(lab.subnets);
      return subnet ? { ...subnet } : null;
    }
    case 'router': {
      const router = called(lab.routers);
      if (!router) return null;
      const subnets = index.interfacePorts(router.id).flatMap(({ fixed_ips: ips }) => ips.map((ip) => ip.subnet_id));
      const interfaces = subnets.map((id) => index.subnets.get(id)?.name ?? id);
      const l3Agents = lab.router_l3_agents[router.id] ?? [];
      return { ...router, interfaces, l3_agents: l3Agents, ha_vr_id: lab.ha_vr_ids[router.id] ?? null };
    }
    case 'instance': {
      const instance = called(lab.instances);
      if (!instance) return null;
      const ports = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
      return { ...instance, ...ofPorts(index, ports) };
    }
    case 'port': {
      const holds = (port: Port): boolean => port.fixed_ips.some(({ ip_address: address }) => address === name);
      const port = called(lab.ports) ?? lab.ports.find(holds);
      return port ? { ...port } : null;
    }
    case 'floating_ip': {
      const floating = lab.floatingips.find((one) => one.floating_ip_address === name || one.id === name);
      if (!floating) return null;
      const instance = lab.instances.find(({ ports }) => floating.port_id !== null && ports.includes(floating.port_id));
      return { ...floating, instance: instance?.name ?? null };
    }
    case 'security_group': {
      const group = called(lab.security_groups);
      return group ? { ...group } : null;
    }
  }
}

function ofPorts(index: LabIndex, ports: readonly Port[]): Attributes {
  return {
    networks: ports.map((port) => index.networks.get(port.network_id)?.name ?? port.network_id),
    fixed_ips: ports.flatMap((port) => port.fixed_ips.map(({ ip_address: address }) => address)),
    security_groups: [...new Set(ports.flatMap((port) => port.security_groups))],
  };
}

/**
 * Whether a value is what was asked for: of a map and of a list, whether all that is asked for is in it; of an id, whether
 * it is that of the resource with this name.
 */
export function fits(lab: Lab, actual: unknown, asked: unknown): boolean {
  if (Array.isArray(asked)) {
    if (!Array.isArray(actual)) return false;
    // An empty list asks for an empty one.
    return asked.length === 0 ? actual.length === 0 : asked.every((one) => actual.some((own) => fits(lab, own, one)));
  }
  if (typeof asked === 'object' && asked !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    return Object.entries(asked).every(([key, one]) => fits(lab, (actual as Attributes)[key], one));
  }
  if (actual === asked || (typeof actual === 'number' && String(actual) === asked)) return true;
  return typeof actual === 'string' && (actual === String(asked) || nameOf(lab, actual) === asked);
}

function nameOf(lab: Lab, id: string): string | undefined {
  const { networks, subnets, routers, ports, security_groups: groups } = lab;
  return [...networks, ...subnets, ...routers, ...ports, ...groups].find((one) => one.id === id)?.name;
}
