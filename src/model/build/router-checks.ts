/** What Neutron's server checks when a router is whole: its subnets beside each other, and its routes. */
import { present } from '../lab-file/present.js';
import { show } from '../lab-file/text.js';
import { overlapOnRouter, routeViolations } from '../rules/routers.js';
import type { BuildContext } from './context.js';
import type { RouterDraft, SubnetDraft } from './drafts.js';
import { overlappingPairs } from './overlap.js';

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
  // Each replica has a port on the HA network too, beside the others in the one namespace.
  const ha = router.haPorts
    .slice(0, 1)
    .flatMap(({ network }) => network.subnets.map((subnet) => ({ subnet, path: router.path })));
  for (const [earlier, later] of overlappingPairs([...ha, ...external, ...internal], ({ subnet }) => subnet.cidr)) {
    // Within one network it was reported there; the same subnet twice was reported as such.
    if (earlier.subnet.network === later.subnet.network) continue;
    const renumber = { change: 'renumber', path: [...later.subnet.path, 'cidr'] } as const;
    build.problems.refuseAt(later.path, overlapOnRouter(later.subnet, earlier.subnet), 'value', [renumber]);
  }
}

function subnetsOf(port: RouterDraft['interfaces'][number]): SubnetDraft[] {
  return (port.wanted ?? []).map(({ subnet }) => subnet);
}

function checkRoutes(router: RouterDraft, build: BuildContext): void {
  const ports = [...router.interfaces, ...(router.gatewayPort === null ? [] : [router.gatewayPort])];
  const byId = new Map(
    ports.flatMap((port) => port.network.subnets.map((subnet) => [subnet.id, subnet.cidr] as const)),
  );
  const connected = {
    cidrs: ports.flatMap((port) => port.ips.flatMap((ip) => byId.get(ip.subnet_id) ?? [])),
    addresses: new Set(ports.flatMap((port) => port.ips.map((ip) => ip.ip_address))),
  };
  const routes = present(router.file.routes);
  build.problems.refuse(router.path, routeViolations(show(router.name), routes, router.partial ? null : connected));
}
