/** Desired against observed, item by item. Pure; the order of the result is the order of the desired items. */
import { createHash } from 'node:crypto';
import { sameOwnPart } from '../neutron/iptables/own-part.js';
import {
  type DesiredItem,
  type Item,
  type LinkItem,
  type ProcessItem,
  type RouteItem,
  type RulesetItem,
  ROOT,
  itemKey,
} from '../neutron/node-state.js';
import { memberChanges } from './commands/firewall.js';
import { changedTables } from './commands/ruleset-tables.js';
import { needsNewLink, updateLink } from './commands/link.js';

export type Change =
  | { readonly type: 'create'; readonly desired: DesiredItem }
  | {
      readonly type: 'update';
      readonly desired: DesiredItem;
      readonly observed: Item;
      /** What is otherwise, one short clause each. */
      readonly differences: readonly string[];
    }
  /** It must go and come again: nothing of it can be changed in place. */
  | {
      readonly type: 'replace';
      readonly desired: DesiredItem;
      readonly observed: Item;
      readonly differences: readonly string[];
    }
  | { readonly type: 'remove'; readonly observed: Item };

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

function routeText(route: RouteItem): string {
  // A route without a device is resolved by the kernel, which then tells the device.
  const hops = route.nexthops.map((hop) => `${hop.via ?? ''} ${hop.via === null ? (hop.device ?? '') : ''}`);
  return [...hops.sort(), route.scope].join('|');
}

function fileDifferences(
  desired: { content: string; mode: number },
  observed: { content: string; mode: number },
): string[] {
  const differences: string[] = [];
  const hash = `sha256:${createHash('sha256').update(desired.content).digest('hex')}`;
  const same = observed.content.startsWith('sha256:')
    ? observed.content === hash
    : observed.content === desired.content;
  if (!same) differences.push('its content is another');
  if (desired.mode !== observed.mode) differences.push(`its mode is ${observed.mode.toString(8)}`);
  return differences;
}

function processDifferences(desired: ProcessItem, observed: ProcessItem): string[] {
  const differences: string[] = [];
  if (!sameWords(desired.argv, observed.argv)) differences.push('it runs with other arguments');
  if (desired.namespace !== observed.namespace) differences.push('it runs in another namespace');
  return differences;
}

/** A node's own namespace is shared: only Neutron's part of its rules is compared. */
function ruleDifferences(desired: RulesetItem, observed: RulesetItem): string[] {
  if (desired.namespace === ROOT) return sameOwnPart(desired.text, observed.text) ? [] : ['the rules differ'];
  const tables = changedTables(desired.text, observed.text);
  return tables.length === 0 ? [] : [`the rules of ${tables.join(', ')} differ`];
}

function memberDifferences(missing: readonly string[], spare: readonly string[]): string[] {
  return [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} is not in it`]),
    ...(spare.length === 0 ? [] : [`${spare.join(', ')} is in it`]),
  ];
}

function compare(desired: DesiredItem, observed: Item): Change | null {
  const update = (differences: readonly string[]): Change | null =>
    differences.length === 0 ? null : { type: 'update', desired, observed, differences };
  const replace = (differences: readonly string[]): Change | null =>
    differences.length === 0 ? null : { type: 'replace', desired, observed, differences };
  switch (desired.kind) {
    case 'namespace':
      if (observed.kind !== 'namespace' || desired.hostname === undefined) return null;
      return update(
        observed.hostname === desired.hostname ? [] : [`its hostname is ${observed.hostname ?? 'the node’s'}`],
      );
    case 'link':
      if (observed.kind !== 'link') return null;
      if (needsNewLink(desired, observed)) return replace(['it is of another make']);
      return update(updateLink(desired, observed).differences);
    case 'route':
      if (observed.kind !== 'route' || routeText(desired) === routeText(observed)) return null;
      return update(['it goes elsewhere']);
    case 'sysctl':
      return update(observed.kind === 'sysctl' && observed.value !== desired.value ? [`it is ${observed.value}`] : []);
    case 'ruleset':
      if (observed.kind !== 'ruleset') return null;
      return update(ruleDifferences(desired, observed));
    case 'ipset':
      if (observed.kind !== 'ipset') return null;
      if (desired.family !== observed.family) return replace(['it is of another family']);
      return update(memberDifferences(...memberChanges(desired, observed)));
    case 'ebtables':
      if (observed.kind !== 'ebtables') return null;
      return update(sameOwnPart(desired.text, observed.text) ? [] : ['the rules differ']);
    case 'file':
      if (observed.kind !== 'file' || desired.seed === true) return null;
      return update(fileDifferences(desired, observed));
    case 'process':
      return observed.kind === 'process' ? replace(processDifferences(desired, observed)) : null;
    case 'address':
    case 'fdb':
      return null;
  }
}

/** What lives on a device goes with it, and what lives in a namespace likewise. */
function livesIn(item: Item, gone: { namespaces: ReadonlySet<string>; devices: ReadonlySet<string> }): boolean {
  if (!('namespace' in item)) return false;
  if (gone.namespaces.has(item.namespace)) return true;
  if (item.kind === 'address' || item.kind === 'fdb') return gone.devices.has(`${item.namespace}/${item.device}`);
  if (item.kind === 'route')
    return item.nexthops.some((hop) => gone.devices.has(`${item.namespace}/${hop.device ?? ''}`));
  if (item.kind === 'sysctl') return gone.devices.has(`${item.namespace}/${item.name.split('.')[3] ?? ''}`);
  return false;
}

/** A DHCP client holds a socket on its interface: of one that is made anew under the same name it hears nothing. */
function outlived(desired: DesiredItem, observed: Item, goneDevices: ReadonlySet<string>): Change | null {
  if (desired.kind !== 'process' || observed.kind !== 'process') return null;
  const outlives = observed.argv.some((word) => goneDevices.has(`${observed.namespace}/${word}`));
  return outlives ? { type: 'replace', desired, observed, differences: ['its interface is made anew'] } : null;
}

function isLink(item: Item): item is LinkItem {
  return item.kind === 'link';
}

export function diff(
  desired: readonly DesiredItem[],
  observed: readonly Item[],
  removable: (item: Item) => boolean,
): Change[] {
  const wanted = new Map(desired.map((item) => [itemKey(item), item]));
  let present = new Map(observed.map((item) => [itemKey(item), item]));
  const changes: Change[] = [];

  // A tap whose other end is missing blocks its name: it goes first, and counts as absent.
  const goneDevices = new Set<string>();
  for (const item of desired) {
    if (!isLink(item)) continue;
    const there = present.get(itemKey(item));
    if (there && isLink(there) && needsNewLink(item, there)) goneDevices.add(`${item.namespace}/${item.name}`);
    if (item.type !== 'veth') continue;
    const tap = present.get(`link /${item.peer}`);
    if (tap && isLink(tap) && (!there || goneDevices.has(`${item.namespace}/${item.name}`))) {
      goneDevices.add(`/${item.peer}`);
      if (!there) changes.push({ type: 'remove', observed: tap });
      present.delete(itemKey(tap));
    }
  }
  if (goneDevices.size > 0) {
    const gone = { namespaces: new Set<string>(), devices: goneDevices };
    present = new Map([...present].filter(([, item]) => !livesIn(item, gone)));
  }

  for (const [key, item] of wanted) {
    const there = present.get(key);
    const change: Change | null = there
      ? (outlived(item, there, goneDevices) ?? compare(item, there))
      : { type: 'create', desired: item };
    if (change) changes.push(change);
  }
  for (const [key, item] of present) {
    if (!wanted.has(key) && removable(item)) changes.push({ type: 'remove', observed: item });
  }
  return changes;
}
