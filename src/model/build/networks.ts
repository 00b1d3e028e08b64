/** Networks and their subnets; their order is that of the file, the HA network is the last. */
import { formatCidr } from '../addresses.js';
import type { HaNetworkFile } from '../lab-file/schema.js';
import type { Entry, NetworkEntry } from '../lab-file/sections.js';
import type { Network } from '../resources.js';
import { allocateNumbers } from '../allocation/numbers.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft } from './drafts.js';
import { overlappingPairs } from './overlap.js';
import { buildSubnet } from './subnets.js';

/** Bytes that VXLAN over IPv4 takes: 20 IPv4, 8 UDP, 8 VXLAN, 14 Ethernet (`VXLAN_ENCAP_OVERHEAD`). */
const VXLAN_OVERHEAD = 50;
/** Neutron's option `l3_ha_net_cidr`. */
const HA_CIDR = '169.254.192.0/18';
/** Every IPv6 link carries packets of this size (RFC 8200, section 5). */
const IPV6_MIN_MTU = 1280;
/** VNIs that are given out; the file may give any up to 16777215. */
const HIGHEST_VNI = 65535;

export function buildNetworks(entries: readonly NetworkEntry[], build: BuildContext): NetworkDraft[] {
  return entries.map((entry) => {
    const file = entry.file ?? {};
    const network: NetworkDraft = {
      id: build.deviceId(file.id, entry.path, 'network', entry.name),
      name: entry.name,
      path: entry.path,
      projectId: file.project_id ?? build.projectId,
      file,
      subnets: [],
    };
    build.networks.add(entry.name, network);
    for (const subnetEntry of entry.subnets) {
      const subnet = buildSubnet(subnetEntry, network, build);
      // A subnet of a list may have no name; its CIDR stands in.
      const name = subnetEntry.name === '' ? (subnet?.resource.cidr ?? '') : subnetEntry.name;
      const longName = `${entry.name}/${name}`;
      if (subnet === null) build.subnets.addBroken(name, longName);
      else {
        network.subnets.push(subnet);
        build.subnets.add(name, subnet, longName);
      }
    }
    checkOverlap(network, build);
    checkMtu(network, build);
    return network;
  });
}

/** The networks on which the replicas of the HA routers of a project speak VRRP (neutron/db/l3_hamode_db.py), by project. */
export function buildHaNetworks(
  projects: Iterable<string>,
  entries: readonly Entry<HaNetworkFile>[],
  build: BuildContext,
): Map<string, NetworkDraft> {
  const given = new Map(entries.map((entry) => [entry.name, entry]));
  return new Map(
    [...new Set(projects)].map((project) => [project, buildHaNetwork(project, given.get(project), build)]),
  );
}

function buildHaNetwork(project: string, entry: Entry<HaNetworkFile> | undefined, build: BuildContext): NetworkDraft {
  const { id, subnet_id: subnetId, cidr = HA_CIDR, ...file } = entry?.file ?? {};
  const path = entry?.path ?? [];
  const network: NetworkDraft = {
    id: build.deviceId(id, path, 'network', 'ha', project),
    name: `HA network tenant ${project}`,
    path,
    projectId: '',
    file,
    subnets: [],
  };
  const subnet = buildSubnet(
    {
      name: `HA subnet tenant ${project}`,
      path,
      file: { id: subnetId, cidr, gateway_ip: null, enable_dhcp: false },
      partial: false,
    },
    network,
    build,
  );
  if (subnet !== null) network.subnets.push(subnet);
  checkMtu(network, build);
  return network;
}

export function finishNetworks(networks: readonly NetworkDraft[], build: BuildContext): Network[] {
  const requests = networks.map((network) => ({
    id: network.id,
    wanted: network.file['provider:segmentation_id'] ?? null,
    held: build.held.vni(network.id),
  }));
  const { numbers, conflicts } = allocateNumbers(requests, 1, HIGHEST_VNI);
  const byId = new Map(networks.map((network) => [network.id, network]));
  for (const conflict of conflicts) {
    build.problems.error({
      path: [...(byId.get(conflict.id)?.path ?? []), 'provider:segmentation_id'],
      code: 'TunnelIdInUse',
      message: `Unable to create the network. The tunnel ID ${String(conflict.wanted)} is in use.`,
      remedy: 'Leave `provider:segmentation_id` out, or give another one.',
    });
  }
  return networks.map((network) => ({
    id: network.id,
    name: network.file.name ?? network.name,
    project_id: network.projectId,
    admin_state_up: network.file.admin_state_up ?? true,
    mtu: network.file.mtu ?? maxMtu(build),
    'router:external': network.file['router:external'] ?? false,
    port_security_enabled: network.file.port_security_enabled ?? true,
    'provider:network_type': 'vxlan',
    'provider:segmentation_id': numbers.get(network.id) ?? 0,
  }));
}

function maxMtu(build: BuildContext): number {
  return build.config.global_physnet_mtu - VXLAN_OVERHEAD;
}

function checkMtu(network: NetworkDraft, build: BuildContext): void {
  const { mtu } = network.file;
  if (mtu === undefined) return;
  const path = [...network.path, 'mtu'];
  if (mtu > maxMtu(build)) {
    build.problems.error({
      path,
      code: 'InvalidInput',
      message: `Requested MTU is too big, maximum is ${String(maxMtu(build))}.`,
      remedy: `VXLAN takes ${String(VXLAN_OVERHEAD)} bytes of the underlay's ${String(build.config.global_physnet_mtu)} (global_physnet_mtu).`,
    });
  }
  if (mtu < IPV6_MIN_MTU && network.subnets.some((subnet) => subnet.cidr.version === 6)) {
    build.problems.error({
      path,
      code: 'NetworkMTUSubnetConflict',
      message: `An MTU of ${String(mtu)} is too small for the network's IPv6 subnet.`,
      remedy: `IPv6 needs at least ${String(IPV6_MIN_MTU)} bytes.`,
    });
  }
}

function checkOverlap(network: NetworkDraft, build: BuildContext): void {
  for (const [earlier, later] of overlappingPairs(network.subnets, (subnet) => subnet.cidr)) {
    build.problems.error({
      path: [...later.path, 'cidr'],
      code: 'InvalidInput',
      message: `The CIDR ${formatCidr(later.cidr)} overlaps with ${formatCidr(earlier.cidr)} of subnet '${earlier.resource.name}' in the same network.`,
      remedy: 'Take a range of its own, or put the subnet into another network.',
    });
  }
}
