/** Errors about routers and floating IPs (neutron_lib/exceptions/l3.py, extraroute.py, l3_ext_ha_mode.py). */
import type { ErrorTable } from './table.js';

export const L3_ERRORS = {
  RouterNotFound: [404, 'Router {router_id} could not be found', 'Name a router of this lab.'],
  FloatingIPNotFound: [404, 'Floating IP {floatingip_id} could not be found', 'Name a floating IP of this lab.'],
  RouterInUse: [409, 'Router {router_id} has ports still attached: {ports}', 'Remove its interfaces first.'],
  RouterInterfaceNotFound: [
    404,
    'Router {router_id} does not have an interface with id {port_id}',
    'Name a port of this router.',
  ],
  RouterInterfaceNotFoundForSubnet: [
    404,
    'Router {router_id} has no interface on subnet {subnet_id}',
    'Name a subnet that the router has an interface on.',
  ],
  SubnetMismatchForPort: [
    400,
    'Subnet on port {port_id} does not match the requested subnet {subnet_id}.',
    'Give the port or the subnet alone.',
  ],
  RouterInterfaceInUseByFloatingIP: [
    409,
    'Router interface for subnet {subnet_id} on router {router_id} cannot be deleted, as it is required by one or more floating IPs.',
    'Take the floating IPs of the subnet off their ports first.',
  ],
  RouterInterfaceInUseByRoute: [
    409,
    'Router interface for subnet {subnet_id} on router {router_id} cannot be deleted, as it is required by one or more routes.',
    'Remove the routes whose nexthop lies in the subnet first.',
  ],
  RouterExternalGatewayInUseByFloatingIp: [
    409,
    'Gateway cannot be updated for router {router_id}, since a gateway to external network {net_id} is required by one or more floating IPs.',
    'Take the floating IPs off their ports first.',
  ],
  InvalidRoutes: [
    400,
    'Invalid format for routes: {routes}, {reason}',
    'Take the address of another host in a subnet that the router has an interface on.',
  ],
  RoutesExhausted: [
    400,
    'Unable to complete operation for {router_id}. The number of routes exceeds the maximum {quota}.',
    'Put routes together to larger CIDRs.',
  ],
  ExternalGatewayForFloatingIPNotFound: [
    404,
    'External network {external_network_id} is not reachable from subnet {subnet_id}.  Therefore, cannot associate Port {port_id} with a Floating IP.',
    'Give a router a gateway on the external network and an interface on the subnet.',
  ],
  FloatingIPPortAlreadyAssociated: [
    409,
    'Cannot associate floating IP {floating_ip_address} ({fip_id}) with port {port_id} using fixed IP {fixed_ip}, as that fixed IP already has a floating IP on external network {net_id}.',
    'Take the other floating IP off the port first.',
  ],
  ExternalIpAddressExhausted: [
    400,
    'Unable to find any IP address on external network {net_id}.',
    'Give the external network an IPv4 subnet.',
  ],
  NoVRIDAvailable: [
    409,
    'No more Virtual Router Identifier (VRID) available when creating router {router_id}. The limit of number of HA Routers per tenant is 254.',
    'Make the router a legacy one, or put it into another lab.',
  ],
} as const satisfies ErrorTable;
