/**
 * What on a node is ours to remove. Neutron's agents know theirs by the names that they give, and so do we;
 * whatever a person added by hand (a namespace, a bridge, an address, a rule) has another name and stays.
 */
import type { ResourceRef } from '../model/resources.js';
import { type FileItem, type Item, type RouteItem, itemKey } from '../neutron/node-state.js';
import { asPrinted } from '../neutron/routes.js';

const AGENT_NAMESPACE = /^(qrouter|qdhcp|instance)-/;
const AGENT_ROOT_LINK = /^(brq[0-9a-f]{8}-[0-9a-f]{2}|tap[0-9a-f]{8}-[0-9a-f]{2}|vxlan-\d+)$/;
const AGENT_DEVICE = /^(qr|qg|ha|ns)-[0-9a-f]{8}-[0-9a-f]{2}$/;
const AGENT_SET = /^NIPv[46][0-9a-f]{8}-/;
const HA_DEVICE = /^ha-[0-9a-f]{8}-[0-9a-f]{2}$/;

/** Directories that belong to one resource as a whole; its name is the last part. */
const OWNED_DIRECTORY =
  /^(\/var\/lib\/neutron\/(?:ha_confs|dhcp|ra)\/[^/]+|\/etc\/netns\/instance-[^/]+|\/var\/lib\/neutron-lab\/instances\/[^/]+)\//;
const AGENT_INPUT = /^\/var\/lib\/neutron-lab\/(l3|children|radvd)\/[^/]+$/;
const RADVD_CONF = /^\/var\/lib\/neutron\/ra\/[^/]+\.radvd\.conf$/;
const RADVD_SOURCE = /^\/var\/lib\/neutron-lab\/radvd\/([^/]+)\.conf$/;

/** The path that goes as a whole when its resource goes; null where a file is nobody's. */
export function owningPath(path: string): string | null {
  return OWNED_DIRECTORY.exec(path)?.[1] ?? (AGENT_INPUT.test(path) || RADVD_CONF.test(path) ? path : null);
}

/** What the L3 agent makes of a file that it is given: an HA router's radvd.conf lies on its primary only. */
export function madeOf(path: string): string | null {
  const router = RADVD_SOURCE.exec(path)?.[1];
  return router === undefined ? null : `/var/lib/neutron/ra/${router}.radvd.conf`;
}

/** True for a file that tells the L3 agent what to follow or to keep alive. */
export function isAgentInput(path: string): boolean {
  return AGENT_INPUT.test(path);
}

export interface Ownership {
  /** Namespaces in which keepalived, not the agent, adds and removes addresses. */
  readonly keepalivedNamespaces: ReadonlySet<string>;
  /** Keys of routes that keepalived adds as `proto static`, like the agent's own (Neutron since 22.0). */
  readonly keepalivedRoutes: ReadonlySet<string>;
  /** Namespaces in which the kernel is to make no link-local addresses: one that is there is of an older release. */
  readonly withoutLinkLocals: ReadonlySet<string>;
}

/** HA routers of Neutron since 21.0 have it, and only they. */
const NO_LINK_LOCALS = 'net.ipv6.conf.all.addr_gen_mode';
/** Routers of Neutron since 26.0 have it; it is 0 in every new namespace. */
const BE_LIBERAL = 'net.netfilter.nf_conntrack_tcp_be_liberal';

export function ownershipOf(items: readonly Item[], desired: readonly Item[] = []): Ownership {
  const withoutLinkLocals = new Set(
    desired.flatMap((item) => (item.kind === 'sysctl' && item.name === NO_LINK_LOCALS ? [item.namespace] : [])),
  );
  const keepalivedNamespaces = new Set<string>();
  const keepalivedRoutes = new Set<string>();
  for (const item of items) {
    if (item.kind === 'link' && HA_DEVICE.test(item.name)) keepalivedNamespaces.add(item.namespace);
    if (item.kind === 'file') for (const route of staticRoutes(item)) keepalivedRoutes.add(itemKey(route));
  }
  return { keepalivedNamespaces, keepalivedRoutes, withoutLinkLocals };
}

const KEEPALIVED_CONF = /^\/var\/lib\/neutron\/ha_confs\/([^/]+)\/keepalived\.conf$/;

function staticRoutes({ path, content }: FileItem): RouteItem[] {
  const router = KEEPALIVED_CONF.exec(path)?.[1];
  if (router === undefined) return [];
  return [...content.matchAll(/^ +(\S+) .*protocol static$/gm)].map(([, destination = '']) => ({
    kind: 'route',
    namespace: `qrouter-${router}`,
    family: destination.includes(':') ? 6 : 4,
    type: 'unicast',
    destination: asPrinted(destination),
    nexthops: [],
    scope: 'global',
    protocol: 'static',
  }));
}

/** True when an observed item that nobody desires any more may be removed. Files are judged by `owningPath`. */
export function isOurs(item: Item, ownership: Ownership): boolean {
  switch (item.kind) {
    case 'namespace':
      return AGENT_NAMESPACE.test(item.namespace);
    case 'link':
      return item.namespace === '' ? AGENT_ROOT_LINK.test(item.name) : AGENT_DEVICE.test(item.name);
    case 'address':
      // keepalived gives link-local addresses to the other devices of the router alone.
      if (item.scope === 'link' && HA_DEVICE.test(item.device)) return ownership.withoutLinkLocals.has(item.namespace);
      // The link-local address is the kernel's; an instance's is its DHCP client's.
      if (item.scope !== 'global' || ownership.keepalivedNamespaces.has(item.namespace)) return false;
      return item.namespace === '' ? AGENT_ROOT_LINK.test(item.device) : AGENT_DEVICE.test(item.device);
    case 'route':
      if (ownership.keepalivedRoutes.has(itemKey(item))) return false;
      return item.namespace === '' || AGENT_NAMESPACE.test(item.namespace);
    case 'fdb':
      return AGENT_ROOT_LINK.test(item.device);
    case 'process':
      // keepalived's child has a pid file of its own and goes with its parent; an HA router's radvd is the L3 agent's.
      if (item.pidFile.endsWith('-vrrp')) return false;
      return item.name !== 'radvd' || !ownership.keepalivedNamespaces.has(item.namespace);
    case 'ipset':
      return AGENT_SET.test(item.name);
    case 'ebtables':
      // What is observed is Neutron's part alone.
      return true;
    case 'sysctl':
      return item.name === BE_LIBERAL && item.value === '1' && item.namespace.startsWith('qrouter-');
    case 'ruleset':
    case 'file':
      return false;
  }
}

const IN_NAMESPACE = /^(qrouter|qdhcp|instance)-(.+)$/;
const KIND: Record<string, ResourceRef['kind']> = { qrouter: 'router', qdhcp: 'network', instance: 'instance' };
const ID_PREFIX = /([0-9a-f]{8}-[0-9a-f]{2})/;

/**
 * The resource that an observed item was made for, by its name.
 * @param known resources by their id, and by the 11 characters of it that a device's name carries
 */
export function ownerByName(item: Item, node: string, known: ReadonlyMap<string, ResourceRef>): ResourceRef {
  if (item.kind !== 'namespace') {
    const text =
      item.kind === 'link' || item.kind === 'ipset'
        ? item.name
        : item.kind === 'file'
          ? item.path
          : item.kind === 'process'
            ? item.pidFile
            : 'device' in item
              ? item.device
              : '';
    const prefix = ID_PREFIX.exec(text)?.[1];
    const ref = prefix === undefined ? undefined : known.get(prefix);
    if (ref) return ref;
  }
  const match = 'namespace' in item ? IN_NAMESPACE.exec(item.namespace) : null;
  if (match) {
    const [, prefix = '', id = ''] = match;
    return known.get(id) ?? { kind: KIND[prefix] ?? 'node', id, name: id };
  }
  return { kind: 'node', id: node, name: node };
}
