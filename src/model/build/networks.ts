/** Networks and their subnets; their order is that of the file, the HA network is the last. */
import type { HaNetworkFile } from '../lab-file/schema.js';
import type { Entry, NetworkEntry } from '../lab-file/sections.js';
import type { Network } from '../resources.js';
import { allocateNumbers } from '../allocation/numbers.js';
import { show } from '../lab-file/text.js';
import { HIGHEST_GIVEN_VNI, maxMtu, mtuViolations, vniInUse } from '../rules/networks.js';
import { cidrViolations, overlapViolation } from '../rules/subnets.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft } from './drafts.js';
import { overlappingPairs } from './overlap.js';
import { buildSubnet } from './subnets.js';
import { HA_CIDR } from '../names.js';

export function buildNetworks(entries: readonly NetworkEntry[], build: BuildContext): NetworkDraft[] {
  return entries.map((entry) => {
    const file = entry.file ?? {};
    const network: NetworkDraft = {
      id: build.deviceId(file.id, entry.path, 'network', entry.name),
      ref: show(entry.name),
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
    ref: show(`HA network tenant ${project}`),
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
  const { numbers, conflicts } = allocateNumbers(requests, 1, HIGHEST_GIVEN_VNI);
  const byId = new Map(networks.map((network) => [network.id, network]));
  for (const conflict of conflicts) {
    build.problems.refuse(byId.get(conflict.id)?.path ?? [], [vniInUse(conflict.wanted ?? 0)]);
  }
  return networks.map((network) => ({
    id: network.id,
    name: network.file.name ?? network.name,
    project_id: network.projectId,
    admin_state_up: network.file.admin_state_up ?? true,
    mtu: network.file.mtu ?? maxMtu(build.config),
    'router:external': network.file['router:external'] ?? false,
    port_security_enabled: network.file.port_security_enabled ?? true,
    'provider:network_type': 'vxlan',
    'provider:segmentation_id': numbers.get(network.id) ?? 0,
  }));
}

function checkMtu(network: NetworkDraft, build: BuildContext): void {
  const { mtu } = network.file;
  if (mtu === undefined) return;
  const hasIpv6 = network.subnets.some((subnet) => subnet.cidr.version === 6);
  build.problems.refuse(network.path, mtuViolations(mtu, build.config, network.ref, hasIpv6));
}

function checkOverlap(network: NetworkDraft, build: BuildContext): void {
  for (const { path, cidr } of network.subnets) {
    build.problems.refuse(path, cidrViolations(cidr, network.ref, []));
  }
  for (const [earlier, later] of overlappingPairs(network.subnets, (subnet) => subnet.cidr)) {
    const remedy = `It overlaps with ${earlier.ref}: take a range of its own, or put the subnet into another network.`;
    const at = [...later.path, 'cidr'];
    const overlap = { ...overlapViolation(later.cidr, network.ref), remedy };
    build.problems.refuseAt(at, overlap, 'value', [{ change: 'renumber', path: at }]);
  }
}
