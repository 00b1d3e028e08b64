/** Routers and floating IPs. */
import type { AttributeWords } from '../documented.js';
import { ADMIN_STATE, FIXED_IP, ID, MADE_PORT, NAME, PROJECT } from './common.js';

export const ROUTER = {
  id: { ...ID, meaning: 'The UUID. The namespace of the router is `qrouter-` and this id.' },
  name: NAME,
  project_id: PROJECT,
  admin_state_up: {
    ...ADMIN_STATE,
    meaning: '`false` takes its namespaces, processes and files off every node.',
  },
  ha: {
    meaning:
      'Replicated on several nodes. keepalived decides by VRRP which one is MASTER and has the addresses; another takes over when it falls silent.',
    default: '`false`: a legacy router, on one node',
  },
  ha_vr_id: {
    meaning:
      'The VRID, 1 to 254: the number by which the replicas of one router know one another on the HA network. HA routers only.',
    default: 'one that is free in the project',
  },
  external_gateway_info: {
    meaning: 'The way out: an external network. What leaves is translated to the address of the gateway (SNAT).',
    default: 'none',
  },
  interfaces: {
    meaning: 'The subnets that the router is attached to, at their gateway address unless another one is given.',
    default: 'none',
    api: '`PUT /v2.0/routers/{router_id}/add_router_interface`',
  },
  routes: {
    meaning: 'Static routes of the router: `[{ destination, nexthop }]`, the next hop on one of its subnets.',
    default: 'none',
  },
  l3_agents: {
    meaning:
      'The nodes that host it: one for a legacy router, up to `max_l3_agents_per_router` for an HA router, in the order of `openstack network agent list --router`.',
    default: 'scheduled, the least loaded first',
    api: '`POST /v2.0/agents/{agent_id}/l3-routers`',
  },
  ha_ports: {
    meaning: 'HA ports whose ids and addresses matter; the others are made. HA routers only.',
    default: 'made, one on each node that hosts it',
    api: 'ports with the device_owner `network:router_ha_interface`',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const GATEWAY = {
  network: { meaning: 'The external network.', api: '`network_id`' },
  network_id: { meaning: "Neutron's own word for `network`." },
  enable_snat: {
    meaning: 'Whether what leaves has the address of the gateway as its source. Floating IPs do not need it.',
    default: '`true`',
  },
  external_fixed_ips: {
    meaning: 'Addresses of the gateway: `[{ subnet, ip_address }]`.',
    default: 'a free one of each IP version',
  },
  port: { meaning: 'The port of the gateway, where its id or MAC matters.', api: '`gw_port_id`' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const INTERFACE = {
  subnet: { meaning: 'The subnet to attach.', api: '`subnet_id`' },
  subnet_id: { meaning: "Neutron's own word for `subnet`." },
  port: { meaning: 'A port of `ports` in the place of a subnet.', api: '`port_id`' },
  port_id: { meaning: "Neutron's own word for `port`." },
  ip_address: { meaning: 'The address of the interface.', default: 'the gateway address of the subnet' },
  fixed_ips: { meaning: 'In the place of `subnet`: several addresses of one port.' },
  name: { meaning: 'The name of its port.', default: 'none' },
  ...MADE_PORT,
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const HA_PORT = {
  node: { meaning: 'The node of this replica.', api: '`binding:host_id`' },
  ...MADE_PORT,
  ip_address: { meaning: 'Its address on the HA network, from which it sends VRRP.', default: 'a free one' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const FLOATING_IP = {
  id: ID,
  project_id: PROJECT,
  network: { meaning: 'The external network that the address is of.', api: '`floating_network_id`' },
  floating_ip_address: { meaning: 'The address that the outside sees.', default: 'the next free one' },
  instance: {
    meaning: 'The instance that is reached by it.',
    api: '`port_id`: that of the port of the instance behind a router with a gateway there',
  },
  port: { meaning: 'The port of `ports` that is reached by it.', api: '`port_id`' },
  fixed_ip_address: {
    ...FIXED_IP.ip_address,
    meaning: 'The address behind it, where the port has several.',
    default: "the port's first IPv4 address",
  },
  router: {
    meaning: 'The router that translates.',
    default: 'the one that connects both networks',
    api: '`router_id`, which Neutron finds',
  },
  floating_port: { meaning: 'The port that holds the address, where its id or MAC matters.', default: 'made' },
} as const satisfies Readonly<Record<string, AttributeWords>>;
