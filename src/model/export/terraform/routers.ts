/** Routers, floating IPs and instances. */
import type { DeclaredFloatingIp, DeclaredRouter, DeclaredServer } from '../topology.js';
import { Expression, type HclBlock } from './hcl.js';
import { addressBlock } from './networks.js';
import { address, dependsOn, networkId, networkName, portId, resource, routerId, subnetId } from './references.js';

export function routerBlocks(router: DeclaredRouter): HclBlock[] {
  const { gateway, interfaces, routes } = router;
  // Where no address names it, its gateway needs a subnet first.
  const subnets = gateway !== null && gateway.addresses.length === 0 ? gateway.network.subnets : [];
  return [
    resource(
      'router',
      router.label,
      {
        name: router.name,
        admin_state_up: router.adminStateUp ? undefined : false,
        external_network_id: gateway === null ? undefined : networkId(gateway.network),
        enable_snat: gateway === null || gateway.snat ? undefined : false,
        // The provider has no argument for it, and Neutron takes the text for the truth value.
        value_specs: router.ha === null ? undefined : new Expression(`{ ha = "${String(router.ha)}" }`),
        depends_on: dependsOn(subnets.map(({ label }) => address('subnet', label))),
      },
      {
        remarks: router.remarks,
        blocks: (gateway?.addresses ?? []).map((one) => addressBlock('external_fixed_ip', one)),
      },
    ),
    ...interfaces.map(({ label, subnet, port }) =>
      resource('interface', label, {
        router_id: routerId(router),
        subnet_id: subnet === null ? undefined : subnetId(subnet),
        port_id: port === null ? undefined : portId(port),
      }),
    ),
    ...routes.map(({ destination, nexthop }, index) =>
      resource('route', `${router.label}_${String(index + 1)}`, {
        router_id: routerId(router),
        destination_cidr: destination,
        next_hop: nexthop,
        // A next hop has to be on a connected network.
        depends_on: dependsOn(interfaces.map(({ label }) => address('interface', label))),
      }),
    ),
  ];
}

export function floatingIpBlock(one: DeclaredFloatingIp): HclBlock {
  const { network, router } = one;
  // Neutron looks for the router between the two networks.
  const between =
    router === null
      ? network.subnets.map(({ label }) => address('subnet', label))
      : [address('router', router.label), ...router.interfaces.map(({ label }) => address('interface', label))];
  return resource(
    'floatingIp',
    one.label,
    {
      pool: networkName(network),
      address: one.address ?? undefined,
      port_id: one.port === null ? undefined : portId(one.port),
      fixed_ip: one.fixedAddress ?? undefined,
      depends_on: dependsOn(between),
    },
    { remarks: one.remarks },
  );
}

export function serverBlock(server: DeclaredServer): HclBlock {
  return resource(
    'server',
    server.label,
    {
      name: server.name,
      image_name: new Expression('var.image'),
      flavor_name: new Expression('var.flavor'),
      network_mode: server.ports.length === 0 ? 'none' : undefined,
    },
    {
      remarks: server.remarks,
      blocks: server.ports.map((port) => ({ type: 'network', attributes: { port: portId(port) } })),
    },
  );
}
