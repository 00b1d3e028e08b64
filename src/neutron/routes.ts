/** Routes as neutron/agent/linux/ip_lib.py adds them: `proto static`, in the main table. */
import { containsAddress, ipVersion } from '../model/addresses.js';
import type { NamespaceName, NextHop, RouteItem } from './node-state.js';

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
    destination,
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
