/** Options of neutron.conf, l3_agent.ini and dhcp_agent.ini that a lab knows, and Neutron's defaults. */
import { z } from 'zod';
import { RELEASES, type Release } from '../release.js';
import type { Config } from '../resources.js';
import { documented } from './documented.js';
import { domain, vrrpPassword } from './schema-text.js';
import { OPTIONS } from './words/lab.js';

export const DEFAULT_CONFIG: Config = {
  release: 'zed',
  ha_vrrp_advert_int: 2,
  ha_vrrp_auth_type: 'PASS',
  ha_vrrp_auth_password: null,
  ha_conntrackd_enabled: false,
  max_l3_agents_per_router: 3,
  dhcp_agents_per_network: 1,
  dhcp_lease_duration: 86400,
  dns_domain: 'openstacklocal',
  global_physnet_mtu: 1500,
  check_child_processes_interval: 60,
  check_child_processes_action: 'respawn',
};

const lease = z.union([z.literal(-1), z.int().min(120).max(4294967294)]);

/** YAML reads the name of the newest release as a number, unless it stands in quotes. */
const release = z.union([z.enum(RELEASES), z.literal(2026.1)]);

export function releaseNamed(given: z.infer<typeof release> | undefined): Release {
  if (given === undefined) return DEFAULT_CONFIG.release;
  return given === 2026.1 ? '2026.1' : given;
}

/** The words about the options, each with the default that stands above. */
const words = Object.fromEntries(
  Object.entries(OPTIONS).map(([option, about]) => [
    option,
    { ...about, default: `\`${String(DEFAULT_CONFIG[option as keyof Config])}\`` },
  ]),
) as unknown as typeof OPTIONS;

export const configSchema = z.strictObject(
  documented(words, {
    release: release.optional(),
    ha_vrrp_advert_int: z.int().min(1).max(255).optional(),
    ha_vrrp_auth_type: z.enum(['PASS', 'AH']).optional(),
    ha_vrrp_auth_password: vrrpPassword.nullable().optional(),
    ha_conntrackd_enabled: z.boolean().optional(),
    max_l3_agents_per_router: z.int().min(0).max(1000).optional(),
    dhcp_agents_per_network: z.int().min(1).max(1000).optional(),
    dhcp_lease_duration: lease.optional(),
    dns_domain: domain.optional(),
    global_physnet_mtu: z.int().min(1330).max(65535).optional(),
    check_child_processes_interval: z.int().min(0).max(86400).optional(),
    check_child_processes_action: z.enum(['respawn', 'exit']).optional(),
  }),
);
