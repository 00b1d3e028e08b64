/** Clouds that were recorded from a real Neutron, and the lab that each of them is. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  Config,
  FloatingIp,
  Instance,
  Lab,
  Network,
  Port,
  Router,
  SecurityGroup,
  Subnet,
} from '../../src/model/resources.js';

type Stamped<T> = T & { readonly created_at: string };

/** What the API of a cloud says, as far as the recordings keep it. */
export interface Cloud {
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly ports: readonly Stamped<Port>[];
  readonly routers: readonly Router[];
  readonly floatingips: readonly FloatingIp[];
  readonly security_groups: readonly SecurityGroup[];
  readonly agents: readonly { readonly agent_type: string; readonly host: string }[];
  readonly router_l3_agents: Readonly<
    Record<string, readonly { readonly host: string; readonly ha_state: string | null }[]>
  >;
  readonly network_dhcp_agents: Readonly<Record<string, readonly { readonly host: string }[]>>;
  readonly ha_vr_ids: Readonly<Record<string, number>>;
}

const SCENARIOS = fileURLToPath(new URL('../data/scenarios/', import.meta.url));

export function scenarioNames(): readonly string[] {
  return readdirSync(SCENARIOS).sort();
}

export function loadCloud(scenario: string): Cloud {
  return JSON.parse(readFileSync(`${SCENARIOS}/${scenario}/cloud.json`, 'utf8')) as Cloud;
}

/** The directory of what was recorded on a node of the cloud. */
export function recordedNode(scenario: string, node: string): string {
  return `${SCENARIOS}/${scenario}/nodes/${node}`;
}

/** The three network nodes of every recorded cloud. */
const NODES = ['net1', 'net2', 'net3'] as const;

/** Neutron's defaults, with which the clouds were recorded. */
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

export function labFromCloud(cloud: Cloud, name = 'recorded'): Lab {
  const hosts = (agents: Readonly<Record<string, readonly { readonly host: string }[]>>) =>
    Object.fromEntries(Object.entries(agents).map(([id, list]) => [id, list.map(({ host }) => host)]));
  return {
    name,
    nodes: NODES.map((node) => ({ name: node, agents: ['l3', 'dhcp'] })),
    networks: cloud.networks,
    subnets: cloud.subnets,
    // The API lists ports by their ids; agents learnt of them one by one.
    ports: [...cloud.ports].sort((one, other) => one.created_at.localeCompare(other.created_at)),
    routers: cloud.routers,
    floatingips: cloud.floatingips,
    security_groups: cloud.security_groups,
    instances: instancesOf(cloud),
    router_l3_agents: hosts(cloud.router_l3_agents),
    network_dhcp_agents: hosts(cloud.network_dhcp_agents),
    ha_vr_ids: cloud.ha_vr_ids,
    config: DEFAULT_CONFIG,
  };
}

function instancesOf({ ports }: Cloud): readonly Instance[] {
  const instances = new Map<string, Instance>();
  for (const { id, device_id: device, device_owner: owner, 'binding:host_id': node } of ports) {
    if (!owner.startsWith('compute:')) continue;
    const known = instances.get(device);
    instances.set(device, {
      id: device,
      name: device.replace(/^inst-/, ''),
      node,
      ports: [...(known?.ports ?? []), id],
    });
  }
  return [...instances.values()];
}
