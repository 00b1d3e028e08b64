/** Errors about networks, subnets, ports and addresses (neutron_lib/exceptions/__init__.py, neutron/ipam/exceptions.py). */
import type { ErrorTable } from './table.js';

const LEAVE_OUT = 'Take another one, or leave it out and a free one is chosen.';

export const CORE_ERRORS = {
  BadRequest: [400, 'Bad {resource} request: {msg}.', 'Correct the request.'],
  InvalidInput: [400, 'Invalid input for operation: {error_message}.', 'Correct the value.'],
  /** The API's own refusal of an attribute (neutron_lib/api/attributes.py). */
  HTTPBadRequest: [400, '{reason}', 'Correct the attribute.'],
  OverQuota: [409, 'Quota exceeded for resources: {overs}.', 'Delete what is not needed, or raise the quota.'],

  NetworkNotFound: [404, 'Network {net_id} could not be found.', 'Name a network of this lab.'],
  SubnetNotFound: [404, 'Subnet {subnet_id} could not be found.', 'Name a subnet of this lab.'],
  PortNotFound: [404, 'Port {port_id} could not be found.', 'Name a port of this lab.'],

  NetworkInUse: [
    409,
    'Unable to complete operation on network {net_id}. There are one or more ports still in use on the network, id for these ports is: {ports}.',
    'Delete the ports first, those of routers with their interfaces and gateways.',
  ],
  ExternalNetworkInUse: [
    409,
    'External network {net_id} cannot be updated to be made non-external, since it has existing gateway ports.',
    'Clear the gateways of its routers and delete its floating IPs first.',
  ],
  TunnelIdInUse: [
    409,
    'Unable to create the network. The tunnel ID {tunnel_id} is in use.',
    'Leave `provider:segmentation_id` out, or give another one.',
  ],
  FlatNetworkInUse: [
    409,
    'Unable to create the flat network. Physical network {physical_network} is in use.',
    'A physical network carries one flat network: add a subnet to that one.',
  ],
  NetworkMTUSubnetConflict: [
    409,
    'MTU of {net_id} is not valid, subnet requires a minimum of {mtu}',
    'IPv6 needs at least 1280 bytes (RFC 8200, section 5).',
  ],
  SubnetInUse: [
    409,
    'Unable to complete operation on subnet {subnet_id}: One or more ports have an IP allocation from this subnet.',
    'Delete the ports, or take their addresses of this subnet away.',
  ],
  GatewayIpInUse: [
    409,
    'Current gateway ip {ip_address} already in use by port {port_id}. Unable to update.',
    "Remove the router's interface on the subnet first.",
  ],
  GatewayConflictWithAllocationPools: [
    409,
    'Gateway ip {ip_address} conflicts with allocation pool {pool}.',
    'Leave the gateway out of the pool.',
  ],
  InvalidAllocationPool: [400, 'The allocation pool {pool} is not valid.', 'Exchange `start` and `end`.'],
  OutOfBoundsAllocationPool: [
    400,
    'The allocation pool {pool} spans beyond the subnet cidr {subnet_cidr}.',
    'Take addresses of the CIDR, not its first one nor, in IPv4, its last one.',
  ],
  InvalidCIDR: [400, 'Invalid CIDR {input} given as IP prefix.', 'Write it as 192.168.10.0/24 or fd00:a::/64.'],
  OverlappingAllocationPools: [
    409,
    'Found overlapping allocation pools: {pool_1} {pool_2} for subnet {subnet_cidr}.',
    'Let one end before the other starts.',
  ],
  DNSNameServersExhausted: [
    400,
    'Unable to complete operation for {subnet_id}. The number of DNS nameservers exceeds the limit {quota}.',
    'Keep the nearest ones.',
  ],
  HostRoutesExhausted: [
    400,
    'Unable to complete operation for {subnet_id}. The number of host routes exceeds the limit {quota}.',
    'Put routes together to larger CIDRs.',
  ],

  SubnetPoolNotFound: [
    404,
    'Subnet pool {subnetpool_id} could not be found.',
    'A lab has no subnet pools: give the subnet a CIDR.',
  ],
  IPAddressChangeNotAllowed: [
    400,
    'IP updates for port {port_id} are not allowed',
    'Remove the interface from the router, and add it with the other address.',
  ],
  /** The server formats Python's own function `id` where the id of the port should be. */
  UnsupportedPortDeviceOwner: [
    409,
    'Operation mac address update is not supported for device_owner {device_owner} on port <built-in function id>.',
    'Ports of routers and DHCP servers keep their MACs.',
  ],
  PortInUse: [
    409,
    'Unable to complete operation on port {port_id} for network {net_id}. Port already has an attached device {device_id}.',
    'Make a second port.',
  ],
  PortBound: [
    409,
    'Unable to complete operation on port {port_id}, port is already bound, port type: {vif_type}, old_mac {old_mac}, new_mac {new_mac}.',
    'Detach the port from its host first.',
  ],
  ServicePortInUse: [
    409,
    'Port {port_id} cannot be deleted directly via the port API: {reason}.',
    'Remove the interface or the gateway of the router, or delete the floating IP.',
  ],
  MacAddressInUse: [
    409,
    'Unable to complete operation for network {net_id}. The mac address {mac} is in use.',
    'Leave `mac_address` out, or give another one.',
  ],
  InvalidIpForNetwork: [
    400,
    'IP address {ip_address} is not a valid IP for any of the subnets on the specified network.',
    "Take an address of one of the network's subnets.",
  ],
  InvalidIpForSubnet: [400, 'IP address {ip_address} is not a valid IP for the specified subnet.', LEAVE_OUT],
  IpAddressAlreadyAllocated: [409, 'IP address {ip} already allocated in subnet {subnet_id}', LEAVE_OUT],
  IpAddressGenerationFailure: [
    409,
    'No more IP addresses available on network {net_id}.',
    'Take a larger CIDR or larger allocation pools.',
  ],
  AllocationOnAutoAddressSubnet: [
    400,
    'IPv6 address {ip} cannot be directly assigned to a port on subnet {subnet_id} as the subnet is configured for automatic addresses',
    'Leave the address out: hosts make it from their MAC.',
  ],
} as const satisfies ErrorTable;
