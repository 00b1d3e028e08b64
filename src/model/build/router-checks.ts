/** What Neutron's server checks when a router is whole: its subnets beside each other, and its routes. */
import { containsAddress, formatCidr, parseAddress } from '../addresses.js';
import { present } from '../lab-file/present.js';
import type { BuildContext } from './context.js';
import type { RouterDraft, SubnetDraft } from './drafts.js';
import { overlappingPairs } from './overlap.js';

/** Neutron's option `max_routes`. */
const MAX_ROUTES = 30;

export function checkRouter(router: RouterDraft, build: BuildContext): void {
  checkOverlap(router, build);
  checkRoutes(router, build);
}

/** All subnets of the external network count, not only those of the gateway's addresses (`_check_for_dup_router_subnets`). */
function checkOverlap(router: RouterDraft, build: BuildContext): void {
  const internal = router.interfaces.flatMap((port, index) =>
    subnetsOf(port).map((subnet) => ({ subnet, path: [...router.path, 'interfaces', index] })),
  );
  const external = (router.gatewayNetwork?.subnets ?? []).map((subnet) => ({
    subnet,
    path: [...router.path, 'external_gateway_info'],
  }));
  for (const [earlier, later] of overlappingPairs([...external, ...internal], ({ subnet }) => subnet.cidr)) {
    // Within one network it was reported there; the same subnet twice was reported as such.
    if (earlier.subnet.network === later.subnet.network) continue;
    build.problems.error({
      path: later.path,
      code: 'BadRequest',
      message: `Cidr ${formatCidr(later.subnet.cidr)} of subnet '${later.subnet.resource.name}' overlaps with cidr ${formatCidr(earlier.subnet.cidr)} of subnet '${earlier.subnet.resource.name}' on the router '${router.name}'.`,
      remedy: 'A router tells networks apart by their addresses: change one CIDR, or take two routers.',
    });
  }
}

function subnetsOf(port: RouterDraft['interfaces'][number]): SubnetDraft[] {
  return (port.wanted ?? []).map(({ subnet }) => subnet);
}

function checkRoutes(router: RouterDraft, build: BuildContext): void {
  const routes = present(router.file.routes);
  if (routes.length > MAX_ROUTES) {
    build.problems.error({
      path: [...router.path, 'routes'],
      place: 'key',
      code: 'RoutesExhausted',
      message: `Unable to complete operation for ${router.name}. The number of routes exceeds the maximum ${String(MAX_ROUTES)}.`,
      remedy: 'Put routes together to larger CIDRs.',
    });
    return;
  }
  const ports = [...router.interfaces, ...(router.gatewayPort === null ? [] : [router.gatewayPort])];
  const own = new Set(ports.flatMap((port) => port.ips.map((ip) => ip.ip_address)));
  const byId = new Map(
    ports.flatMap((port) => port.network.subnets.map((subnet) => [subnet.id, subnet.cidr] as const)),
  );
  const connected = ports.flatMap((port) => port.ips.flatMap((ip) => byId.get(ip.subnet_id) ?? []));
  const seen = new Set<string>();
  for (const [index, { destination, nexthop }] of routes) {
    const path = [...router.path, 'routes', index];
    const hop = parseAddress(nexthop);
    const invalid = (message: string, remedy: string, code = 'InvalidRoutes'): void => {
      build.problems.error({ path: [...path, 'nexthop'], code, message, remedy });
    };
    if (hop.version !== (destination.includes(':') ? 6 : 4)) {
      invalid(
        `The nexthop ${nexthop} and the destination ${destination} are of different IP versions.`,
        'Write both as IPv4 or both as IPv6.',
      );
    } else if (!router.partial && !connected.some((cidr) => containsAddress(cidr, hop))) {
      invalid(
        `The nexthop ${nexthop} is not connected with router '${router.name}'.`,
        'Take an address of a subnet that the router has an interface on.',
      );
    } else if (own.has(nexthop)) {
      invalid(`The nexthop ${nexthop} is used by router '${router.name}' itself.`, 'Take the address of another host.');
    }
    const key = `${destination} ${nexthop}`;
    if (seen.has(key))
      invalid(
        `The route to ${destination} via ${nexthop} stands in the list twice.`,
        'Write it once.',
        'HTTPBadRequest',
      );
    seen.add(key);
  }
}
