/** What a running lab is like at one moment, from what its nodes say. Pure but for `readStatus`. */
import type { ContainerState } from '../docker/runtime.js';
import { indexLab, type LabIndex } from '../model/lab-queries.js';
import { instanceNamespace, qdhcpNamespace, qrouterNamespace } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import { needsDhcp } from '../neutron/dhcp/served-network.js';
import { attainableAddresses } from '../neutron/instance/attainable.js';
import type { ObservedDocument } from '../reconcile/observed-document.js';
import { type ReadMark, readMarks } from './break/fault-mark.js';
import { type ReplicaPlace, type Role, observedFacts, replicaPlaces, roleOf, toldRole } from './replica.js';
import { silenceOf } from './silence.js';
import { NodeUnreachable } from './node/node-session.js';
import type { RunningLab } from './running-lab.js';

export interface NodeStatus {
  readonly name: string;
  readonly state: ContainerState | 'missing';
  readonly address: string | null;
  readonly agents: readonly string[];
  /** Names of the marks; those that somebody is to find are left out. */
  readonly faults: readonly string[];
}

export interface ReplicaStatus {
  readonly node: string;
  readonly role: Role;
  readonly remark: string | null;
  /** On its own HA interface. */
  readonly ha_address: string;
}

export interface UnseenPlace {
  readonly node: string;
  readonly remark: string;
}

export interface RouterStatus {
  readonly id: string;
  readonly name: string;
  readonly ha: boolean;
  readonly admin_state_up: boolean;
  readonly vrid: number | null;
  /** Empty for a legacy router. */
  readonly replicas: readonly ReplicaStatus[];
  /** Where a legacy router is, or where the MASTER of an HA router is; null when it is nowhere. */
  readonly active_on: readonly string[];
  /** The nodes of a legacy router that cannot be asked whether it is there, and why; those of an HA router are its replicas. */
  readonly unseen_on: readonly UnseenPlace[];
  /** The addresses that are up on its qr- and qg- interfaces, by node. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}

export interface NetworkStatus {
  readonly id: string;
  readonly name: string;
  readonly external: boolean;
  readonly vni: number;
  readonly cidrs: readonly string[];
  readonly dhcp: readonly { readonly node: string; readonly running: boolean }[];
}

export interface InstanceStatus {
  readonly name: string;
  readonly node: string;
  /** What it has, and what its ports were given. */
  readonly addresses: readonly string[];
  readonly fixed_ips: readonly string[];
  readonly floating_ips: readonly string[];
  /** It has every address that it can have: nobody may advertise the prefix of one that its port was given. */
  readonly ready: boolean;
}

export interface LabStatus {
  readonly lab: string;
  /** A fault is somewhere, and somebody is to find it: until then replicas are as Neutron's server is told of them. */
  readonly hidden_fault: boolean;
  readonly nodes: readonly NodeStatus[];
  readonly networks: readonly NetworkStatus[];
  readonly routers: readonly RouterStatus[];
  readonly instances: readonly InstanceStatus[];
}

export interface NodeReading {
  readonly state: ContainerState | 'missing';
  readonly address: string | null;
  readonly document: ObservedDocument | null;
}

export type Readings = ReadonlyMap<string, NodeReading>;

/** Asks every node that can answer, or those that are named, all at once. */
export async function readNodes(running: RunningLab, only?: readonly string[]): Promise<Readings> {
  const containers = running.containers.filter(({ node }) => only === undefined || only.includes(node));
  const readings = await Promise.all(
    containers.map(async (container): Promise<[string, NodeReading]> => {
      const { node, state, address } = container;
      if (state !== 'running') return [node, { state, address, document: null }];
      try {
        return [node, { state, address, document: await (await running.session(node)).observe() }];
      } catch (error) {
        if (!(error instanceof NodeUnreachable)) throw error;
        return [node, { state: 'exited', address, document: null }];
      }
    }),
  );
  return new Map(readings);
}

function addressesIn(document: ObservedDocument | null, namespace: string, devices: RegExp): string[] {
  return (document?.namespaces[namespace]?.addr ?? [])
    .filter((link) => devices.test(link.ifname ?? ''))
    .flatMap((link) => link.addr_info ?? [])
    .filter((info) => info.scope === 'global' && info.local !== undefined)
    .map((info) => `${info.local ?? ''}/${String(info.prefixlen ?? '')}`);
}

function routerStatuses(index: LabIndex, readings: Readings, hidden: boolean): RouterStatus[] {
  const replicas = new Map<string, ReplicaPlace[]>();
  for (const place of replicaPlaces(index)) {
    replicas.set(place.router.id, [...(replicas.get(place.router.id) ?? []), place]);
  }
  return index.lab.routers.map((router) => {
    const nodes = index.lab.router_l3_agents[router.id] ?? [];
    const namespace = qrouterNamespace(router.id);
    const places = replicas.get(router.id) ?? [];
    const statuses = places.map((place): ReplicaStatus => {
      const reading = readings.get(place.node);
      const state = reading === undefined || reading.state === 'missing' ? 'exited' : reading.state;
      const facts = observedFacts(place, state, reading?.document ?? null);
      const { role, remark } = hidden && state === 'running' ? toldRole(facts) : roleOf(facts);
      return { node: place.node, role, remark, ha_address: place.haAddress };
    });
    const present = nodes.filter((node) => readings.get(node)?.document?.namespaces[namespace] !== undefined);
    const active = router.ha ? statuses.filter(({ role }) => role === 'MASTER').map(({ node }) => node) : present;
    const addresses = present.map((node): [string, string[]] => [
      node,
      addressesIn(readings.get(node)?.document ?? null, namespace, /^q[rg]-/),
    ]);
    return {
      id: router.id,
      name: router.name,
      ha: router.ha,
      admin_state_up: router.admin_state_up,
      vrid: index.lab.ha_vr_ids[router.id] ?? null,
      replicas: statuses,
      active_on: active,
      unseen_on: router.ha ? [] : unseenOn(nodes, readings),
      addresses: Object.fromEntries(addresses.filter(([, list]) => list.length > 0)),
    };
  });
}

function unseenOn(nodes: readonly string[], readings: Readings): UnseenPlace[] {
  return nodes.flatMap((node) => {
    const remark = silenceOf(readings.get(node)?.state ?? 'missing');
    return remark === null ? [] : [{ node, remark }];
  });
}

/** @param hidden A fault is to be found: Neutron's server knows of an agent whether it lives, and not of its children */
function networkStatuses(index: LabIndex, readings: Readings, hidden: boolean): NetworkStatus[] {
  return index.lab.networks.map((network) => ({
    id: network.id,
    name: network.name,
    external: network['router:external'],
    vni: network['provider:segmentation_id'],
    cidrs: index.subnetsOfNetwork(network.id).map((subnet) => subnet.cidr),
    // An agent may be given a network that needs no DHCP server, and then starts none.
    dhcp: (needsDhcp(network, index.subnetsOfNetwork(network.id))
      ? (index.lab.network_dhcp_agents[network.id] ?? [])
      : []
    ).map((node) => ({
      node,
      running:
        (hidden && readings.get(node)?.state === 'running') ||
        (readings.get(node)?.document?.processes ?? []).some(
          (process) => process.namespace === qdhcpNamespace(network.id) && process.pidFile.endsWith('/pid'),
        ),
    })),
  }));
}

function instanceStatuses(index: LabIndex, readings: Readings): InstanceStatus[] {
  return index.lab.instances.map((instance) => {
    const ports = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
    const fixed = ports.flatMap((port) => port.fixed_ips.map((ip) => ip.ip_address));
    const addresses = addressesIn(
      readings.get(instance.node)?.document ?? null,
      instanceNamespace(instance.name),
      /^eth/,
    );
    const have = new Set(addresses.map((address) => address.split('/')[0]));
    const floating = index.lab.floatingips.filter((ip) => ip.port_id !== null && instance.ports.includes(ip.port_id));
    return {
      name: instance.name,
      node: instance.node,
      addresses,
      fixed_ips: fixed,
      floating_ips: floating.map((ip) => ip.floating_ip_address),
      ready: attainableAddresses(instance, index).every((one) => one.some((ip) => have.has(ip))),
    };
  });
}

/** Whether one of the nodes has a fault that somebody is to find. */
export function hasHiddenFault(readings: Readings): boolean {
  return hiddenMarks(readings).length > 0;
}

export function hiddenMarks(readings: Readings): ReadMark[] {
  const all = [...readings.values()].flatMap(({ document }) => readMarks(document?.faults ?? []));
  return all.filter(({ hidden }) => hidden);
}

export function statusOf(lab: Lab, readings: Readings): LabStatus {
  const index = indexLab(lab);
  const hidden = hasHiddenFault(readings);
  return {
    lab: lab.name,
    hidden_fault: hidden,
    nodes: lab.nodes.map((node) => {
      const reading = readings.get(node.name);
      return {
        name: node.name,
        state: reading?.state ?? 'missing',
        address: reading?.address ?? null,
        agents: node.agents,
        faults: readMarks(reading?.document?.faults ?? []).flatMap((one) => (one.hidden ? [] : [one.name])),
      };
    }),
    networks: networkStatuses(index, readings, hidden),
    routers: routerStatuses(index, readings, hidden),
    instances: instanceStatuses(index, readings),
  };
}
