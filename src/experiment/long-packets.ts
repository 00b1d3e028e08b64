/** Which probes send packets that are too long for what an MTU was lowered on. Pure. */
import type { Fault, FaultOf } from '../lab/break/fault.js';
import { type LabIndex, indexLab } from '../model/lab-queries.js';
import { OUTSIDE, instanceNamespace, portDevice } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import type { ProbeTarget } from './probe-target.js';
import type { Struck } from './scenario-run.js';

/** Bytes of an IPv4 (RFC 791) or IPv6 (RFC 8200) header, and of ICMP's. */
const HEADERS = { four: 20 + 8, six: 40 + 8 };
/** Bytes that VXLAN puts around a packet: outer IP, UDP and VXLAN headers, and the inner Ethernet's (RFC 7348, 5). */
const VXLAN = 50;

/**
 * Bytes on the interface that a fault narrows, of the longest packet that a probe sends by it and that nobody may fragment;
 * null where there is none, or another fault.
 */
export function longestAt(lab: Lab, fault: Fault, { marks }: Pick<Struck, 'marks'>, targets: readonly ProbeTarget[]) {
  if (fault.kind !== 'mtu') return null;
  const index = indexLab(lab);
  const around = fault.device === 'underlay' ? VXLAN : 0;
  const struck = networksAt(index, fault, marks);
  const lengths = targets.flatMap((target) => {
    const length = lengthOf(target);
    const crossed = networksCrossed(index, target);
    if (length === null || ![...crossed].some((id) => struck?.has(id) ?? true)) return [];
    return [length + around];
  });
  return lengths.length === 0 ? null : Math.max(...lengths);
}

/** Null for the usual pings, which get through anywhere, and for what has no length of its own. */
function lengthOf({ request }: ProbeTarget): number | null {
  if (request.kind !== 'ping' || request.size === undefined) return null;
  return request.size + (request.destination.includes(':') ? HEADERS.six : HEADERS.four);
}

/** Of the interface that was narrowed; null: whatever goes by the node. */
function networksAt(index: LabIndex, fault: FaultOf<'mtu'>, marks: Struck['marks']): ReadonlySet<string> | null {
  if (fault.device === 'underlay') return null;
  // Only advertisements go by it.
  if (fault.device === 'ha' || fault.router === null) return new Set();
  const prefix = `${fault.device}-` as const;
  const devices = marks.filter(({ node }) => node === fault.node).map(({ name }) => name.replace(/^mtu-/, ''));
  const ports = index.portsOfRouter(fault.router).filter(({ id }) => devices.includes(portDevice(prefix, id)));
  return new Set(ports.map((port) => port.network_id));
}

/** The networks that its packets enter a router from, and leave it to; empty where they cross none. */
function networksCrossed(index: LabIndex, { request }: ProbeTarget): ReadonlySet<string> {
  const from = sourceNetworks(index, request.namespace);
  const to = index.lab.ports.filter(
    ({ device_owner: owner, fixed_ips: ips }) =>
      owner !== 'network:floatingip' && ips.some((ip) => ip.ip_address === request.destination),
  );
  // What a router answers itself goes no further, by whichever of its addresses it is called.
  if (to.some((port) => port.device_owner.startsWith('network:') && port.device_owner !== 'network:dhcp')) return from;
  if (to.some((port) => from.has(port.network_id))) return new Set();
  const floating = index.lab.floatingips.find((one) => one.floating_ip_address === request.destination);
  const behind = floating ? index.ports.get(floating.port_id ?? '') : undefined;
  const there = behind ? [behind.network_id] : to.map((port) => port.network_id);
  const beyond = to.length > 0 ? [] : externalNetworks(index);
  return new Set([...from, ...there, ...beyond]);
}

function sourceNetworks(index: LabIndex, namespace: string): ReadonlySet<string> {
  const instance = index.lab.instances.find(({ name }) => instanceNamespace(name) === namespace);
  if (!instance) return new Set(index.nodes.has(OUTSIDE) ? externalNetworks(index) : []);
  return new Set(instance.ports.flatMap((id) => index.ports.get(id)?.network_id ?? []));
}

function externalNetworks(index: LabIndex): string[] {
  return index.lab.networks.filter((network) => network['router:external']).map(({ id }) => id);
}
