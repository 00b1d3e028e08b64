/** What the recordings do not show: refusals that follow from Neutron's own code, in its words. */
import assert from 'node:assert/strict';
import { NeutronError } from '../../../../src/model/errors.js';
import type { Lab } from '../../../../src/model/resources.js';
import { ask, askedLab } from '../../../support/api-requests.js';

const NET_A = '7ee7f8be-4e01-406d-a395-98189deea2a2';
const NET_B = 'efd9b199-8767-4728-bca3-2c3c943b8471';
const NET_L2 = 'e3adc200-0f9b-4164-9743-f9312df0aaa9';
const EXT = '1a29c6eb-7b9a-4ea8-8aa6-2850b4fb4a52';
const A_V4 = '92a23f52-af83-448c-b31b-f65b2cc9d068';
const A_V6 = '9faf79ea-d7fa-4271-8a46-5d757b6e3a3b';
const B_V4 = 'c24318fa-3e49-47c9-9879-7e6e94ebf7f1';
const HA = '89b87758-9a15-41e7-8090-1b27cfbcc099';
const LEGACY = 'b07bb92a-4fa3-4b04-b48c-10efc79eefa7';
const VM_A1 = '5a1fce4e-6738-4e4c-868c-43445ec4fcbc';
const VM_B2 = 'c24d277f-7c21-4e70-88fa-82d960d8a248';
const VM_M1 = '16c0fb1d-faa9-40cb-9fa7-01bc34277c7e';
const WEB = '8c04c52c-2608-41f8-bda1-c1e0777cfec4';
const FIP = '276341e3-113b-419c-a0ac-928b43c6f1c3';
const NONE = '00000000-0000-0000-0000-000000000000';

type Request = readonly [method: string, path: string, body: object | null];
type Refusal = readonly [status: number, type: string, message: string | RegExp];

const subnet = (values: object): Request => [
  'POST',
  'subnets',
  { subnet: { network_id: NET_B, ip_version: 4, cidr: '10.1.0.0/24', ...values } },
];
const port = (values: object): Request => ['POST', 'ports', { port: { network_id: NET_A, ...values } }];
const rule = (values: object): Request => [
  'POST',
  'security-group-rules',
  { security_group_rule: { security_group_id: WEB, direction: 'ingress', ethertype: 'IPv4', ...values } },
];
const input = (text: string): string => `Invalid input for operation: ${text}.`;

const refusals: Readonly<Record<string, readonly [Request, Refusal]>> = {
  'a router that is not there': [
    ['GET', `routers/${NONE}`, null],
    [404, 'RouterNotFound', `Router ${NONE} could not be found`],
  ],
  'a deleted port that is not there': [
    ['DELETE', `ports/${NONE}`, null],
    [404, 'PortNotFound', `Port ${NONE} could not be found.`],
  ],
  'a subnet on a network that is not there': [
    subnet({ network_id: NONE }),
    [404, 'NetworkNotFound', `Network ${NONE} could not be found.`],
  ],
  'a missing attribute': [
    ['POST', 'ports', { port: {} }],
    [400, 'HTTPBadRequest', "Failed to parse request. Required attribute 'network_id' not specified"],
  ],
  'an id that is changed': [
    ['PUT', `networks/${NET_A}`, { network: { id: NONE } }],
    [400, 'HTTPBadRequest', 'Cannot update read-only attribute id'],
  ],
  'the network of a port': [
    ['PUT', `ports/${VM_A1}`, { port: { network_id: NET_B } }],
    [400, 'HTTPBadRequest', 'Cannot update read-only attribute network_id'],
  ],
  'a VNI out of range': [
    ['POST', 'networks', { network: { 'provider:network_type': 'vxlan', 'provider:segmentation_id': 16777216 } }],
    [400, 'InvalidInput', /out of range/],
  ],
  'an MTU too small for IPv6': [
    ['PUT', `networks/${NET_A}`, { network: { mtu: 1000 } }],
    [409, 'NetworkMTUSubnetConflict', `MTU of ${NET_A} is not valid, subnet requires a minimum of 1280`],
  ],
  'pools that overlap': [
    subnet({
      allocation_pools: [
        { start: '10.1.0.2', end: '10.1.0.9' },
        { start: '10.1.0.5', end: '10.1.0.20' },
      ],
    }),
    [
      409,
      'OverlappingAllocationPools',
      'Found overlapping allocation pools: 10.1.0.2-10.1.0.9 10.1.0.5-10.1.0.20 for subnet 10.1.0.0/24.',
    ],
  ],
  'a pool with the broadcast address': [
    subnet({ allocation_pools: [{ start: '10.1.0.2', end: '10.1.0.255' }] }),
    [
      400,
      'OutOfBoundsAllocationPool',
      'The allocation pool 10.1.0.2-10.1.0.255 spans beyond the subnet cidr 10.1.0.0/24.',
    ],
  ],
  'the broadcast address as gateway': [
    subnet({ gateway_ip: '10.1.0.255' }),
    [400, 'InvalidInput', input('Gateway is not valid on subnet')],
  ],
  'a gateway of the other IP version': [
    subnet({ gateway_ip: 'fd00::1' }),
    [400, 'InvalidInput', input("gateway_ip 'fd00::1' does not match the ip_version '4'")],
  ],
  'a CIDR of the other IP version': [
    subnet({ ip_version: 6 }),
    [400, 'InvalidInput', input("cidr '10.1.0.0/24' does not match the ip_version '6'")],
  ],
  'a multicast CIDR': [
    subnet({ cidr: '224.1.0.0/24' }),
    [400, 'InvalidInput', input('Multicast IP subnet is not supported if enable_dhcp is True')],
  ],
  'a prefix of no length': [
    subnet({ cidr: '0.0.0.0/0', enable_dhcp: false }),
    [400, 'InvalidInput', input('0 is not allowed as CIDR prefix length')],
  ],
  'a host route twice': [
    subnet({
      host_routes: [
        { destination: '10.9.0.0/16', nexthop: '10.1.0.9' },
        { destination: '10.9.0.0/16', nexthop: '10.1.0.9' },
      ],
    }),
    [
      400,
      'HTTPBadRequest',
      "Invalid input for host_routes. Reason: Duplicate hostroute '{'destination': '10.9.0.0/16', 'nexthop': '10.1.0.9'}'.",
    ],
  ],
  'too many name servers': [
    subnet({ dns_nameservers: [1, 2, 3, 4, 5, 6].map((last) => `10.1.0.${last}`) }),
    [
      400,
      'DNSNameServersExhausted',
      'Unable to complete operation for new subnet. The number of DNS nameservers exceeds the limit 5.',
    ],
  ],
  'an IPv6 mode of an IPv4 subnet': [
    subnet({ ipv6_ra_mode: 'slaac' }),
    [400, 'InvalidInput', input('ipv6_ra_mode is not valid when ip_version is 4')],
  ],
  'SLAAC without DHCP': [
    subnet({
      ip_version: 6,
      cidr: 'fd00:9::/64',
      enable_dhcp: false,
      ipv6_ra_mode: 'slaac',
      ipv6_address_mode: 'slaac',
    }),
    [400, 'InvalidInput', input('ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False')],
  ],
  'DHCP off where modes are set': [
    ['PUT', `subnets/${A_V6}`, { subnet: { enable_dhcp: false } }],
    [400, 'InvalidInput', input('Cannot disable enable_dhcp with ipv6 attributes set')],
  ],
  'the network address of a subnet': [
    port({ fixed_ips: [{ subnet_id: A_V4, ip_address: '192.168.10.0' }] }),
    [400, 'InvalidIpForSubnet', 'IP address 192.168.10.0 is not a valid IP for the specified subnet.'],
  ],
  'an address of no subnet': [
    port({ fixed_ips: [{ ip_address: '10.0.0.9' }] }),
    [
      400,
      'InvalidIpForNetwork',
      'IP address 10.0.0.9 is not a valid IP for any of the subnets on the specified network.',
    ],
  ],
  'a SLAAC address by hand': [
    port({ fixed_ips: [{ subnet_id: A_V6, ip_address: 'fd00:a::5' }] }),
    [
      400,
      'AllocationOnAutoAddressSubnet',
      `IPv6 address fd00:a::5 cannot be directly assigned to a port on subnet ${A_V6} as the subnet is configured for automatic addresses`,
    ],
  ],
  'a security group that is not there': [
    port({ security_groups: [NONE] }),
    [404, 'SecurityGroupNotFound', `Security group ${NONE} does not exist`],
  ],
  'security groups without port security': [
    port({ security_groups: [WEB], port_security_enabled: false }),
    [
      400,
      'PortSecurityAndIPRequiredForSecurityGroups',
      'Port security must be enabled and port must have an IP address in order to use security groups.',
    ],
  ],
  'address pairs without port security': [
    port({ port_security_enabled: false, allowed_address_pairs: [{ ip_address: '10.0.0.1' }] }),
    [
      409,
      'AddressPairAndPortSecurityRequired',
      'Port Security must be enabled in order to have allowed address pairs on a port.',
    ],
  ],
  'the MAC of a port that is plugged': [
    ['PUT', `ports/${VM_A1}`, { port: { mac_address: 'fa:16:3e:00:00:01' } }],
    [
      409,
      'PortBound',
      /port is already bound, port type: bridge, old_mac fa:16:3e:a8:e1:e1, new_mac fa:16:3e:00:00:01\.$/,
    ],
  ],
  'the gateway port of a router': [
    ['DELETE', 'ports/ca64d905-f9b9-42ec-982a-8fca3922880c', null],
    [409, 'ServicePortInUse', /has device owner network:router_gateway\.$/],
  ],
  'a router with interfaces': [
    ['DELETE', `routers/${LEGACY}`, null],
    [
      409,
      'RouterInUse',
      `Router ${LEGACY} has ports still attached: 30bf083a-eade-433a-a4dd-b6d247979ab9, 38dc039d-33c6-48a4-9f70-572f6be77502, e3ae3935-d762-494d-9531-56430c84353f`,
    ],
  ],
  'both a subnet and a port': [
    ['PUT', `routers/${HA}/add_router_interface`, { subnet_id: A_V4, port_id: VM_A1 }],
    [400, 'BadRequest', 'Bad router request: Cannot specify both subnet-id and port-id.'],
  ],
  'an interface on a port that is not there': [
    ['PUT', `routers/${HA}/add_router_interface`, { port_id: NONE }],
    [404, 'PortNotFound', `Port ${NONE} could not be found.`],
  ],
  'the port of another device': [
    ['PUT', `routers/${HA}/remove_router_interface`, { port_id: VM_A1 }],
    [404, 'RouterInterfaceNotFound', `Router ${HA} does not have an interface with id ${VM_A1}`],
  ],
  'an interface that a route needs': [
    ['PUT', `routers/${LEGACY}/remove_router_interface`, { subnet_id: '9b8700c5-99d4-4091-b68f-f72b63fd9593' }],
    [409, 'RouterInterfaceInUseByFloatingIP', /required by one or more floating IPs\.$/],
  ],
  'a gateway that is not external': [
    ['PUT', `routers/${HA}`, { router: { external_gateway_info: { network_id: NET_L2 } } }],
    [400, 'BadRequest', `Bad router request: Network ${NET_L2} is not an external network.`],
  ],
  "the external network's own gateway": [
    [
      'PUT',
      `routers/${HA}`,
      { router: { external_gateway_info: { network_id: EXT, external_fixed_ips: [{ ip_address: '203.0.113.1' }] } } },
    ],
    [400, 'BadRequest', 'Bad router request: External IP 203.0.113.1 is the same as the gateway IP.'],
  ],
  'a nexthop that is the router': [
    ['PUT', `routers/${HA}`, { router: { routes: [{ destination: '10.5.0.0/16', nexthop: '192.168.10.1' }] } }],
    [
      400,
      'InvalidRoutes',
      "Invalid format for routes: [{'destination': '10.5.0.0/16', 'nexthop': '192.168.10.1'}], the nexthop is used by router",
    ],
  ],
  'a floating IP for a port that is not there': [
    ['POST', 'floatingips', { floatingip: { floating_network_id: EXT, port_id: NONE } }],
    [404, 'PortNotFound', `Port ${NONE} could not be found.`],
  ],
  'a floating IP for a port that no router of the network serves': [
    [
      'POST',
      'floatingips',
      { floatingip: { floating_network_id: EXT, port_id: 'd0116d17-00fd-4915-893e-684689987099' } },
    ],
    [
      404,
      'ExternalGatewayForFloatingIPNotFound',
      /^External network 1a29c6eb-.* is not reachable from subnet f2025dcd-.*\. {2}Therefore, cannot associate Port d0116d17-.* with a Floating IP\.$/,
    ],
  ],
  'a fixed address that the port has not': [
    ['PUT', `floatingips/${FIP}`, { floatingip: { port_id: VM_B2, fixed_ip_address: '192.168.20.9' } }],
    [400, 'BadRequest', `Bad floatingip request: Port ${VM_B2} does not have fixed ip 192.168.20.9.`],
  ],
  'a fixed address without a port': [
    ['POST', 'floatingips', { floatingip: { floating_network_id: EXT, fixed_ip_address: '192.168.20.50' } }],
    [400, 'BadRequest', 'Bad floatingip request: fixed_ip_address cannot be specified without a port_id.'],
  ],
  'a range of ports upside down': [
    rule({ protocol: 'tcp', port_range_min: 90, port_range_max: 80 }),
    [400, 'SecurityGroupInvalidPortRange', 'For TCP/UDP protocols, port_range_min must be <= port_range_max'],
  ],
  'an ICMP code without a type': [
    rule({ protocol: 'icmp', port_range_max: 1 }),
    [
      400,
      'SecurityGroupMissingIcmpType',
      'ICMP code (port-range-max) 1 is provided but ICMP type (port-range-min) is missing.',
    ],
  ],
  'ports of a protocol that has none': [
    rule({ protocol: 'vrrp', port_range_min: 1, port_range_max: 2 }),
    [
      400,
      'SecurityGroupInvalidProtocolForPort',
      'Ports cannot be specified for protocol 112. Ports are only supported for DCCP, SCTP, TCP, UDP, UDPLITE.',
    ],
  ],
  'a protocol of IPv6 in IPv4': [
    rule({ protocol: 'ipv6-icmp' }),
    [400, 'SecurityGroupEthertypeConflictWithProtocol', 'Invalid ethertype IPv4 for protocol ipv6-icmp.'],
  ],
  'a remote group and a remote prefix': [
    rule({ remote_ip_prefix: '10.0.0.0/8', remote_group_id: WEB }),
    [400, 'SecurityGroupMultipleRemoteEntites', /^Only one of/],
  ],
  'a rule of a group that is not there': [
    rule({ security_group_id: NONE }),
    [404, 'SecurityGroupNotFound', `Security group ${NONE} does not exist`],
  ],
  'a rule that is there with a number for its protocol': [
    rule({ protocol: 6, port_range_min: 22, port_range_max: 22, remote_ip_prefix: '0.0.0.0/0' }),
    [
      409,
      'SecurityGroupRuleExists',
      'Security group rule already exists. Rule id is 9d8e3cda-4ea1-4cae-adea-17eb6b75e374.',
    ],
  ],
};

function refused(lab: Lab, [method, path, body]: Request): NeutronError {
  try {
    ask(lab, method, `/v2.0/${path}`, body);
  } catch (error) {
    assert.ok(error instanceof NeutronError, String(error));
    return error;
  }
  assert.fail('it was taken');
}

const network = (values: object): Request => ['POST', 'networks', { network: values }];
const pairs = (list: unknown): Request => port({ allowed_address_pairs: list });
const DHCP_A = askedLab().ports.find((one) => one.network_id === NET_A && one.device_owner === 'network:dhcp');
const HA_GREEN = 'e9a66661-2f39-46ab-b367-da37a42bd477';

/** Read in the source of 21.0.0 as Debian 12 has it, since nothing recorded shows them. */
const fromSource: Readonly<Record<string, readonly [Request, Refusal]>> = {
  'a type of network that no driver knows': [
    network({ 'provider:network_type': 'foo' }),
    [400, 'InvalidInput', input("network_type value 'foo' not supported")],
  ],
  'a VNI without its type': [
    network({ 'provider:segmentation_id': 77 }),
    [400, 'InvalidInput', input('network_type required')],
  ],
  'a flat network without a physical one': [
    network({ 'provider:network_type': 'flat' }),
    [400, 'InvalidInput', input('physical_network required for flat provider network')],
  ],
  'a flat network with a VNI': [
    network({ 'provider:network_type': 'flat', 'provider:physical_network': 'p', 'provider:segmentation_id': 5 }),
    [400, 'InvalidInput', input('segmentation_id prohibited for flat provider network')],
  ],
  'a VXLAN on a physical network': [
    network({ 'provider:network_type': 'vxlan', 'provider:physical_network': 'p' }),
    [400, 'InvalidInput', input('provider:physical_network specified for vxlan network')],
  ],
  'an MTU below zero': [
    network({ mtu: -1 }),
    [400, 'HTTPBadRequest', "Invalid input for mtu. Reason: '-1' should be non-negative."],
  ],
  'another type of a network': [
    ['PUT', `networks/${NET_A}`, { network: { 'provider:network_type': 'flat' } }],
    [
      400,
      'InvalidInput',
      input(
        'Plugin does not support updating the following provider network attributes: provider:network_type, provider:physical_network',
      ),
    ],
  ],
  'another VNI of a network that is in use': [
    ['PUT', `networks/${NET_A}`, { network: { 'provider:segmentation_id': 5 } }],
    [
      400,
      'InvalidInput',
      input(
        'Provider network attribute provider:segmentation_id cannot be updated if any port in the network has not the following binding:vif_type: unbound, binding_failed',
      ),
    ],
  ],
  'a CIDR without its length': [
    subnet({ cidr: '10.0.0.0' }),
    [
      400,
      'HTTPBadRequest',
      "Invalid input for cidr. Reason: '10.0.0.0' isn't a recognized IP subnet cidr, '10.0.0.0/32' is recommended.",
    ],
  ],
  'a subnet of a pool': [
    subnet({ cidr: null, subnetpool_id: NONE }),
    [404, 'SubnetPoolNotFound', `Subnet pool ${NONE} could not be found.`],
  ],
  'a route whose destination is a host in a range': [
    subnet({ host_routes: [{ destination: '10.9.0.1/16', nexthop: '10.1.0.2' }] }),
    [
      400,
      'HTTPBadRequest',
      "Invalid input for host_routes. Reason: '10.9.0.1/16' is not a recognized CIDR, '10.9.0.0/16' is recommended.",
    ],
  ],
  'a route to the loopback': [
    subnet({ host_routes: [{ destination: '127.0.0.0/8', nexthop: '10.1.0.2' }] }),
    [400, 'HTTPBadRequest', "Invalid input for host_routes. Reason: '127.0.0.0/8' is not a routable CIDR."],
  ],
  'pairs that are no list': [pairs('x'), [400, 'HTTPBadRequest', 'Allowed address pairs must be a list.']],
  'a pair without an address': [
    pairs([{ mac_address: 'fa:16:3e:00:00:01' }]),
    [400, 'AllowedAddressPairsMissingIP', 'AllowedAddressPair must contain ip_address'],
  ],
  'a pair that is given twice': [
    pairs([{ ip_address: '10.0.0.1' }, { ip_address: '10.0.0.1' }]),
    [
      400,
      'DuplicateAddressPairInRequest',
      'Request contains duplicate address pair: mac_address None ip_address 10.0.0.1.',
    ],
  ],
  'more pairs than ten': [
    pairs(Array.from({ length: 11 }, (_, index) => ({ ip_address: `10.0.0.${String(index)}` }))),
    [400, 'AllowedAddressPairExhausted', 'The number of allowed address pair exceeds the maximum 10.'],
  ],
  'a pair with something else in it': [
    pairs([{ ip_address: '10.0.0.1', vlan: 1 }]),
    [400, 'HTTPBadRequest', "Unrecognized attribute(s) 'vlan'"],
  ],
  'a pair whose address is none': [
    pairs([{ ip_address: 'x' }]),
    [400, 'HTTPBadRequest', "'x' is not a valid IP address"],
  ],
  'another address of an interface': [
    ['PUT', `ports/${HA_GREEN}`, { port: { fixed_ips: [{ subnet_id: A_V4, ip_address: '192.168.10.9' }] } }],
    [400, 'IPAddressChangeNotAllowed', `IP updates for port ${HA_GREEN} are not allowed`],
  ],
  'another MAC of an interface': [
    ['PUT', `ports/${HA_GREEN}`, { port: { mac_address: 'fa:16:3e:00:11:22' } }],
    [
      409,
      'UnsupportedPortDeviceOwner',
      /^Operation mac address update is not supported for device_owner network:ha_router/,
    ],
  ],
  'a floating IP of a DHCP server': [
    ['POST', 'floatingips', { floatingip: { floating_network_id: EXT, port_id: DHCP_A?.id } }],
    [400, 'BadRequest', 'Bad floatingip request: Port %(id)s is unable to be assigned a floating IP.'],
  ],
  'an IP version that is none': [
    rule({ ethertype: 'IPv5' }),
    [
      400,
      'SecurityGroupRuleInvalidEtherType',
      "Security group rule for ethertype 'IPv5' not supported. Allowed values are ['IPv4', 'IPv6'].",
    ],
  ],
  'a rule about an address group': [
    rule({ remote_address_group_id: NONE }),
    [404, 'AddressGroupNotFound', `Address group ${NONE} could not be found.`],
  ],
};

describe('an operation refuses as Neutron does', () => {
  for (const [what, [request, [status, type, message]]] of Object.entries({ ...refusals, ...fromSource })) {
    it(what, () => {
      const error = refused(askedLab(), request);
      assert.deepEqual([error.status, error.type], [status, type]);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
    });
  }

  it('an interface that only a route needs', () => {
    const lab = { ...askedLab(), floatingips: [] };
    const subnetId = '9b8700c5-99d4-4091-b68f-f72b63fd9593';
    const error = refused(lab, ['PUT', `routers/${LEGACY}/remove_router_interface`, { subnet_id: subnetId }]);
    assert.equal(error.type, 'RouterInterfaceInUseByRoute');
    assert.equal(
      error.message,
      `Router interface for subnet ${subnetId} on router ${LEGACY} cannot be deleted, as it is required by one or more routes.`,
    );
  });

  it('a port of a subnet that is full', () => {
    const lab = askedLab();
    const pool = [{ start: '192.168.20.50', end: '192.168.20.50' }];
    const full = {
      ...lab,
      subnets: lab.subnets.map((one) => (one.id === B_V4 ? { ...one, allocation_pools: pool } : one)),
    };
    const error = refused(full, ['POST', 'ports', { port: { network_id: NET_B } }]);
    assert.deepEqual([error.status, error.message], [409, `No more IP addresses available on network ${NET_B}.`]);
  });

  it('a floating IP of a port without an address', () => {
    const lab = askedLab();
    const bare = { ...lab, ports: lab.ports.map((one) => (one.id === VM_M1 ? { ...one, fixed_ips: [] } : one)) };
    const error = refused(bare, ['POST', 'floatingips', { floatingip: { floating_network_id: EXT, port_id: VM_M1 } }]);
    assert.equal(
      error.message,
      `Bad floatingip request: Cannot add floating IP to port ${VM_M1} that has no fixed IPv4 addresses.`,
    );
  });
});
