/** Nodes, instances, ports and security groups. */
import type { AttributeWords } from '../documented.js';
import { ADMIN_STATE, ID, MADE_PORT, NAME, PROJECT, SECURITY_GROUPS } from './common.js';

export const NODE = {
  agents: {
    meaning:
      "Neutron's agents on this host, as in `openstack network agent list`: `l3` hosts routers, `dhcp` serves addresses; without any it is a compute node.",
    default: '`[]`: a compute node',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const INSTANCE = {
  id: { ...ID, meaning: 'The `device_id` of its ports: a UUID in a cloud, any word here.' },
  node: {
    meaning: 'The compute node where it runs.',
    default: 'scheduled, nodes without agents first',
    api: '`OS-EXT-SRV-ATTR:host` (Nova)',
  },
  networks: {
    meaning: 'What it is plugged into: networks by name, `{ network, fixed_ip }`, or `{ port }`. The first is `eth0`.',
    default: 'none',
    api: '`networks` of `POST /servers` (Nova)',
  },
  security_groups: SECURITY_GROUPS,
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const PLUG = {
  network: { meaning: 'The network.', api: '`uuid`' },
  fixed_ip: { meaning: 'The address on it.', default: 'the next free one' },
  port: { meaning: 'A port of `ports`, in the place of a network.' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const PORT = {
  id: MADE_PORT.id,
  name: NAME,
  project_id: PROJECT,
  created_at: MADE_PORT.created_at,
  network: { meaning: 'The network that the port is on.', api: '`network_id`' },
  admin_state_up: ADMIN_STATE,
  fixed_ips: {
    meaning: 'Its addresses: `[{ subnet, ip_address }]`, either or both.',
    default: 'one of each IP version',
  },
  mac_address: MADE_PORT.mac_address,
  device_owner: { meaning: 'What uses the port.', default: 'that of its user' },
  security_groups: SECURITY_GROUPS,
  port_security_enabled: {
    meaning: 'Whether the port is filtered and kept from using addresses that are not its own.',
    default: '`true` with `security_groups`, else `false`',
  },
  allowed_address_pairs: {
    meaning: 'More addresses that may be used behind the port, as for a VIP of keepalived in instances.',
    default: 'none',
  },
  extra_dhcp_opts: { meaning: 'More options that DHCP hands out: `[{ opt_name, opt_value }]`.', default: 'none' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const ADDRESS_PAIR = {
  ip_address: { meaning: 'An address or a CIDR.' },
  mac_address: { meaning: 'The MAC address that may use it.', default: 'that of the port' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const DHCP_OPTION = {
  opt_name: { meaning: "The option's name as dnsmasq has it, or its number: `tftp-server`, `150`." },
  opt_value: { meaning: 'Its value.' },
  ip_version: { meaning: '`4` or `6`.', default: '`4`' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const SECURITY_GROUP = {
  id: ID,
  name: NAME,
  project_id: PROJECT,
  stateful: { meaning: 'Whether answers to what was allowed pass by themselves (conntrack).', default: '`true`' },
  default_rules: {
    meaning: 'Whether "everything out" is added where no rule is about egress, as Neutron does for a new group.',
    default: '`true`',
  },
  rules: {
    meaning: 'What may pass; everything else is dropped.',
    default: 'none',
    api: '`POST /v2.0/security-group-rules`',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const RULE = {
  id: ID,
  direction: { meaning: '`ingress`: to the port. `egress`: from it.' },
  ethertype: { meaning: '`IPv4` or `IPv6`.', default: '`IPv4`' },
  protocol: { meaning: 'The name or number of an IP protocol: `tcp`, `udp`, `icmp`, `112` (VRRP), …', default: 'any' },
  port_range_min: { meaning: 'The first port; of ICMP the type.', default: 'any' },
  port_range_max: { meaning: 'The last port; of ICMP the code.', default: 'any' },
  remote_ip_prefix: { meaning: 'The addresses at the other end: an address or a CIDR.', default: 'any' },
  remote_group: {
    meaning: 'The ports at the other end: those of a security group.',
    default: 'any',
    api: '`remote_group_id`',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;
