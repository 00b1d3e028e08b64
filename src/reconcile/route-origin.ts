/**
 * Routes of a running keepalived that are to be of another origin, as another release of Neutron marks them. On SIGHUP it
 * replaces a route by its destination, whatever its nexthop (lib/vrrp_iproute.c, `clear_diff_routes`): of two routes with
 * one destination, one of the old origin would stay for ever. When it stops it removes all of its own.
 */
import type { DesiredItem, FileItem, Item } from '../neutron/node-state.js';
import type { Change } from './diff.js';

const STATIC = / protocol static$/m;
const ROUTES = / virtual_routes \{$/m;

export function restartsForOrigins(
  desired: readonly DesiredItem[],
  observed: readonly Item[],
  changes: readonly Change[],
): Change[] {
  const changed = new Set(
    changes.flatMap((change) => {
      if (change.type !== 'update' || change.desired.kind !== 'file' || change.observed.kind !== 'file') return [];
      return otherOrigin(change.desired, change.observed) ? [change.desired.path] : [];
    }),
  );
  if (changed.size === 0) return [];
  const told = new Set(changes.flatMap((change) => (change.type === 'remove' ? [] : [change.desired])));
  return desired.flatMap((item): Change[] => {
    if (item.kind !== 'process' || item.name !== 'keepalived' || told.has(item)) return [];
    if (!item.reloads.some((path) => changed.has(path))) return [];
    const running = observed.find((one) => one.kind === 'process' && one.pidFile === item.pidFile);
    if (running === undefined) return [];
    return [{ type: 'replace', desired: item, observed: running, differences: ['its routes are of another origin'] }];
  });
}

function otherOrigin(desired: FileItem, observed: FileItem): boolean {
  if (!ROUTES.test(desired.content) || !ROUTES.test(observed.content)) return false;
  return STATIC.test(desired.content) !== STATIC.test(observed.content);
}
