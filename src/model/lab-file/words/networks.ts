/** Networks and subnets. */
import type { AttributeWords } from '../documented.js';
import { ADMIN_STATE, ID, MADE_PORT, MTU, NAME, PROJECT, VNI } from './common.js';

export const NETWORK = {
  id: ID,
  name: NAME,
  project_id: PROJECT,
  admin_state_up: ADMIN_STATE,
  mtu: MTU,
  'router:external': {
    meaning: 'A network that routers take as their gateway, and that floating IPs come from. The outside of the cloud.',
    default: '`false`',
  },
  port_security_enabled: {
    meaning: 'Whether its ports that have security groups are filtered, and kept from using foreign addresses.',
    default: '`true`',
  },
  'provider:network_type': {
    meaning: 'How frames travel between nodes: each network is a VXLAN over the underlay.',
    default: '`vxlan`, the only one',
  },
  'provider:segmentation_id': VNI,
  dhcp_agents: {
    meaning: 'The nodes whose DHCP agent serves the network, each with a dnsmasq in a namespace `qdhcp-…`.',
    default: 'scheduled, the least loaded first',
    api: '`POST /v2.0/agents/{agent_id}/dhcp-networks`',
  },
  dhcp_ports: {
    meaning: 'DHCP ports whose ids and addresses matter; the others are made.',
    default: 'made, with the lowest free addresses',
    api: 'ports with the device_owner `network:dhcp`',
  },
  subnets: {
    meaning: 'The address ranges of the network, by name, or as a list with `name` (which may be absent).',
    api: '`POST /v2.0/subnets` with `network_id`',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const SUBNET = {
  id: ID,
  name: { ...NAME, meaning: 'The name, where subnets are written as a list or the key is not the name.' },
  project_id: { ...PROJECT, default: 'that of the network' },
  cidr: {
    meaning: 'The address range, as `192.168.10.0/24` or `fd00:a::/64`. Ranges of one network must not overlap.',
  },
  ip_version: { meaning: '`4` or `6`.', default: 'that of `cidr`' },
  gateway_ip: {
    meaning: 'The address that hosts send to what is not in the subnet: that of the router. `null`: no gateway.',
    default: 'the first host of the CIDR (in IPv6 the prefix itself)',
  },
  enable_dhcp: { meaning: 'Whether a DHCP agent (dnsmasq) hands out its addresses.', default: '`true`' },
  allocation_pools: {
    meaning: 'The addresses that Neutron may give to ports: `[{ start, end }]`.',
    default: 'the CIDR without its edges and its gateway',
  },
  dns_nameservers: {
    meaning: 'Name servers that DHCP announces, at most 5. `0.0.0.0` alone: announce none.',
    default: 'the DHCP server itself answers',
  },
  host_routes: {
    meaning: 'Routes that DHCP hands out to hosts: `[{ destination, nexthop }]`, at most 20.',
    default: 'none',
  },
  ipv6_ra_mode: {
    meaning: 'What radvd in the router announces: how hosts come to their IPv6 addresses.',
    default: '`null`: no announcement of ours',
  },
  ipv6_address_mode: {
    meaning: 'How Neutron assigns IPv6 addresses: `slaac` (from prefix and MAC) or by DHCPv6.',
    default: '`null`',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const POOL = {
  start: { meaning: 'The first address that may be given to a port.' },
  end: { meaning: 'The last address that may be given to a port.' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const DHCP_PORT = {
  node: { meaning: 'The node whose DHCP agent the port belongs to.', api: '`binding:host_id`' },
  ...MADE_PORT,
  fixed_ips: { meaning: 'Its addresses: `[{ subnet, ip_address }]`.', default: 'the lowest free ones' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const HA_NETWORK = {
  id: ID,
  subnet_id: { ...ID, meaning: 'The UUID of its subnet.' },
  cidr: {
    meaning: "The link-local range that the HA ports have addresses of (Neutron's option `l3_ha_net_cidr`).",
    default: '`169.254.192.0/18`',
  },
  mtu: MTU,
  'provider:segmentation_id': VNI,
  dhcp_agents: { meaning: 'Nodes whose DHCP agent knows of the network; nothing is served on it.', default: 'none' },
} as const satisfies Readonly<Record<string, AttributeWords>>;
