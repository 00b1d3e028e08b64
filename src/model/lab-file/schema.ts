/**
 * The shape of a lab file, attribute names as in Neutron's API. What is read is validated by this and the JSON schema
 * for editors is generated from it. A section or resource that is left empty is the same as one that is left out.
 */
import { z } from 'zod';
import {
  addressOrCidr,
  cidr,
  deviceId,
  givenName,
  ipAddress,
  macAddress,
  optionName,
  optionValue,
  projectId,
  time,
  uuid,
} from './schema-text.js';
import { documented } from './documented.js';
import { reference } from './reference.js';
import { configSchema } from './schema-config.js';
import { expectSchema, scenarioSchema } from './schema-scenario.js';
import * as common from './words/common.js';
import * as hosts from './words/hosts.js';
import { SECTIONS } from './words/lab.js';
import * as networks from './words/networks.js';
import * as routers from './words/routers.js';

const id = uuid.optional();
const name = givenName.optional();
const project_id = projectId.optional();
const created_at = time.optional();
const mac_address = macAddress.optional();
const flag = z.boolean().optional();
const mtu = z.int().min(68).max(65535).optional();
const vni = z.int().min(1).max(16777215).optional();
const ipVersion = z.union([z.literal(4), z.literal(6)]).optional();
const ipv6Mode = z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless']).nullable().optional();
const route = z.strictObject(documented(common.ROUTE, { destination: cidr, nexthop: ipAddress }));
/** `subnet_id`, `network_id` and `port_id` are Neutron's own words for `subnet`, `network` and `port`. */
const fixedIp = z.strictObject(
  documented(common.FIXED_IP, {
    subnet: reference('subnet').optional(),
    subnet_id: reference('subnet').optional(),
    ip_address: ipAddress.optional(),
  }),
);
const fixedIps = z.array(fixedIp);
/** A port that Neutron makes by itself, written out so that it is the one of a real cloud. */
const madePort = { id, mac_address, created_at };
const madePortSchema = z.strictObject(documented(common.MADE_PORT, madePort));

export const nodeSchema = z
  .strictObject(documented(hosts.NODE, { agents: z.array(z.enum(['l3', 'dhcp'])).optional() }))
  .nullable();

export const subnetSchema = z.strictObject(
  documented(networks.SUBNET, {
    id,
    name,
    project_id,
    cidr,
    ip_version: ipVersion,
    gateway_ip: ipAddress.nullable().optional(),
    enable_dhcp: flag,
    allocation_pools: z
      .array(z.strictObject(documented(networks.POOL, { start: ipAddress, end: ipAddress })))
      .optional(),
    dns_nameservers: z.array(ipAddress).optional(),
    host_routes: z.array(route).optional(),
    ipv6_ra_mode: ipv6Mode,
    ipv6_address_mode: ipv6Mode,
  }),
);

export const subnetsSchema = z.union([z.record(z.string(), subnetSchema), z.array(subnetSchema)]).nullable();

const dhcpPort = z.strictObject(
  documented(networks.DHCP_PORT, { node: reference('dhcp_node'), ...madePort, fixed_ips: fixedIps.optional() }),
);
const wholeNetworkSchema = z.strictObject(
  documented(networks.NETWORK, {
    id,
    name,
    project_id,
    admin_state_up: flag,
    mtu,
    'router:external': flag,
    port_security_enabled: flag,
    'provider:network_type': z.literal('vxlan').optional(),
    'provider:segmentation_id': vni,
    dhcp_agents: z.array(reference('dhcp_node')).optional(),
    dhcp_ports: z.array(dhcpPort).optional(),
    subnets: subnetsSchema.optional(),
  }),
);

/** Without its subnets, which are validated by themselves. */
export const networkSchema = wholeNetworkSchema.omit({ subnets: true });

/** The network on which the HA routers of one project speak VRRP. */
export const haNetworkSchema = z.strictObject(
  documented(networks.HA_NETWORK, {
    id,
    subnet_id: id,
    cidr: cidr.optional(),
    mtu,
    'provider:segmentation_id': vni,
    dhcp_agents: z.array(reference('dhcp_node')).optional(),
  }),
);

export const interfaceSchema = z.union([
  reference('subnet'),
  z.strictObject(
    documented(routers.INTERFACE, {
      subnet: reference('subnet').optional(),
      subnet_id: reference('subnet').optional(),
      port: reference('port').optional(),
      port_id: reference('port').optional(),
      ip_address: ipAddress.optional(),
      fixed_ips: fixedIps.min(1).optional(),
      name,
      ...madePort,
    }),
  ),
]);

const gatewaySchema = z.strictObject(
  documented(routers.GATEWAY, {
    network: reference('external_network').optional(),
    network_id: reference('external_network').optional(),
    enable_snat: flag,
    external_fixed_ips: fixedIps.optional(),
    port: madePortSchema.optional(),
  }),
);
const haPort = z.strictObject(
  documented(routers.HA_PORT, { node: reference('l3_node'), ...madePort, ip_address: ipAddress.optional() }),
);

export const routerSchema = z
  .strictObject(
    documented(routers.ROUTER, {
      id,
      name,
      project_id,
      admin_state_up: flag,
      ha: flag,
      ha_vr_id: z.int().min(1).max(254).optional(),
      external_gateway_info: gatewaySchema.nullable().optional(),
      interfaces: z.array(interfaceSchema).optional(),
      routes: z.array(route).optional(),
      l3_agents: z.array(reference('l3_node')).optional(),
      ha_ports: z.array(haPort).optional(),
    }),
  )
  .nullable();

const addressPair = z.strictObject(documented(hosts.ADDRESS_PAIR, { ip_address: addressOrCidr, mac_address }));
const dhcpOption = z.strictObject(
  documented(hosts.DHCP_OPTION, { opt_name: optionName, opt_value: optionValue, ip_version: ipVersion }),
);

export const portSchema = z.strictObject(
  documented(hosts.PORT, {
    id,
    name,
    project_id,
    created_at,
    network: reference('network'),
    admin_state_up: flag,
    fixed_ips: fixedIps.optional(),
    mac_address,
    device_owner: z.enum(['', 'compute:nova']).optional(),
    security_groups: z.array(reference('security_group')).optional(),
    port_security_enabled: flag,
    allowed_address_pairs: z.array(addressPair).optional(),
    extra_dhcp_opts: z.array(dhcpOption).optional(),
  }),
);

const plug = z.union([
  reference('network'),
  z.strictObject(
    documented(hosts.PLUG, {
      network: reference('network').optional(),
      fixed_ip: ipAddress.optional(),
      port: reference('port').optional(),
    }),
  ),
]);

export const instanceSchema = z
  .strictObject(
    documented(hosts.INSTANCE, {
      id: deviceId.optional(),
      node: reference('node').optional(),
      networks: z.array(plug).optional(),
      security_groups: z.array(reference('security_group')).optional(),
    }),
  )
  .nullable();

export const floatingIpSchema = z.strictObject(
  documented(routers.FLOATING_IP, {
    id,
    project_id,
    network: reference('external_network'),
    floating_ip_address: ipAddress.optional(),
    instance: reference('instance').optional(),
    port: reference('port').optional(),
    fixed_ip_address: ipAddress.optional(),
    router: reference('router').optional(),
    floating_port: madePortSchema.optional(),
  }),
);

const portNumber = z.int().min(0).max(65535).nullable().optional();

export const ruleSchema = z.strictObject(
  documented(hosts.RULE, {
    id,
    direction: z.enum(['ingress', 'egress']),
    ethertype: z.enum(['IPv4', 'IPv6']).optional(),
    protocol: z
      .union([z.string(), z.int().min(0).max(255)])
      .nullable()
      .optional(),
    port_range_min: portNumber,
    port_range_max: portNumber,
    remote_ip_prefix: addressOrCidr.nullable().optional(),
    remote_group: reference('security_group').nullable().optional(),
  }),
);

export const securityGroupSchema = z
  .strictObject(
    documented(hosts.SECURITY_GROUP, {
      id,
      name,
      project_id,
      stateful: flag,
      default_rules: flag,
      rules: z.array(ruleSchema).optional(),
    }),
  )
  .nullable();

const section = <T extends z.ZodType>(resource: T) => z.record(z.string(), resource).nullable().optional();

/** The whole file; its resources are validated one by one with the schemas above, so that one mistake hides no other. */
export const labFileSchema = z
  .strictObject(
    documented(SECTIONS, {
      lab: z.string().optional(),
      project_id,
      nodes: section(nodeSchema),
      networks: section(wholeNetworkSchema.nullable()),
      ha_networks: section(haNetworkSchema),
      routers: section(routerSchema),
      ports: section(portSchema),
      instances: section(instanceSchema),
      floating_ips: z
        .union([z.array(floatingIpSchema), z.record(z.string(), floatingIpSchema)])
        .nullable()
        .optional(),
      security_groups: section(securityGroupSchema),
      config: configSchema.nullable().optional(),
      scenario: scenarioSchema.nullable().optional(),
      expect: expectSchema.nullable().optional(),
    }),
  )
  .meta({ title: 'Neutron Lab', description: "A lab in Neutron's own vocabulary." });

export type NodeFile = z.infer<typeof nodeSchema>;
export type SubnetFile = z.infer<typeof subnetSchema>;
export type NetworkFile = z.infer<typeof networkSchema>;
export type HaNetworkFile = z.infer<typeof haNetworkSchema>;
export type RouterFile = NonNullable<z.infer<typeof routerSchema>>;
export type PortFile = z.infer<typeof portSchema>;
export type InstanceFile = NonNullable<z.infer<typeof instanceSchema>>;
export type FloatingIpFile = z.infer<typeof floatingIpSchema>;
export type SecurityGroupFile = NonNullable<z.infer<typeof securityGroupSchema>>;
export type RuleFile = z.infer<typeof ruleSchema>;
export type FixedIpFile = z.infer<typeof fixedIp>;
