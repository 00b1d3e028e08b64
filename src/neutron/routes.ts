/** Routes as neutron/agent/linux/ip_lib.py adds them: `proto static`, in the main table. */
import { containsAddress, ipVersion } from '../model/addresses.js';
import type { NamespaceName, NextHop, RouteItem } from './node-state.js';

/** As `ip route` prints it: the whole family is `default`, a single host has no prefix length. */
export function asPrinted(destination: string): string {
  if (destination === '0.0.0.0/0' || destination === '::/0') return 'default';
  return destination.replace(ipVersion(destination) === 4 ? /\/32$/ : /\/128$/, '');
}

export function unicastRoute(
  namespace: NamespaceName,
  family: 4 | 6,
  destination: string,
  nexthops: readonly NextHop[],
): RouteItem {
  return {
    kind: 'route',
    namespace,
    family,
    type: 'unicast',
    destination: asPrinted(destination),
    nexthops,
    scope: 'global',
    protocol: 'static',
  };
}

/** A destination that is on the link itself. IPv6 knows no scope of a route. */
export function onLinkRoute(namespace: NamespaceName, destination: string, device: string): RouteItem {
  const family = ipVersion(destination);
  const route = unicastRoute(namespace, family, destination, [{ via: null, device }]);
  return family === 4 ? { ...route, scope: 'link' } : route;
}

/** The default route, and before it a route to the gateway itself where that is outside the subnet. */
export function gatewayRoutes(
  namespace: NamespaceName,
  gateway: string,
  cidr: string,
  device: string,
): readonly RouteItem[] {
  const byGateway = unicastRoute(namespace, ipVersion(gateway), 'default', [{ via: gateway, device }]);
  return containsAddress(cidr, gateway) ? [byGateway] : [onLinkRoute(namespace, gateway, device), byGateway];
}
