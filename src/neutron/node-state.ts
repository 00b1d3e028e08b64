/**
 * What is on a node, as a list of items. The desired state of a node and the observed one have the same
 * shape; what Neutron's agents would build is told by `realise`, what is there by `observe`.
 */
import type { ResourceRef } from '../model/resources.js';

/** The name of a network namespace; the empty string is the node's own, the root namespace. */
export type NamespaceName = string;

export const ROOT: NamespaceName = '';

/** Stands for a namespace that lost its name while something in it lived on. No namespace can have this name. */
export const UNNAMED: NamespaceName = '/';

export interface NamespaceItem {
  readonly kind: 'namespace';
  readonly namespace: NamespaceName;
  /** An instance is a host of its own and has a hostname of its own (a UTS namespace beside the network one). */
  readonly hostname?: string;
}

/** A veth end inside a namespace; making it makes its peer in the root namespace too. */
export interface VethItem {
  readonly kind: 'link';
  readonly type: 'veth';
  readonly namespace: NamespaceName;
  readonly name: string;
  /** The name of the other end, in the root namespace. */
  readonly peer: string;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
}

/** The end of a veth in the root namespace: made with the other end, plugged into a bridge here. */
export interface TapItem {
  readonly kind: 'link';
  readonly type: 'tap';
  readonly namespace: typeof ROOT;
  readonly name: string;
  readonly mtu: number;
  readonly up: boolean;
  /** The bridge it is a port of. */
  readonly master: string;
}

export interface BridgeItem {
  readonly kind: 'link';
  readonly type: 'bridge';
  readonly namespace: typeof ROOT;
  readonly name: string;
  readonly mtu: number;
  readonly up: boolean;
}

export interface VxlanItem {
  readonly kind: 'link';
  readonly type: 'vxlan';
  readonly namespace: typeof ROOT;
  readonly name: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly master: string;
  readonly vni: number;
  /** This node's address on the underlay. */
  readonly local: string;
  readonly port: number;
}

export type LinkItem = VethItem | TapItem | BridgeItem | VxlanItem;

export interface AddressItem {
  readonly kind: 'address';
  readonly namespace: NamespaceName;
  readonly device: string;
  /** With its prefix length, as `ip addr` prints it. */
  readonly address: string;
  readonly scope: 'global' | 'link' | 'host';
  /** The broadcast address, null where Neutron sets none. IPv4 only. */
  readonly broadcast: string | null;
}

export interface NextHop {
  readonly via: string | null;
  readonly device: string | null;
}

export interface RouteItem {
  readonly kind: 'route';
  readonly namespace: NamespaceName;
  readonly family: 4 | 6;
  readonly type: 'unicast' | 'local' | 'unreachable';
  /** A CIDR, `default`, or an address without a prefix length for a host, as `ip route` prints it. */
  readonly destination: string;
  /** More than one: an equal-cost multipath route. */
  readonly nexthops: readonly NextHop[];
  readonly scope: 'global' | 'link' | 'host';
  readonly protocol: 'static' | 'boot';
}

/** One entry of a VXLAN's flood list: unknown, broadcast and multicast frames are sent to this peer too. */
export interface FdbItem {
  readonly kind: 'fdb';
  readonly namespace: typeof ROOT;
  readonly device: string;
  readonly mac: string;
  readonly destination: string;
}

export interface SysctlItem {
  readonly kind: 'sysctl';
  readonly namespace: NamespaceName;
  /** With dots between its parts; a dot within a device's name is a slash, as sysctl(8) has it. */
  readonly name: string;
  readonly value: string;
}

/**
 * All rules of one address family in one namespace, in the form of iptables-save, without counters. A node's own
 * namespace is shared with others: there only Neutron's chains and the jumps to them are meant.
 */
export interface RulesetItem {
  readonly kind: 'ruleset';
  readonly namespace: NamespaceName;
  readonly family: 4 | 6;
  readonly text: string;
}

/** A set of addresses that rules of iptables look up. */
export interface IpsetItem {
  readonly kind: 'ipset';
  readonly namespace: typeof ROOT;
  readonly name: string;
  readonly family: 4 | 6;
  /** Addresses and ranges as `ipset save` writes them, sorted. */
  readonly members: readonly string[];
}

/** Neutron's chains of ebtables and the jumps to them, in the form of ebtables-save. */
export interface EbtablesItem {
  readonly kind: 'ebtables';
  readonly namespace: typeof ROOT;
  readonly text: string;
}

export interface FileItem {
  readonly kind: 'file';
  readonly path: string;
  readonly content: string;
  /** Permission bits. */
  readonly mode: number;
  /** Written when it is absent and left alone afterwards: a process on the node goes on writing it. */
  readonly seed?: boolean;
}

/** A process that keeps running, found again by its pid file. */
export interface ProcessItem {
  readonly kind: 'process';
  readonly namespace: NamespaceName;
  /** What it is, as `ps` would be asked for it: keepalived, dnsmasq, … Unique on a node together with `pidFile`. */
  readonly name: string;
  readonly argv: readonly string[];
  readonly pidFile: string;
  /** It writes its pid file itself and goes to the background, or the runner does both for it. */
  readonly daemonizes: boolean;
  /** Files that it reads again on SIGHUP. */
  readonly reloads: readonly string[];
  /** Run inside the instance's hostname (its UTS namespace) as well. */
  readonly hostname?: string;
}

export type Item =
  | NamespaceItem
  | LinkItem
  | AddressItem
  | RouteItem
  | FdbItem
  | SysctlItem
  | RulesetItem
  | IpsetItem
  | EbtablesItem
  | FileItem
  | ProcessItem;

/** Why an item is there, and for which resource. */
export interface Reason {
  readonly resource: ResourceRef;
  /** One sentence for a person who learns. */
  readonly why: string;
}

export type DesiredItem = Item & Reason;

export interface NodeState<I extends Item = Item> {
  readonly node: string;
  readonly items: readonly I[];
}

/** What two items must share to be the same thing in two states. */
export function itemKey(item: Item): string {
  switch (item.kind) {
    case 'namespace':
      return `namespace ${item.namespace}`;
    case 'link':
      return `link ${item.namespace}/${item.name}`;
    case 'address':
      return `address ${item.namespace}/${item.device}/${item.address}`;
    case 'route':
      return `route ${item.namespace}/${String(item.family)}/${item.type}/${item.destination}`;
    case 'fdb':
      return `fdb ${item.device}/${item.mac}/${item.destination}`;
    case 'sysctl':
      return `sysctl ${item.namespace}/${item.name}`;
    case 'ruleset':
      return `ruleset ${item.namespace}/${String(item.family)}`;
    case 'ipset':
      return `ipset ${item.name}`;
    case 'ebtables':
      return 'ebtables';
    case 'file':
      return `file ${item.path}`;
    case 'process':
      return `process ${item.pidFile}`;
  }
}
