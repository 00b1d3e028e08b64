/** What a DHCP agent knows of a network that it serves. */
import type { Config, FixedIp, Network, Port, Subnet } from '../../model/resources.js';
import { habitsOf, type Habits } from '../release.js';

export interface ServedNetwork {
  readonly network: Network;
  /** In the order of their ids, as the server sends them. */
  readonly subnets: readonly Subnet[];
  readonly subnetsById: ReadonlyMap<string, Subnet>;
  /** In the order of the lab. */
  readonly ports: readonly Port[];
  readonly config: Config;
  readonly habits: Habits;
}

export function servedNetwork(
  network: Network,
  subnets: readonly Subnet[],
  ports: readonly Port[],
  config: Config,
): ServedNetwork {
  const sorted = [...subnets].sort((one, other) => (one.id < other.id ? -1 : 1));
  return {
    network,
    subnets: sorted,
    subnetsById: new Map(sorted.map((subnet) => [subnet.id, subnet])),
    ports,
    config,
    habits: habitsOf(config.release),
  };
}

/** A network without a DHCP subnet, or one that is down, is not served. */
export function needsDhcp(network: Network, subnets: readonly Subnet[]): boolean {
  return network.admin_state_up && subnets.some((subnet) => subnet.enable_dhcp);
}

/** Ports that dnsmasq need not know (`port_requires_dhcp_configuration`). */
const NOT_CONFIGURED: ReadonlySet<string> = new Set([
  'network:router_ha_interface',
  'network:floatingip',
  'network:dhcp',
  'network:distributed',
]);

/** An address of a port, with the names that dnsmasq gives it. */
export interface Host {
  readonly port: Port;
  readonly ip: FixedIp;
  readonly subnet: Subnet;
  readonly hostname: string;
  readonly fqdn: string;
}

/** `_iter_hosts`: stateless IPv6 addresses come first of a port's. */
export function hostsOf({ ports, subnetsById, config, habits }: ServedNetwork): readonly Host[] {
  const hosts: Host[] = [];
  for (const port of ports) {
    if (habits.dhcpLeavesServicesOut && NOT_CONFIGURED.has(port.device_owner)) continue;
    const ofPort: Host[] = [];
    for (const ip of port.fixed_ips) {
      const subnet = subnetsById.get(ip.subnet_id);
      if (subnet === undefined) continue;
      const hostname = `host-${ip.ip_address.replace(/[.:]/g, '-')}`;
      const fqdn = config.dns_domain === '' ? hostname : `${hostname}.${config.dns_domain}`;
      ofPort.push({ port, ip, subnet, hostname, fqdn });
    }
    const stateless = (host: Host) => host.subnet.ipv6_address_mode === 'dhcpv6-stateless';
    hosts.push(...ofPort.filter(stateless), ...ofPort.filter((host) => !stateless(host)));
  }
  return hosts;
}

/** By number: the subnet's place among those of the network, from 0. */
export function subnetTag({ subnets, habits }: ServedNetwork, subnetId: string): string {
  return habits.dhcpTags === 'ids'
    ? `subnet-${subnetId}`
    : `tag${subnets.findIndex((subnet) => subnet.id === subnetId)}`;
}

export function portTag({ habits }: ServedNetwork, portId: string): string {
  return habits.dhcpTags === 'ids' ? `port-${portId}` : portId;
}

const CLIENT_ID: ReadonlySet<string> = new Set(['client-id', '61']);

/** DHCP's client identifier (RFC 2132, 9.14) is matched in the host file and never sent as an option. */
export function isClientId(optionName: string): boolean {
  return CLIENT_ID.has(optionName);
}
