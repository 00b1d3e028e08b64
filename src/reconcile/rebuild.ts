/**
 * What goes together with something else that goes, so that it must not be counted as being there.
 *
 * Namespaces that must be made anew: a router that becomes HA, or ceases to be, cannot keep its namespace: what
 * keepalived put there goes with keepalived, at a moment that no plan can know. Neutron does the same: it lets `ha` be
 * changed only while the router is down and its namespace is gone (neutron/db/l3_hamode_db.py).
 * Nor can an HA router that goes to a release in which the kernel makes link-local addresses: were the setting taken
 * back, addresses would appear on devices that may have none.
 * Addresses of a DHCP client that is going to be stopped: it takes them down itself.
 */
import type { Item } from '../neutron/node-state.js';
import { ownershipOf } from './ownership.js';

function namespaces(items: readonly Item[]): Set<string> {
  return new Set(items.flatMap((item) => (item.kind === 'namespace' ? [item.namespace] : [])));
}

/** Without settings that are off. */
function on(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => item.kind !== 'sysctl' || item.value !== '0');
}

/** What is observed, divided into what stays to be compared and what is removed to make room. */
export interface Rebuild {
  readonly kept: readonly Item[];
  readonly removed: readonly Item[];
}

/** `NAMESPACE/DEVICE` of every DHCP client that is there and not wanted. */
function leavingClients(desired: readonly Item[], observed: readonly Item[]): Set<string> {
  const wanted = new Set(desired.flatMap((item) => (item.kind === 'process' ? [item.pidFile] : [])));
  return new Set(
    observed.flatMap((item) => {
      if (item.kind !== 'process' || !item.argv.includes('udhcpc') || wanted.has(item.pidFile)) return [];
      return [`${item.namespace}/${item.argv[item.argv.indexOf('-i') + 1] ?? ''}`];
    }),
  );
}

/** Divides what is observed, in the light of what is desired. */
export function makeRoom(desired: readonly Item[], observed: readonly Item[]): Rebuild {
  const wanted = namespaces(desired);
  const haWanted = ownershipOf(desired).keepalivedNamespaces;
  const haThere = ownershipOf(observed).keepalivedNamespaces;
  const linkLocals = ownershipOf([], desired).withoutLinkLocals;
  const becomesOlder = new Set(
    [...ownershipOf([], on(observed)).withoutLinkLocals].filter((name) => !linkLocals.has(name)),
  );
  const rebuilt = new Set(
    [...namespaces(observed)].filter(
      (name) => wanted.has(name) && (haWanted.has(name) !== haThere.has(name) || becomesOlder.has(name)),
    ),
  );
  // A namespace in which there is no interface yet is only half built, and nothing in it is in the way.
  const used = new Set(observed.flatMap((item) => (item.kind === 'link' ? [item.namespace] : [])));
  for (const name of rebuilt) if (!used.has(name)) rebuilt.delete(name);
  const leaving = leavingClients(desired, observed);
  if (rebuilt.size === 0 && leaving.size === 0) return { kept: observed, removed: [] };

  const peers = new Set(
    observed.flatMap((item) =>
      item.kind === 'link' && item.type === 'veth' && rebuilt.has(item.namespace) ? [item.peer] : [],
    ),
  );
  const kept: Item[] = [];
  const removed: Item[] = [];
  for (const item of observed) {
    if (item.kind === 'link' && item.type === 'tap' && peers.has(item.name)) removed.push(item);
    else if (item.kind === 'address' && leaving.has(`${item.namespace}/${item.device}`)) continue;
    else if (!('namespace' in item) || !rebuilt.has(item.namespace)) kept.push(item);
    else if (item.kind === 'namespace') removed.push(item);
    else if (item.kind === 'process' && !item.pidFile.endsWith('-vrrp')) removed.push(item);
  }
  return { kept, removed };
}
