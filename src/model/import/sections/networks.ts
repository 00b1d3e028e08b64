/** The sections `networks` and `ha_networks`. */
import { formatAddress, parseAddress, tryParseCidr } from '../../addresses.js';
import { defaultGateway, defaultPools, formatPool } from '../../allocation/pools.js';
import type { NetworkInput, SubnetInput } from '../cloud-schema.js';
import { compact, isIpv4, madePort, noteOf, type Entry, type ImportContext } from '../context.js';
import type { YamlValue } from '../../lab-file/yaml-value.js';
import { HA_CIDR } from '../../names.js';

/** Bytes that a VXLAN needs of its underlay. */
const VXLAN_OVERHEAD = 50;

const HIGHEST_VNI = 16_777_215;

/** An underlay that carries the largest network of the cloud, which is a VXLAN in the lab whatever it was. */
export function underlayMtu(context: ImportContext): number {
  const mtus = context.cloud.networks.map(({ mtu }) => (mtu ?? 0) + VXLAN_OVERHEAD);
  return Math.min(65535, Math.max(1500, ...mtus));
}

export function writeNetworks(context: ImportContext, underlay: number): Record<string, Entry> {
  const entries: [string, Entry][] = [];
  const vnis = new Set<number>();
  for (const network of context.cloud.networks) {
    const key = context.networkLabels.keyOf(network.id);
    if (key === null) {
      vni(network, vnis, context);
      continue;
    }
    const external = network['router:external'] ?? isExternal(network, context);
    const subnets = context.subnetsOf(network.id).map((subnet): [string, Entry] => {
      const label = context.subnetLabel(subnet.id);
      return [label?.key ?? subnet.id, { ...label?.attributes, ...writeSubnet(subnet, network, context) }];
    });
    entries.push([
      key,
      compact({
        ...context.networkLabels.attributesOf(network.id),
        id: network.id,
        ...context.project({ ...noteOf('network', network), project: network.project_id }),
        admin_state_up: network.admin_state_up === false ? false : undefined,
        'router:external': external ? true : undefined,
        mtu: mtuOf(network, underlay),
        'provider:segmentation_id': vni(network, vnis, context),
        port_security_enabled: network.port_security_enabled === false ? false : undefined,
        ...dhcp(network, context),
        subnets: subnets.length === 0 ? undefined : Object.fromEntries(subnets),
      }),
    ]);
  }
  return Object.fromEntries(entries);
}

export function writeHaNetworks(context: ImportContext, underlay: number): Record<string, Entry> {
  const entries = [...context.haProjects].flatMap(([id, project]): [string, Entry][] => {
    const network = context.networks.get(id);
    if (network === undefined) return [];
    const [subnet, ...others] = context.subnetsOf(id);
    for (const other of others)
      context.notes.add('NotRepresented', 'an HA network has one subnet.', noteOf('subnet', other));
    const agents = context.hosts.networkHosts(network);
    return [
      [
        project,
        compact({
          id,
          subnet_id: subnet?.id,
          cidr: subnet === undefined || subnet.cidr === HA_CIDR ? undefined : subnet.cidr,
          mtu: mtuOf(network, underlay),
          'provider:segmentation_id': vni(network, new Set(), context),
          dhcp_agents: agents === null ? undefined : [...agents],
        }),
      ],
    ];
  });
  return Object.fromEntries(entries);
}

/** What takes its gateway or floating IPs from a network needs it to be external. */
function isExternal(network: NetworkInput, { cloud, notes }: ImportContext): boolean {
  const used =
    cloud.routers.some((router) => router.external_gateway_info?.network_id === network.id) ||
    cloud.floatingips.some((floatingIp) => floatingIp.floating_network_id === network.id);
  if (used)
    notes.add('Assumed', 'it is external, since gateways or floating IPs are on it.', noteOf('network', network));
  return used;
}

function mtuOf({ mtu }: NetworkInput, underlay: number): number | undefined {
  return mtu === null || mtu === 0 || mtu === underlay - VXLAN_OVERHEAD ? undefined : mtu;
}

function vni(network: NetworkInput, taken: Set<number>, { notes }: ImportContext): number | undefined {
  const type = network['provider:network_type'];
  const id = network['provider:segmentation_id'];
  const resource = noteOf('network', network);
  if (type !== null && type !== 'vxlan') {
    const physical = network['provider:physical_network'];
    const where = typeof physical === 'string' ? ` on ${physical}` : '';
    notes.add('Changed', `its type is ${type}${where}; in the lab it is a VXLAN.`, resource);
    return undefined;
  }
  if (id === null || id < 1 || id > HIGHEST_VNI) {
    notes.add('Assumed', 'its VNI was not told; the lab chooses one.', resource);
    return undefined;
  }
  if (taken.has(id)) {
    notes.add('Changed', `another network has its VNI ${String(id)}; the lab chooses one.`, resource);
    return undefined;
  }
  taken.add(id);
  return id;
}

function dhcp(network: NetworkInput, context: ImportContext): Entry {
  const hosts = context.hosts.networkHosts(network);
  const served = context.subnetsOf(network.id).some((subnet) => subnet.enable_dhcp !== false);
  if (hosts === null && served)
    context.notes.add('Assumed', 'its DHCP agent was not told; the lab schedules it.', noteOf('network', network));
  const ports = context.hosts.dhcpPortsOf(network.id).flatMap((port) => {
    const node = context.hosts.nodeOfDhcpPort(port);
    if (node !== null && served && hosts?.includes(node) === true) {
      return [{ node, port, entry: { node, ...madePort(port), fixed_ips: addresses(context.fixedIps(port)) } }];
    }
    const why = node === null ? 'no agent is known that has it' : `no DHCP agent on ${node} serves its network`;
    context.notes.add('NotRepresented', `a DHCP port: ${why}.`, noteOf('port', port));
    return [];
  });
  const kept = ports.filter(({ node, port }, index) => {
    if (ports.findIndex((other) => other.node === node) === index) return true;
    context.notes.add('NotRepresented', 'a second DHCP port of one agent.', noteOf('port', port));
    return false;
  });
  for (const node of served ? (hosts ?? []) : []) {
    if (!kept.some((one) => one.node === node))
      context.notes.add('Assumed', `no DHCP port on ${node} was given; the lab makes one.`, noteOf('network', network));
  }
  const same = hosts !== null && hosts.length === kept.length && kept.length > 0;
  return compact({
    dhcp_agents: hosts === null || same ? undefined : [...hosts],
    dhcp_ports: kept.length === 0 ? undefined : kept.map(({ entry }) => entry),
  });
}

/** A network's subnets do not overlap, so an address tells its subnet. */
export function addresses(ips: readonly { readonly ip_address: string }[]): YamlValue {
  return ips.map(({ ip_address: address }) => ({ ip_address: address }));
}

function writeSubnet(subnet: SubnetInput, network: NetworkInput, context: ImportContext): Entry {
  const cidr = tryParseCidr(subnet.cidr);
  const standard = cidr === null ? null : formatAddress({ version: cidr.version, value: defaultGateway(cidr) });
  const gateway = subnet.gateway_ip;
  const told = gateway === undefined ? standard : gateway === null ? null : formatAddress(parseAddress(gateway));
  const value = told === null ? null : parseAddress(told).value;
  const pools = cidr === null ? [] : defaultPools(cidr, value).map((pool) => formatPool(pool, cidr.version));
  const own = subnet.allocation_pools?.map((pool) => ({
    start: formatAddress(parseAddress(pool.start)),
    end: formatAddress(parseAddress(pool.end)),
  }));
  const same = own === undefined || JSON.stringify(own) === JSON.stringify(pools);
  const project = subnet.project_id === network.project_id ? null : subnet.project_id;
  if (gateway === undefined && isIpv4(subnet))
    context.notes.add('Assumed', 'its gateway was not told; it is the first address.', noteOf('subnet', subnet));
  return compact({
    id: subnet.id,
    cidr: subnet.cidr,
    ...(project === null ? {} : { project_id: project }),
    gateway_ip: told === standard ? undefined : told,
    enable_dhcp: subnet.enable_dhcp === false ? false : undefined,
    allocation_pools: same || own.length === 0 ? undefined : own,
    dns_nameservers: nonEmpty(subnet.dns_nameservers),
    host_routes: nonEmpty(subnet.host_routes),
    ipv6_ra_mode: subnet.ipv6_ra_mode ?? undefined,
    ipv6_address_mode: subnet.ipv6_address_mode ?? undefined,
  });
}

function nonEmpty(list: readonly YamlValue[] | null | undefined): YamlValue | undefined {
  return list === null || list === undefined || list.length === 0 ? undefined : list;
}
