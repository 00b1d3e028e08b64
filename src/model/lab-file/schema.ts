/**
 * The shape of a lab file, attribute names as in Neutron's API. What is read is validated by this and the JSON schema
 * for editors is generated from it. A section or resource that is left empty is the same as one that is left out.
 */
import { z } from 'zod';
import { addressOrCidr, cidr, ipAddress, macAddress, optionName, optionValue, reference, uuid } from './schema-text.js';
import { configSchema } from './schema-config.js';

const id = uuid.optional();
const flag = (description: string) => z.boolean().optional().meta({ description });
const ipv6Mode = z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless']).nullable().optional();
const route = z.strictObject({ destination: cidr, nexthop: ipAddress });
const fixedIp = z.strictObject({ subnet: reference('a subnet').optional(), ip_address: ipAddress.optional() });
const securityGroupNames = z.array(reference('a security group')).optional().meta({
  description: 'Without it the port filters nothing (port security off); with it only what the rules allow passes.',
});

export const nodeSchema = z
  .strictObject({
    agents: z
      .array(z.enum(['l3', 'dhcp']))
      .optional()
      .meta({ description: "Neutron's agents on this host; none makes it a compute node." }),
  })
  .nullable();

export const subnetSchema = z.strictObject({
  id,
  name: z.string().optional().meta({ description: 'Only where subnets are written as a list.' }),
  cidr,
  ip_version: z.union([z.literal(4), z.literal(6)]).optional(),
  gateway_ip: ipAddress
    .nullable()
    .optional()
    .meta({ description: 'First address of the CIDR unless given; null: none.' }),
  enable_dhcp: flag('true unless given.'),
  allocation_pools: z.array(z.strictObject({ start: ipAddress, end: ipAddress })).optional(),
  dns_nameservers: z.array(ipAddress).optional(),
  host_routes: z.array(route).optional(),
  ipv6_ra_mode: ipv6Mode,
  ipv6_address_mode: ipv6Mode,
});

export const networkSchema = z.strictObject({
  id,
  admin_state_up: flag('true unless given.'),
  mtu: z.int().min(68).max(65535).optional(),
  'router:external': flag('A network that routers take as their gateway; false unless given.'),
  port_security_enabled: flag('true unless given.'),
  'provider:network_type': z.literal('vxlan').optional(),
  'provider:segmentation_id': z
    .int()
    .min(1)
    .max(16777215)
    .optional()
    .meta({ description: 'The VXLAN network identifier.' }),
  dhcp_agents: z.array(reference('a node')).optional(),
});

export const subnetsSchema = z.union([z.record(z.string(), subnetSchema), z.array(subnetSchema)]).nullable();

export const interfaceSchema = z.union([
  reference('a subnet'),
  z.strictObject({
    subnet: reference('a subnet').optional(),
    port: reference('a port of `ports`').optional(),
    ip_address: ipAddress.optional(),
    id,
    mac_address: macAddress.optional(),
  }),
]);

export const routerSchema = z
  .strictObject({
    id,
    admin_state_up: flag('true unless given.'),
    ha: flag('Replicated on several nodes, one of them active; false unless given.'),
    ha_vr_id: z.int().min(1).max(254).optional().meta({ description: 'The VRID on the HA network.' }),
    external_gateway_info: z
      .strictObject({
        network: reference('an external network'),
        enable_snat: flag('true unless given.'),
        external_fixed_ips: z.array(fixedIp).optional(),
      })
      .nullable()
      .optional(),
    interfaces: z.array(interfaceSchema).optional(),
    routes: z.array(route).optional(),
    l3_agents: z.array(reference('a node')).optional().meta({ description: 'Scheduled as Neutron does unless given.' }),
  })
  .nullable();

export const portSchema = z.strictObject({
  id,
  network: reference('a network'),
  admin_state_up: flag('true unless given.'),
  fixed_ips: z.array(fixedIp).optional(),
  mac_address: macAddress.optional(),
  device_owner: z.enum(['', 'compute:nova']).optional(),
  security_groups: securityGroupNames,
  port_security_enabled: flag('true with security_groups, else false.'),
  allowed_address_pairs: z
    .array(z.strictObject({ ip_address: addressOrCidr, mac_address: macAddress.optional() }))
    .optional(),
  extra_dhcp_opts: z
    .array(
      z.strictObject({
        opt_name: optionName,
        opt_value: optionValue,
        ip_version: z.union([z.literal(4), z.literal(6)]).optional(),
      }),
    )
    .optional(),
});

export const instanceSchema = z
  .strictObject({
    id,
    node: reference('a node').optional(),
    networks: z
      .array(
        z.union([
          reference('a network'),
          z.strictObject({
            network: reference('a network').optional(),
            fixed_ip: ipAddress.optional(),
            port: reference('a port of `ports`').optional(),
          }),
        ]),
      )
      .optional(),
    security_groups: securityGroupNames,
  })
  .nullable();

export const floatingIpSchema = z.strictObject({
  id,
  network: reference('an external network'),
  floating_ip_address: ipAddress.optional(),
  instance: reference('an instance').optional(),
  port: reference('a port of `ports`').optional(),
  fixed_ip_address: ipAddress.optional(),
});

export const ruleSchema = z.strictObject({
  id,
  direction: z.enum(['ingress', 'egress']),
  ethertype: z.enum(['IPv4', 'IPv6']).optional().meta({ description: 'IPv4 unless given.' }),
  protocol: z
    .union([z.string(), z.int().min(0).max(255)])
    .nullable()
    .optional(),
  port_range_min: z.int().min(0).max(65535).nullable().optional(),
  port_range_max: z.int().min(0).max(65535).nullable().optional(),
  remote_ip_prefix: addressOrCidr.nullable().optional(),
  remote_group: reference('a security group').nullable().optional(),
});

export const securityGroupSchema = z
  .strictObject({ id, stateful: flag('true unless given.'), rules: z.array(ruleSchema).optional() })
  .nullable();

const section = <T extends z.ZodType>(resource: T, description: string) =>
  z.record(z.string(), resource).nullable().optional().meta({ description });

/** The whole file; its resources are validated one by one with the schemas above, so that one mistake hides no other. */
export const labFileSchema = z
  .strictObject({
    lab: z
      .string()
      .optional()
      .meta({ description: 'The name of the lab, a host label; that of the file unless given.' }),
    nodes: section(
      nodeSchema,
      'Hosts of the cloud. Unless given: network1 to network3 with l3 and dhcp, and compute1.',
    ),
    networks: section(
      networkSchema.extend({ subnets: subnetsSchema.optional() }).nullable(),
      'Networks and their subnets.',
    ),
    routers: section(routerSchema, 'Legacy and HA routers.'),
    ports: section(portSchema, 'Ports that need more than instances and routers make by themselves.'),
    instances: section(instanceSchema, 'Hosts of the tenant.'),
    floating_ips: z
      .union([z.array(floatingIpSchema), z.record(z.string(), floatingIpSchema)])
      .nullable()
      .optional(),
    security_groups: section(securityGroupSchema, 'Rules of what may pass.'),
    config: configSchema.nullable().optional(),
  })
  .meta({ title: 'Neutron Lab', description: "A lab in Neutron's own vocabulary." });

export type NodeFile = z.infer<typeof nodeSchema>;
export type SubnetFile = z.infer<typeof subnetSchema>;
export type NetworkFile = z.infer<typeof networkSchema>;
export type RouterFile = NonNullable<z.infer<typeof routerSchema>>;
export type PortFile = z.infer<typeof portSchema>;
export type InstanceFile = NonNullable<z.infer<typeof instanceSchema>>;
export type FloatingIpFile = z.infer<typeof floatingIpSchema>;
export type SecurityGroupFile = NonNullable<z.infer<typeof securityGroupSchema>>;
export type RuleFile = z.infer<typeof ruleSchema>;
export type FixedIpFile = z.infer<typeof fixedIp>;
