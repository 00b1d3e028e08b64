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
    ...announcement(item),
  ];
}

/**
 * Gratuitous ARPs, requests and replies, in three rounds two seconds apart (neutron/agent/linux/ip_lib.py,
 * send_ip_addr_adv_notif). The script is a constant; device and address are arguments of it.
 */
const ANNOUNCE =
  'for round in 1 2 3; do [ "$round" = 1 ] || sleep 2; for kind in -U -A; do arping "$kind" -I "$1" -c 1 -w 2 "$2" & done; done; wait';

/** Of what the agent of a legacy router has set by itself; of an HA router keepalived announces what it sets. */
function announcement({ namespace, device, address }: AddressItem): Draft[] {
  const [ip = ''] = address.split('/');
  if (!namespace.startsWith('qrouter-') || !/^q[rg]-/.test(device) || ip.includes(':')) return [];
  const action = {
    type: 'spawn',
    argv: ['sh', '-c', ANNOUNCE, 'announce', device, ip],
    pidFile: `/run/neutron-lab/announce/${device}-${ip}`,
    daemonizes: false,
  } as const;
  return [{ phase: 'start', change: 'create', namespace, action }];
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
