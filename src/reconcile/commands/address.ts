/** Addresses, routes and flood lists. */
import type { AddressItem, FdbItem, RouteItem } from '../../neutron/node-state.js';
import { type Draft, run } from '../phases.js';

export function createAddress(item: AddressItem): Draft[] {
  const broadcast = item.broadcast === null ? [] : ['brd', item.broadcast];
  const scope = item.scope === 'global' ? [] : ['scope', item.scope];
  return [
    run('address', 'create', item.namespace, [
      ...['ip', 'addr', 'add', item.address, ...broadcast],
      ...['dev', item.device, ...scope],
    ]),
  ];
}

export function removeAddress(item: AddressItem): Draft[] {
  return [run('remove-address', 'remove', item.namespace, ['ip', 'addr', 'del', item.address, 'dev', item.device])];
}

function familyFlag(route: RouteItem): string[] {
  return route.family === 6 ? ['-6'] : [];
}

/** `ip route` puts a local route into the table `local`, before all others; ours is the last resort of the main one. */
function typeWords(route: RouteItem): { type: string[]; table: string[] } {
  if (route.type === 'unicast') return { type: [], table: [] };
  return { type: [route.type], table: route.type === 'local' ? ['table', 'main'] : [] };
}

/** `replace`: a route that differs in its next hops is changed without a moment in which there is none. */
export function setRoute(route: RouteItem, change: 'create' | 'update'): Draft[] {
  const { type, table } = typeWords(route);
  const [first] = route.nexthops;
  const hop = (via: string | null, device: string | null): string[] => [
    ...(via === null ? [] : ['via', via]),
    ...(device === null ? [] : ['dev', device]),
  ];
  const hops =
    route.nexthops.length > 1
      ? route.nexthops.flatMap((next) => ['nexthop', ...hop(next.via, next.device)])
      : hop(first?.via ?? null, first?.device ?? null);
  const scope = route.scope === 'global' ? [] : ['scope', route.scope];
  return [
    run('route', change, route.namespace, [
      ...['ip', ...familyFlag(route), 'route', 'replace', ...type, route.destination],
      ...['proto', route.protocol, ...scope, ...table, ...hops],
    ]),
  ];
}

export function removeRoute(route: RouteItem): Draft[] {
  const { type, table } = typeWords(route);
  return [
    run('remove-route', 'remove', route.namespace, [
      ...['ip', ...familyFlag(route), 'route', 'del', ...type, route.destination, 'proto', route.protocol, ...table],
    ]),
  ];
}

/** `append`: the all-zero entry of a VXLAN holds a list of peers. */
export function createFlood(item: FdbItem): Draft[] {
  return [
    run('flood', 'create', item.namespace, [
      ...['bridge', 'fdb', 'append', item.mac, 'dev', item.device, 'dst', item.destination],
    ]),
  ];
}

export function removeFlood(item: FdbItem): Draft[] {
  return [
    run('remove-flood', 'remove', item.namespace, [
      ...['bridge', 'fdb', 'del', item.mac, 'dev', item.device, 'dst', item.destination],
    ]),
  ];
}
