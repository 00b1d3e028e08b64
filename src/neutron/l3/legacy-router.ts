/** A router on one node, whose addresses and routes the agent sets itself (neutron/agent/l3/legacy_router.py). */
import { addressOn, withReason } from '../interface-address.js';
import { portRef, type NodeBuilder } from '../node-builder.js';
import type { ProcessItem, RouteItem } from '../node-state.js';
import { radvdArguments, radvdConfPath, radvdPidFile } from '../radvd.js';
import { gatewayRoutes, onLinkRoute } from '../routes.js';
import { extraRoutes } from './extra-routes.js';
import { buildNamespace, buildRulesets, plugInterface, radvdFile, type RouterTexts } from './router-namespace.js';
import { gatewayAcceptRa, gatewaysOf, type Gateway, type RouterView } from './router-view.js';

/** @returns the processes that the agent keeps alive */
export function buildLegacyRouter(builder: NodeBuilder, view: RouterView, texts: RouterTexts): readonly ProcessItem[] {
  const { namespace, resource, interfaces, gateway } = view;
  buildNamespace(builder, view);
  builder.sysctl(
    namespace,
    'net.ipv6.conf.all.forwarding',
    1,
    resource,
    'A router forwards IPv6 as well; what forwards takes no address from router advertisements.',
  );
  for (const each of gateway === null ? interfaces : [...interfaces, gateway]) {
    plugInterface(builder, view, each);
    for (const { address, prefixLength, subnet } of each.addresses) {
      const why = `The address of router ${resource.name} in subnet ${subnet.name}.`;
      builder.add(withReason(addressOn(namespace, each.device, address, prefixLength), portRef(each.port), why));
    }
  }
  if (gateway !== null) buildGateway(builder, view, gateway);
  for (const route of routes(view)) builder.add(withReason(route, resource, routeReason(route)));
  buildRulesets(builder, view, texts);
  return texts.radvdConf === null ? [] : [radvd(builder, view, texts.radvdConf)];
}

function buildGateway(builder: NodeBuilder, view: RouterView, gateway: Gateway): void {
  const { namespace, resource } = view;
  for (const { floating } of view.floatingIps) {
    const why = `Floating IP ${floating} is an address of the gateway interface, so that the router answers ARP for it.`;
    builder.add(withReason(addressOn(namespace, gateway.device, floating, 32), resource, why));
  }
  const acceptRa = gatewayAcceptRa(gateway);
  builder.sysctl(
    namespace,
    `net.ipv6.conf.${gateway.device}.accept_ra`,
    acceptRa,
    resource,
    acceptRa === 2
      ? 'Without an IPv6 gateway of its own the router takes its default route from router advertisements, though it forwards.'
      : 'The router has an IPv6 gateway and takes no default route from router advertisements.',
  );
  builder.sysctl(
    namespace,
    `net.ipv6.conf.${gateway.device}.forwarding`,
    1,
    resource,
    'The gateway interface forwards IPv6.',
  );
}

/** An extra route takes the place of a gateway route with the same destination, as `ip route replace` does. */
function routes(view: RouterView): readonly RouteItem[] {
  const { gateway, namespace } = view;
  const own =
    gateway === null
      ? []
      : [
          ...gatewaysOf(gateway).flatMap(({ address, cidr }) =>
            gatewayRoutes(namespace, address, cidr, gateway.device),
          ),
          ...gateway.otherSubnets.map(({ cidr }) => onLinkRoute(namespace, cidr, gateway.device)),
        ];
  const byDestination = new Map<string, RouteItem>();
  for (const route of [...own, ...extraRoutes(view)]) byDestination.set(`${route.family} ${route.destination}`, route);
  return [...byDestination.values()];
}

function routeReason({ destination, nexthops }: RouteItem): string {
  if (nexthops.every(({ via }) => via === null))
    return `${destination} is on the link of the gateway interface, without an address of it there.`;
  if (destination === 'default') return 'What is in no network of the router goes to the gateway.';
  return nexthops.length > 1
    ? `An extra route with ${nexthops.length} next hops: the kernel shares the flows out among them.`
    : 'An extra route that was given to the router.';
}

function radvd(builder: NodeBuilder, view: RouterView, conf: string): ProcessItem {
  const { router, resource, namespace, habits } = view;
  radvdFile(builder, view, conf);
  const process: ProcessItem = {
    kind: 'process',
    namespace,
    name: 'radvd',
    argv: radvdArguments(router.id, habits),
    pidFile: radvdPidFile(router.id),
    daemonizes: true,
    reloads: [radvdConfPath(router.id)],
  };
  builder.add(withReason(process, resource, 'radvd advertises the router and its IPv6 prefixes to the hosts.'));
  return process;
}
