/** The attributes of a cloud's resources that a lab can have; everything else is looked at by `unrepresented.ts`. */
import { z } from 'zod';
import { addressOrCidr, cidr, ipAddress, macAddress, uuid } from '../lab-file/schema-text.js';

const text = z.string().max(10_000);
/** What a client leaves out is absent, what a cloud does not set is null. */
const orNull = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);
const orEmpty = <T extends z.ZodType>(type: T) => z.array(type).nullish();
const count = orNull(z.int());
const flag = orNull(z.boolean());
const route = z.object({ destination: cidr, nexthop: ipAddress });
const common = { id: uuid, name: text.nullish().transform((value) => value ?? ''), project_id: orNull(text) };
const stamped = { ...common, created_at: orNull(text) };
const fixedIps = orEmpty(z.object({ subnet_id: uuid, ip_address: ipAddress }));

export const networkInput = z.looseObject({
  ...common,
  admin_state_up: flag,
  mtu: count,
  'router:external': flag,
  port_security_enabled: flag,
  'provider:network_type': orNull(text),
  'provider:segmentation_id': count,
});

export const subnetInput = z.looseObject({
  ...common,
  network_id: uuid,
  cidr,
  gateway_ip: z.union([ipAddress, z.literal('').transform(() => null)]).nullish(),
  enable_dhcp: flag,
  allocation_pools: orEmpty(z.object({ start: ipAddress, end: ipAddress })),
  dns_nameservers: orEmpty(ipAddress),
  host_routes: orEmpty(route),
  ipv6_ra_mode: orNull(z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'])),
  ipv6_address_mode: orNull(z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'])),
});

export const portInput = z.looseObject({
  ...stamped,
  network_id: orNull(uuid),
  mac_address: macAddress,
  admin_state_up: flag,
  device_id: orNull(text),
  device_owner: orNull(text),
  fixed_ips: fixedIps,
  allowed_address_pairs: orEmpty(z.object({ ip_address: addressOrCidr, mac_address: macAddress.nullish() })),
  extra_dhcp_opts: orEmpty(
    z.object({
      opt_name: text,
      opt_value: text,
      ip_version: z
        .union([z.literal(4), z.literal(6), z.enum(['4', '6']).transform((version) => (version === '6' ? 6 : 4))])
        .nullish(),
    }),
  ),
  security_groups: orEmpty(text),
  port_security_enabled: flag,
  'binding:host_id': orNull(text),
});

export const routerInput = z.looseObject({
  ...common,
  admin_state_up: flag,
  ha: flag,
  distributed: flag,
  external_gateway_info: orNull(z.looseObject({ network_id: uuid, enable_snat: flag, external_fixed_ips: fixedIps })),
  routes: orEmpty(route),
  // `openstack router show` tells the ports of a router.
  interfaces_info: orEmpty(z.object({ port_id: uuid, subnet_id: uuid, ip_address: ipAddress })),
});

export const floatingIpInput = z.looseObject({
  ...stamped,
  floating_network_id: uuid,
  floating_ip_address: ipAddress,
  fixed_ip_address: orNull(ipAddress),
  port_id: orNull(uuid),
  router_id: orNull(uuid),
});

export const ruleInput = z.looseObject({
  id: uuid,
  security_group_id: orNull(uuid),
  direction: orNull(z.enum(['ingress', 'egress'])),
  ethertype: orNull(z.enum(['IPv4', 'IPv6'])),
  protocol: orNull(z.union([text, z.int().transform(String)])),
  port_range_min: count,
  port_range_max: count,
  remote_ip_prefix: orNull(addressOrCidr),
  remote_group_id: orNull(uuid),
  remote_address_group_id: orNull(text),
});

export const securityGroupInput = z.looseObject({ ...common, stateful: flag });

export const agentInput = z.looseObject({
  id: orNull(text),
  agent_type: text,
  host: text.min(1).max(255),
  alive: flag,
  admin_state_up: flag,
});

export type NetworkInput = z.output<typeof networkInput>;
export type SubnetInput = z.output<typeof subnetInput>;
export type PortInput = z.output<typeof portInput>;
export type RouterInput = z.output<typeof routerInput>;
export type FloatingIpInput = z.output<typeof floatingIpInput>;
export type RuleInput = z.output<typeof ruleInput>;
export type SecurityGroupInput = z.output<typeof securityGroupInput> & { readonly rules: readonly RuleInput[] | null };
export type AgentInput = z.output<typeof agentInput>;

/** What was given of a cloud, each list in the order in which it was given. */
export interface CloudInput {
  readonly networks: readonly NetworkInput[];
  readonly subnets: readonly SubnetInput[];
  readonly ports: readonly PortInput[];
  readonly routers: readonly RouterInput[];
  readonly floatingips: readonly FloatingIpInput[];
  readonly security_groups: readonly SecurityGroupInput[];
  readonly agents: readonly AgentInput[];
  /** Hosts by the id of a router or a network; what is not told is absent. */
  readonly router_l3_agents: ReadonlyMap<string, readonly string[]>;
  readonly network_dhcp_agents: ReadonlyMap<string, readonly string[]>;
  readonly ha_vr_ids: ReadonlyMap<string, number>;
}
