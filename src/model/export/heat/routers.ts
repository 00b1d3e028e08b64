/** Routers, floating IPs and instances. */
import type { DeclaredFloatingIp, DeclaredRouter, DeclaredServer } from '../topology.js';
import { addressEntry, type HeatResource, networkReference, reference } from './resource.js';

export function routerResources(router: DeclaredRouter): HeatResource[] {
  const { gateway, interfaces, routes } = router;
  const name = `router_${router.label}`;
  return [
    {
      name,
      type: 'OS::Neutron::Router',
      properties: {
        name: router.name,
        ha: router.ha ?? undefined,
        admin_state_up: router.adminStateUp ? undefined : false,
        external_gateway_info:
          gateway === null
            ? undefined
            : {
                network: networkReference(gateway.network),
                ...(gateway.snat ? {} : { enable_snat: false }),
                ...(gateway.addresses.length === 0 ? {} : { external_fixed_ips: gateway.addresses.map(addressEntry) }),
              },
      },
      remarks: router.remarks,
    },
    ...interfaces.map(({ label, subnet, port }) => ({
      name: `interface_${label}`,
      type: 'OS::Neutron::RouterInterface',
      properties: {
        router: reference(name),
        ...(subnet === null
          ? { port: reference(`port_${port.label}`) }
          : { subnet: reference(`subnet_${subnet.label}`) }),
      },
    })),
    ...(routes.length === 0
      ? []
      : [
          {
            name: `routes_${router.label}`,
            type: 'OS::Neutron::ExtraRouteSet',
            // A next hop has to be on a connected network.
            dependsOn: interfaceNames(router),
            properties: {
              router: reference(name),
              routes: routes.map(({ destination, nexthop }) => ({ destination, nexthop })),
            },
          },
        ]),
  ];
}

export function floatingIpResource(one: DeclaredFloatingIp): HeatResource {
  return {
    name: `floating_ip_${one.label}`,
    type: 'OS::Neutron::FloatingIP',
    // Neutron looks for the router between the two networks.
    dependsOn: one.router === null ? [] : [`router_${one.router.label}`, ...interfaceNames(one.router)],
    properties: {
      floating_network: networkReference(one.network),
      floating_ip_address: one.address ?? undefined,
      port_id: one.port === null ? undefined : reference(`port_${one.port.label}`),
      fixed_ip_address: one.fixedAddress ?? undefined,
    },
    remarks: one.remarks,
  };
}

function interfaceNames({ interfaces }: DeclaredRouter): string[] {
  return interfaces.map(({ label }) => `interface_${label}`);
}

export function serverResource(server: DeclaredServer): HeatResource {
  return {
    name: `server_${server.label}`,
    type: 'OS::Nova::Server',
    properties: {
      name: server.name,
      image: { get_param: 'image' },
      flavor: { get_param: 'flavor' },
      networks:
        server.ports.length === 0
          ? [{ allocate_network: 'none' }]
          : server.ports.map(({ label }) => ({ port: reference(`port_${label}`) })),
    },
    remarks: server.remarks,
  };
}
