/** What an export told a cloud, whatever its format, and the lab file that says the same. */
import assert from 'node:assert/strict';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { PortFile, RuleFile, SubnetFile } from '../../../src/model/lab-file/schema.js';
import type { HostRoute, Lab } from '../../../src/model/resources.js';

/** What a format calls a resource: its name, its id, the label of a template. */
export type Key = string;

export interface ToldAddress {
  readonly subnet: Key;
  readonly address?: string | undefined;
}

export interface ToldGroup {
  readonly name: string;
  /** The group `default`, which every project has. */
  readonly existing?: true;
  readonly stateful: boolean;
  /** It has the rules that Neutron gives to each new group. */
  defaults: boolean;
  readonly rules: { readonly remote: Key | null; readonly content: RuleFile }[];
}

export interface ToldNetwork {
  readonly name: string;
  readonly content: object;
}

export interface ToldSubnet {
  readonly name: string;
  readonly network: Key;
  readonly routes: HostRoute[];
  readonly content: SubnetFile;
}

export interface ToldPort {
  readonly name: string;
  readonly network: Key;
  /** Null: nothing is said, so the cloud chooses; none: it has no address. */
  readonly addresses: readonly ToldAddress[] | null;
  /** Null: nothing is said, so it has the group `default`. */
  readonly groups: readonly Key[] | null;
  readonly content: Omit<PortFile, 'network'>;
}

export interface ToldRouter {
  readonly name: string;
  readonly content: object;
  gateway: { readonly network: Key; readonly snat: boolean; readonly addresses: readonly ToldAddress[] } | null;
  readonly interfaces: ({ readonly subnet: Key } | { readonly port: Key })[];
  readonly routes: HostRoute[];
}

export interface ToldFloatingIp {
  readonly network: Key;
  readonly port: Key | null;
  readonly content: object;
}

export interface ToldServer {
  readonly name: string;
  readonly ports: readonly Key[];
}

export class Told {
  readonly groups = new Map<Key, ToldGroup>();
  readonly networks = new Map<Key, ToldNetwork>();
  readonly subnets = new Map<Key, ToldSubnet>();
  readonly ports = new Map<Key, ToldPort>();
  readonly routers = new Map<Key, ToldRouter>();
  readonly floatingIps: ToldFloatingIp[] = [];
  readonly servers: ToldServer[] = [];
}

/** A reference that leads nowhere is a mistake of the export. */
export function at<T>(all: ReadonlyMap<Key, T>, key: Key): T {
  const found = all.get(key);
  assert.ok(found !== undefined, `nothing is called ${key}`);
  return found;
}

/**
 * A cloud that is told this, as a lab. What no cloud is told (nodes, options of neutron.conf, where instances run) is
 * taken from the lab that was exported.
 */
export function labOf(told: Told, exported: Lab): Lab {
  const network = (key: Key): string => at(told.networks, key).name;
  const subnet = (key: Key): string => `${network(at(told.subnets, key).network)}/${at(told.subnets, key).name}`;
  const group = (key: Key): string => at(told.groups, key).name;
  const port = (key: Key): string => at(told.ports, key).name;
  const fixedIps = (addresses: readonly ToldAddress[]) =>
    addresses.map((one) => ({ subnet: subnet(one.subnet), ip_address: one.address }));
  const subnetsOf = (key: Key) =>
    [...told.subnets.values()]
      .filter((one) => one.network === key)
      .map((one) => [one.name, { ...one.content, ...some('host_routes', one.routes) }] as const);
  const file = {
    lab: exported.name,
    nodes: Object.fromEntries(
      exported.nodes.filter(({ name }) => name !== 'outside').map(({ name, agents }) => [name, { agents }]),
    ),
    security_groups: Object.fromEntries(
      [...told.groups.values()].filter(isSaid).map(({ name, stateful, defaults, rules }) => [
        name,
        {
          stateful,
          default_rules: defaults,
          rules: rules.map(({ remote, content }) => ({
            ...content,
            ...(remote === null ? {} : { remote_group: group(remote) }),
          })),
        },
      ]),
    ),
    networks: Object.fromEntries(
      [...told.networks].map(([key, { name, content }]) => [
        name,
        { ...content, subnets: Object.fromEntries(subnetsOf(key)) },
      ]),
    ),
    ports: Object.fromEntries(
      [...told.ports.values()].map((one) => [
        one.name,
        {
          ...one.content,
          network: network(one.network),
          ...(one.addresses === null ? {} : { fixed_ips: fixedIps(one.addresses) }),
          security_groups: one.groups === null ? ['default'] : one.groups.map(group),
        },
      ]),
    ),
    routers: Object.fromEntries(
      [...told.routers.values()].map(({ name, content, gateway, interfaces, routes }) => [
        name,
        {
          ...content,
          ...(gateway === null
            ? {}
            : {
                external_gateway_info: {
                  network: network(gateway.network),
                  enable_snat: gateway.snat,
                  ...some('external_fixed_ips', fixedIps(gateway.addresses)),
                },
              }),
          interfaces: interfaces.map((one) => ('port' in one ? { port: port(one.port) } : subnet(one.subnet))),
          routes,
        },
      ]),
    ),
    floating_ips: told.floatingIps.map((one) => ({
      ...one.content,
      network: network(one.network),
      ...(one.port === null ? {} : { port: port(one.port) }),
    })),
    instances: Object.fromEntries(
      told.servers.map(({ name, ports }) => [
        name,
        {
          node: exported.instances.find((one) => one.name === name)?.node,
          networks: ports.map((key) => ({ port: port(key) })),
        },
      ]),
    ),
    config: Object.fromEntries(Object.entries(exported.config).filter(([, value]) => value !== null)),
  };
  // JSON is YAML.
  const { lab, problems } = readLabFile(JSON.stringify(file, null, 1), { file: 'told.neutron.yaml' });
  assert.ok(lab, JSON.stringify(problems, null, 1));
  return lab;
}

/** A lab file says nothing of the group `default` where nothing is said of it. */
function isSaid({ existing, defaults, rules }: ToldGroup): boolean {
  return existing !== true || !defaults || rules.length > 0;
}

function some<T>(key: string, values: readonly T[]): Record<string, readonly T[]> {
  return values.length === 0 ? {} : { [key]: values };
}
