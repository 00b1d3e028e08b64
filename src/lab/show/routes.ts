/** The routes of a namespace's main table, as `ip route` words them. Pure. */
import { containsAddress, ipVersion, networkAddress, parseCidr } from '../../model/addresses.js';
import type { RouteItem } from '../../neutron/node-state.js';
import type { ObservedRoute } from '../../reconcile/observed-document.js';
import { type ShownInterface, compare } from './addresses.js';
import type { VirtualRoute } from './virtual.js';

interface Hop {
  readonly via: string | null;
  readonly device: string | null;
}

function line(destination: string, hops: readonly Hop[], protocol: string, scope: string, type = 'unicast'): string {
  const words = hops.map(({ via, device }) =>
    [...(via === null ? [] : ['via', via]), ...(device === null ? [] : ['dev', device])].join(' '),
  );
  const to = type === 'unicast' ? destination : `${type} ${destination}`;
  const way = words.length > 1 ? words.sort(compare).map((hop) => `nexthop ${hop}`) : words;
  return [to, ...way, `proto ${protocol}`, ...(scope === 'global' ? [] : [`scope ${scope}`])]
    .filter((word) => word !== '')
    .join(' ');
}

/** IPv6 knows no scope, and its metric says nothing that the order does not. */
export function observedRouteLines(routes: readonly ObservedRoute[]): string[] {
  return routes
    .filter(({ table, type }) => (table ?? 'main') === 'main' && type !== 'multicast' && type !== 'anycast')
    .map(({ dst = '', gateway, dev, nexthops, protocol = 'boot', scope = 'global', type }) => {
      const hops = nexthops
        ? nexthops.map((hop) => ({ via: hop.gateway ?? hop.via?.host ?? null, device: hop.dev ?? null }))
        : [{ via: gateway ?? null, device: dev ?? null }];
      return line(dst, hops, protocol, scope, type);
    })
    .sort(compare);
}

export function desiredRouteLine({ destination, nexthops, protocol, scope, type }: RouteItem): string {
  return line(destination, nexthops, protocol, scope, type);
}

/** @param interfaces where the next hop of a route without a device is looked for, as the kernel does */
export function virtualRouteLine(route: VirtualRoute, interfaces: readonly ShownInterface[]): string {
  const { destination, via, protocol, scope } = route;
  const onLink = interfaces.find(({ addresses }) =>
    addresses.some(
      ({ address }) => via !== null && ipVersion(via) === familyOf(address) && containsAddress(address, via),
    ),
  );
  const isIpv6 = (via ?? destination).includes(':');
  return line(
    destination,
    [{ via, device: route.device ?? onLink?.device ?? null }],
    protocol,
    isIpv6 ? 'global' : scope,
  );
}

export function routeFamily({ destination, via }: VirtualRoute): 4 | 6 {
  return (via ?? destination).includes(':') ? 6 : 4;
}

/** The routes that the kernel makes of the addresses: what is on the link. */
export function connectedRouteLines(interfaces: readonly ShownInterface[], family: 4 | 6): string[] {
  const lines = interfaces
    .filter(({ up }) => up)
    .flatMap(({ device, addresses }) =>
      addresses
        .filter(({ address }) => familyOf(address) === family && !/\/(32|128)$/.test(address))
        .map(({ address }) => {
          const network = `${networkAddress(address)}/${String(parseCidr(address).prefixLength)}`;
          return line(network, [{ via: null, device }], 'kernel', family === 4 ? 'link' : 'global');
        }),
    );
  return [...new Set(lines)];
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
