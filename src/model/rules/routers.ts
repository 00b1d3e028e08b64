/** What Neutron refuses about the subnets and routes of a router (neutron/db/l3_db.py, neutron/db/extraroute_db.py). */
import { containsAddress, formatCidr, parseAddress, type Cidr } from '../addresses.js';
import { pythonText } from '../attributes/python.js';
import { invalidAttribute } from '../attributes/attribute.js';
import { hostRoutes } from '../attributes/lists.js';
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { HostRoute } from '../resources.js';

/** Neutron's option `max_routes`. */
export const MAX_ROUTES = 30;

/** `option max_vrid` of keepalived is 255; Neutron stops at 254 (`VR_ID_RANGE` in neutron/db/l3_hamode_db.py). */
export const HIGHEST_VRID = 254;

interface RoutedSubnet {
  readonly ref: string;
  readonly cidr: Cidr;
}

export function badRouter(msg: string, remedy: string, at: AttributePath = []): Violation {
  return violation('BadRequest', { resource: 'router', msg }, { at, remedy });
}

/** All subnets of the external network count, not only those of the gateway's addresses (`_check_for_dup_router_subnets`). */
export function overlapOnRouter(added: RoutedSubnet, there: RoutedSubnet): Violation {
  return badRouter(
    `Cidr ${formatCidr(added.cidr)} of subnet ${added.ref} overlaps with cidr ${formatCidr(there.cidr)} of subnet ${there.ref}`,
    'A router tells networks apart by their addresses: change one CIDR, or take two routers.',
  );
}

export function subnetTwice(subnetRef: string): Violation {
  return badRouter(`Router already has a port on subnet ${subnetRef}`, 'Each subnet is attached once.');
}

export function notExternal(networkRef: string): Violation {
  const remedy = 'Make the network external (`router:external: true`), or attach it as an interface.';
  return badRouter(`Network ${networkRef} is not an external network`, remedy, ['network_id']);
}

/** Cidrs and addresses of a router's ports, the gateway's among them. */
export interface Connected {
  readonly cidrs: readonly Cidr[];
  readonly addresses: ReadonlySet<string>;
}

/** The order is Neutron's: the list as such, then its nexthops, then how many they are. */
export function* routeViolations(
  routerRef: string,
  routes: readonly (readonly [index: number, route: HostRoute])[],
  connected: Connected | null,
): Generator<Violation> {
  if (routes.length > MAX_ROUTES) {
    const values = { router_id: routerRef, quota: MAX_ROUTES };
    yield violation('RoutesExhausted', values, { at: ['routes'] });
    return;
  }
  const list = pythonText(routes.map(([, { destination, nexthop }]) => ({ destination, nexthop })));
  const seen = new Set<string>();
  for (const [index, { destination, nexthop }] of routes) {
    const at = ['routes', index, 'nexthop'];
    const key = `${destination} ${nexthop}`;
    if (seen.has(key)) yield* duplicates([{ destination, nexthop }], at);
    seen.add(key);
    const hop = parseAddress(nexthop);
    const refuse = (reason: string, remedy?: string): Violation =>
      violation('InvalidRoutes', { routes: list, reason }, remedy === undefined ? { at } : { at, remedy });
    if (hop.version !== (destination.includes(':') ? 6 : 4)) {
      yield refuse('the nexthop is not connected with router', 'Write destination and nexthop in one IP version.');
    } else if (connected !== null && !connected.cidrs.some((cidr) => containsAddress(cidr, hop))) {
      yield refuse('the nexthop is not connected with router');
    } else if (connected?.addresses.has(nexthop) === true) {
      yield refuse('the nexthop is used by router');
    }
  }
}

/** In the words of the API's validator, which sees it before any other rule. */
function* duplicates([route]: readonly HostRoute[], at: AttributePath): Generator<Violation> {
  const wrong = invalidAttribute('routes', [route, route], hostRoutes);
  if (wrong !== null) yield { ...wrong, at, remedy: 'Write it once.' };
}
