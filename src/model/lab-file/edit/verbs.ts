/** The verbs of Neutron and Nova as edits of a lab file; names are those of `src/model/operations`. Resources by name or id. */
import type { AgentKind, AllocationPool, HostRoute, ResourceRef } from '../../resources.js';
import type { YamlValue } from '../yaml-value.js';
import type {
  AddEdit,
  Attributes,
  ChangeEdit,
  DeclaredKind,
  DeleteEdit,
  InsertEdit,
  ItemMatch,
  LabFileEdit,
  RemoveEdit,
  RenameEdit,
  SetEdit,
  Target,
  UnsetEdit,
} from './edits.js';

export interface Cascade {
  readonly cascade?: boolean;
}

/** A resource of a `Lab` as the target of an edit. A node's id is its name. */
export function targetOf({ kind, id, name }: ResourceRef): Target {
  return { kind, ref: kind === 'node' ? name : id };
}

export const rename = (target: Target, name: string): RenameEdit => ({ do: 'rename', target, name });
export const remove = (target: Target, { cascade = false }: Cascade = {}): DeleteEdit => ({
  do: 'delete',
  target,
  cascade,
});
export const setAttribute = (target: Target, attribute: string, value: YamlValue): SetEdit => ({
  do: 'set',
  target,
  attribute,
  value,
});
export const unsetAttribute = (target: Target, attribute: string): UnsetEdit => ({ do: 'unset', target, attribute });
/** Several changes as one edit of the file. */
export const together = (...edits: readonly LabFileEdit[]): LabFileEdit => ({ do: 'all', edits });

export const createNetwork = (name: string, attributes: Attributes = {}): AddEdit => add('network', name, attributes);

export interface SubnetAttributes {
  readonly cidr: string;
  readonly gateway_ip?: string | null;
  readonly enable_dhcp?: boolean;
  readonly allocation_pools?: readonly AllocationPool[];
  readonly dns_nameservers?: readonly string[];
  readonly host_routes?: readonly HostRoute[];
  readonly ipv6_ra_mode?: string | null;
  readonly ipv6_address_mode?: string | null;
}

export function createSubnet(network: string, name: string, attributes: SubnetAttributes): AddEdit {
  return { ...add('subnet', name, attributes as unknown as Attributes), network };
}

export const createRouter = (name: string, attributes: Attributes = {}): AddEdit => add('router', name, attributes);

/** Where the interface has another address than the subnet's gateway, or another port. */
export interface InterfaceOptions {
  readonly ip_address?: string;
}

export function addRouterInterface(router: string, subnet: string, options: InterfaceOptions = {}): InsertEdit {
  const item = options.ip_address === undefined ? subnet : { subnet, ip_address: options.ip_address };
  return insert('router', router, 'interfaces', item);
}

export const addRouterInterfacePort = (router: string, port: string): InsertEdit =>
  insert('router', router, 'interfaces', { port });

/** @param item A subnet, a port, or the place of the interface in the list. */
export function removeRouterInterface(
  router: string,
  item: string | number,
  { cascade = false }: Cascade = {},
): RemoveEdit {
  return { do: 'remove', target: { kind: 'router', ref: router }, list: 'interfaces', item, cascade };
}

export interface GatewayInfo {
  readonly network: string;
  readonly enable_snat?: boolean;
  readonly external_fixed_ips?: readonly { readonly subnet?: string; readonly ip_address?: string }[];
}

/** As a whole: what it does not say has Neutron's default. */
export const setGateway = (router: string, info: GatewayInfo): SetEdit =>
  setAttribute({ kind: 'router', ref: router }, 'external_gateway_info', info as unknown as YamlValue);
export const clearGateway = (router: string, { cascade = false }: Cascade = {}): UnsetEdit => ({
  do: 'unset',
  target: { kind: 'router', ref: router },
  attribute: 'external_gateway_info',
  cascade,
});

export const addExtraRoute = (router: string, { destination, nexthop }: HostRoute): InsertEdit =>
  insert('router', router, 'routes', { destination, nexthop });
export const removeExtraRoute = (router: string, { destination, nexthop }: HostRoute): RemoveEdit => ({
  do: 'remove',
  target: { kind: 'router', ref: router },
  list: 'routes',
  item: { destination, nexthop },
});

export const createInstance = (name: string, attributes: Attributes = {}): AddEdit => add('instance', name, attributes);
export const moveInstance = (instance: string, node: string): SetEdit =>
  setAttribute({ kind: 'instance', ref: instance }, 'node', node);

export function attachNetwork(instance: string, network: string, fixedIp?: string): InsertEdit {
  return insert('instance', instance, 'networks', fixedIp === undefined ? network : { network, fixed_ip: fixedIp });
}

export const attachPort = (instance: string, port: string): InsertEdit =>
  insert('instance', instance, 'networks', { port });

/** @param item A network, a port, or the place of the interface in the list. */
export function detach(instance: string, item: string | number, { cascade = false }: Cascade = {}): RemoveEdit {
  return { do: 'remove', target: { kind: 'instance', ref: instance }, list: 'networks', item, cascade };
}

type GroupHolder = 'instance' | 'port';
export const addSecurityGroup = (kind: GroupHolder, holder: string, group: string): InsertEdit =>
  insert(kind, holder, 'security_groups', group);
export const removeSecurityGroup = (kind: GroupHolder, holder: string, group: string): RemoveEdit => ({
  do: 'remove',
  target: { kind, ref: holder },
  list: 'security_groups',
  item: group,
});

export const createPort = (name: string, attributes: Attributes & { readonly network: string }): AddEdit =>
  add('port', name, attributes);

/** What a floating IP leads to. */
export interface Association {
  readonly instance?: string;
  readonly port?: string;
  readonly fixed_ip_address?: string;
}

/** @param name Where the file has its floating IPs as a map. */
export function createFloatingIp(
  network: string,
  attributes: Association & { readonly floating_ip_address?: string } = {},
  name = '',
): AddEdit {
  return add('floatingip', name, { network, ...attributes });
}

/** What it led to before does not count any more. */
export function associateFloatingIp(floatingIp: string, { instance, port, fixed_ip_address }: Association): ChangeEdit {
  const target: Target = { kind: 'floatingip', ref: floatingIp };
  const all = { instance, port, fixed_ip_address };
  const set = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Attributes;
  return { do: 'change', target, set, unset: ASSOCIATION.filter((name) => !(name in set)) };
}

export function disassociateFloatingIp(floatingIp: string): ChangeEdit {
  return { do: 'change', target: { kind: 'floatingip', ref: floatingIp }, set: {}, unset: ASSOCIATION };
}

const ASSOCIATION = ['instance', 'port', 'fixed_ip_address', 'router'] as const;

export const createSecurityGroup = (name: string, attributes: Attributes = {}): AddEdit =>
  add('security_group', name, attributes);
export const createSecurityGroupRule = (group: string, rule: Attributes): InsertEdit =>
  insert('security_group', group, 'rules', rule);
/** @param rule Its id, its attributes or its place in the list. */
export const deleteSecurityGroupRule = (group: string, rule: ItemMatch): RemoveEdit => ({
  do: 'remove',
  target: { kind: 'security_group', ref: group },
  list: 'rules',
  item: rule,
});

/** Where the file has no `nodes`, the ones that a lab has by itself are written out too. */
export const createNode = (name: string, agents: readonly AgentKind[] = []): AddEdit =>
  add('node', name, agents.length === 0 ? {} : { agents: [...agents] });
export const setAgents = (node: string, agents: readonly AgentKind[]): LabFileEdit =>
  agents.length === 0
    ? unsetAttribute({ kind: 'node', ref: node }, 'agents')
    : setAttribute({ kind: 'node', ref: node }, 'agents', [...agents]);

export const setOption = (option: string, value: YamlValue): SetEdit => ({
  do: 'set',
  target: { kind: 'lab', ref: '' },
  attribute: ['config', option],
  value,
});
export const unsetOption = (option: string): UnsetEdit => ({
  do: 'unset',
  target: { kind: 'lab', ref: '' },
  attribute: ['config', option],
});

function add(kind: DeclaredKind, name: string, attributes: Attributes): AddEdit {
  return { do: 'add', kind, name, attributes };
}

function insert(kind: DeclaredKind, ref: string, list: string, item: YamlValue): InsertEdit {
  return { do: 'insert', target: { kind, ref }, list, item };
}
