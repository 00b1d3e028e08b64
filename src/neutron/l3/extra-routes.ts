/** The extra routes of a legacy router (neutron/agent/l3/router_info.py, `routes_updated`). */
import { containsAddress, ipVersion } from '../../model/addresses.js';
import type { HostRoute } from '../../model/resources.js';
import type { NextHop, RouteItem } from '../node-state.js';
import { unicastRoute } from '../routes.js';
import type { RouterView } from './router-view.js';

/**
 * Several routes with one destination are one multipath route, or the last one of them (see `equalCostRoutes`). A next hop that is on no link of the router is left
 * out, as the kernel would refuse it.
 */
export function extraRoutes(view: RouterView): readonly RouteItem[] {
  const hops = new Map<string, NextHop[]>();
  for (const { destination, nexthop } of view.router.routes) {
    const device = deviceTowards(view, nexthop);
    if (device === null) continue;
    const others = view.habits.equalCostRoutes ? (hops.get(destination) ?? []) : [];
    hops.set(destination, [...others, { via: nexthop, device }]);
  }
  return [...hops].map(([destination, nexthops]) =>
    unicastRoute(view.namespace, ipVersion(destination), destination, nexthops),
  );
}

function deviceTowards({ interfaces, gateway }: RouterView, nexthop: HostRoute['nexthop']): string | null {
  for (const each of gateway === null ? interfaces : [...interfaces, gateway]) {
    if (each.subnets.some(({ cidr }) => containsAddress(cidr, nexthop))) return each.device;
  }
  return null;
}
