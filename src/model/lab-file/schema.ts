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
  reference,
  time,
  uuid,
} from './schema-text.js';
import { configSchema } from './schema-config.js';

const id = uuid.optional();
const name = givenName.optional().meta({ description: 'The name, where it is not the key of the entry.' });
const project_id = projectId.optional().meta({ description: 'That of the lab unless given.' });
const flag = (description: string) => z.boolean().optional().meta({ description });
const ipv6Mode = z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless']).nullable().optional();
const route = z.strictObject({ destination: cidr, nexthop: ipAddress });
/** `subnet_id`, `network_id` and `port_id` are Neutron's own words for `subnet`, `network` and `port`. */
const fixedIp = z.strictObject({
  subnet: reference('a subnet').optional(),
  subnet_id: reference('a subnet').optional(),
  ip_address: ipAddress.optional(),
});
/** A port that Neutron makes by itself, written out so that it is the one of a real cloud. */
const madePort = {
  id,
  mac_address: macAddress.optional(),
  created_at: time.optional().meta({ description: 'Agents learn of ports in this order.' }),
};
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
  name: givenName.optional().meta({ description: 'Where subnets are written as a list, or the key is not the name.' }),
  project_id,
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
  name,
  project_id,
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
  dhcp_ports: z
    .array(z.strictObject({ node: reference('a node'), ...madePort, fixed_ips: z.array(fixedIp).optional() }))
    .optional()
    .meta({ description: 'DHCP ports whose ids and addresses matter; the others are made.' }),
});

/** The network on which the HA routers of one project speak VRRP. */
export const haNetworkSchema = z.strictObject({
  id,
  subnet_id: id,
  cidr: cidr.optional().meta({ description: '169.254.192.0/18 unless given.' }),
  mtu: z.int().min(68).max(65535).optional(),
  'provider:segmentation_id': z.int().min(1).max(16777215).optional(),
  dhcp_agents: z.array(reference('a node')).optional(),
});

export const subnetsSchema = z.union([z.record(z.string(), subnetSchema), z.array(subnetSchema)]).nullable();

export const interfaceSchema = z.union([
  reference('a subnet'),
  z.strictObject({
    subnet: reference('a subnet').optional(),
    subnet_id: reference('a subnet').optional(),
    port: reference('a port of `ports`').optional(),
    port_id: reference('a port of `ports`').optional(),
    ip_address: ipAddress.optional(),
    fixed_ips: z.array(fixedIp).min(1).optional().meta({ description: 'In place of `subnet`: several addresses.' }),
    name,
    ...madePort,
  }),
]);

export const routerSchema = z
  .strictObject({
    id,
    name,
    project_id,
    admin_state_up: flag('true unless given.'),
    ha: flag('Replicated on several nodes, one of them active; false unless given.'),
    ha_vr_id: z.int().min(1).max(254).optional().meta({ description: 'The VRID on the HA network.' }),
    external_gateway_info: z
      .strictObject({
        network: reference('an external network').optional(),
        network_id: reference('an external network').optional(),
        enable_snat: flag('true unless given.'),
        external_fixed_ips: z.array(fixedIp).optional(),
        port: z.strictObject(madePort).optional().meta({ description: 'The port of the gateway.' }),
      })
      .nullable()
      .optional(),
    interfaces: z.array(interfaceSchema).optional(),
    routes: z.array(route).optional(),
    l3_agents: z.array(reference('a node')).optional().meta({ description: 'Scheduled as Neutron does unless given.' }),
    ha_ports: z
      .array(z.strictObject({ node: reference('a node'), ...madePort, ip_address: ipAddress.optional() }))
      .optional()
      .meta({ description: 'HA ports whose ids and addresses matter; the others are made.' }),
  })
  .nullable();

export const portSchema = z.strictObject({
  id,
  name,
  project_id,
  created_at: madePort.created_at,
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
    id: deviceId.optional(),
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
  project_id,
  network: reference('an external network'),
  floating_ip_address: ipAddress.optional(),
  instance: reference('an instance').optional(),
  port: reference('a port of `ports`').optional(),
  fixed_ip_address: ipAddress.optional(),
  router: reference('the router that translates').optional(),
  floating_port: z.strictObject(madePort).optional().meta({ description: 'The port that holds the address.' }),
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
  .strictObject({
    id,
    name,
    project_id,
    stateful: flag('true unless given.'),
    default_rules: flag('"Everything out" where no rule is about egress; true unless given.'),
    rules: z.array(ruleSchema).optional(),
  })
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
    project_id: projectId.optional().meta({ description: 'The project of what says no other.' }),
    nodes: section(
      nodeSchema,
      'Hosts of the cloud. Unless given: network1 to network3 with l3 and dhcp, and compute1.',
    ),
    networks: section(
      networkSchema.extend({ subnets: subnetsSchema.optional() }).nullable(),
      'Networks and their subnets.',
    ),
    ha_networks: section(haNetworkSchema, 'The HA network of a project, by the id of the project.'),
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
export type HaNetworkFile = z.infer<typeof haNetworkSchema>;
export type RouterFile = NonNullable<z.infer<typeof routerSchema>>;
export type PortFile = z.infer<typeof portSchema>;
export type InstanceFile = NonNullable<z.infer<typeof instanceSchema>>;
export type FloatingIpFile = z.infer<typeof floatingIpSchema>;
export type SecurityGroupFile = NonNullable<z.infer<typeof securityGroupSchema>>;
export type RuleFile = z.infer<typeof ruleSchema>;
export type FixedIpFile = z.infer<typeof fixedIp>;
