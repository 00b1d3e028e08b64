/** A router's extra routes (neutron/db/extraroute_db.py). */
import { parseCidr } from '../addresses.js';
import { invalidAttribute, type RequestBody } from '../attributes/attribute.js';
import { hostRoutes } from '../attributes/lists.js';
import { enforce } from '../neutron-errors.js';
import type { HostRoute, Lab, Router } from '../resources.js';
import { routeViolations, type Connected } from '../rules/routers.js';
import { replace } from './change.js';
import { routerOf } from './find.js';
import type { RouterResult } from './gateways.js';
import { gatewayPortOf, interfacesOf } from './router-ports.js';

/** All routes of the router at once. @throws NeutronError `InvalidRoutes`, `RoutesExhausted` */
export function updateRoutes(lab: Lab, routerId: string, routes: readonly HostRoute[]): RouterResult {
  const before = routerOf(lab, routerId);
  enforce(routeViolations(routerId, [...routes.entries()], connectedTo(lab, routerId)));
  const router: Router = { ...before, routes };
  return { lab: { ...lab, routers: replace(lab.routers, router) }, router };
}

/** One that is there already is no mistake. @throws NeutronError */
export function addExtraRoutes(lab: Lab, routerId: string, body: RequestBody): RouterResult {
  const { routes } = routerOf(lab, routerId);
  const added = routesOf(body).filter((route) => !routes.some((one) => same(one, route)));
  return updateRoutes(lab, routerId, [...routes, ...added]);
}

/** One that is not there is no mistake. @throws NeutronError */
export function removeExtraRoutes(lab: Lab, routerId: string, body: RequestBody): RouterResult {
  const removed = routesOf(body);
  const { routes } = routerOf(lab, routerId);
  return updateRoutes(
    lab,
    routerId,
    routes.filter((route) => !removed.some((one) => same(one, route))),
  );
}

/** What a nexthop can be reached through: the subnets of the router's addresses, of HA ports too. */
function connectedTo(lab: Lab, routerId: string): Connected {
  const gateway = gatewayPortOf(lab, routerId);
  const ports = [...interfacesOf(lab, routerId), ...(gateway === null ? [] : [gateway])];
  const ips = ports.flatMap((port) => port.fixed_ips);
  const attached = new Set(ips.map((ip) => ip.subnet_id));
  return {
    cidrs: lab.subnets.filter((subnet) => attached.has(subnet.id)).map((subnet) => parseCidr(subnet.cidr)),
    addresses: new Set(ips.map((ip) => ip.ip_address)),
  };
}

function routesOf(body: RequestBody): readonly HostRoute[] {
  const wrong = invalidAttribute('routes', body.routes, hostRoutes);
  if (wrong !== null) enforce([wrong]);
  return body.routes as readonly HostRoute[];
}

function same(one: HostRoute, other: HostRoute): boolean {
  return one.destination === other.destination && one.nexthop === other.nexthop;
}
