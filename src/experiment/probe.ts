/** A ping that goes on while something is broken, and what it tells about the outage. */
import type { ProbeEvent } from '../lab/node-events.js';
import type { RunningLab } from '../lab/running-lab.js';
import { indexLab, type LabIndex } from '../model/lab-queries.js';
import { OUTSIDE, instanceNamespace, portDevice, qdhcpNamespace } from '../model/names.js';
import type { Lab, Router } from '../model/resources.js';
import type { Outage, ProbeResult } from './failover-report.js';

export interface ProbePlace {
  readonly name: string;
  readonly node: string;
  readonly namespace: string;
  readonly destination: string;
}

interface Request {
  readonly sent: number;
  /** When it was answered; null when nobody did. */
  answered: number | null;
}

/** What one probe saw, request by request. Times are the node's monotonic clock, in seconds. */
export class ProbeRecord {
  private readonly requests = new Map<number, Request>();
  private duplicates = 0;

  constructor(readonly place: ProbePlace) {}

  add(event: ProbeEvent): void {
    if (event.type === 'done' || event.type === 'broken') return;
    if (event.type === 'lost') {
      if (!this.requests.has(event.seq)) this.requests.set(event.seq, { sent: event.sent, answered: null });
      return;
    }
    if (event.dup === true) this.duplicates += 1;
    const request = this.requests.get(event.seq);
    if (request) request.answered ??= event.t;
    else this.requests.set(event.seq, { sent: event.sent, answered: event.t });
  }

  /** True when a request that was sent after `time` has been answered. */
  answeredSince(time: number): boolean {
    for (const request of this.requests.values()) {
      if (request.sent > time && request.answered !== null) return true;
    }
    return false;
  }

  /** The end of the last answered request that was sent after the first lost one after `time`; null while lost. */
  result(faultAt: number): ProbeResult {
    const ordered = [...this.requests.values()].sort((one, other) => one.sent - other.sent);
    const outages: Outage[] = [];
    let begin: Request | null = null;
    let lost = 0;
    for (const request of ordered) {
      if (request.answered === null) {
        begin ??= request;
        lost += 1;
      } else if (begin) {
        outages.push({ begins_s: begin.sent - faultAt, length_s: request.answered - begin.sent, lost });
        begin = null;
        lost = 0;
      }
    }
    const last = ordered.at(-1);
    if (begin && last) outages.push({ begins_s: begin.sent - faultAt, length_s: last.sent - begin.sent, lost });
    const received = ordered.filter((request) => request.answered !== null).length;
    return {
      name: this.place.name,
      sent: ordered.length,
      received,
      lost: ordered.length - received,
      duplicates: this.duplicates,
      outage_s: Math.max(0, ...outages.map((outage) => outage.length_s)),
      outages,
    };
  }
}

export interface RunningProbe {
  readonly record: ProbeRecord;
  stop(): Promise<void>;
}

export async function startProbe(
  running: RunningLab,
  place: ProbePlace,
  intervalMs: number,
  onEvent: (event: ProbeEvent) => void = () => undefined,
): Promise<RunningProbe> {
  const record = new ProbeRecord(place);
  const session = await running.session(place.node);
  const { namespace, destination } = place;
  const subscription = await session.probe({ kind: 'ping', namespace, destination, intervalMs }, (event) => {
    record.add(event);
    onEvent(event);
  });
  return {
    record,
    stop: async () => {
      await subscription.stop();
    },
  };
}

interface Host {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly network: string;
}

function hostsBehind(index: LabIndex, router: Router): Host[] {
  const networks = new Set(index.interfacePorts(router.id).map((port) => port.network_id));
  return index.lab.instances.flatMap((instance) => {
    const port = instance.ports.flatMap((id) => index.ports.get(id) ?? []).find((one) => networks.has(one.network_id));
    const address = port?.fixed_ips.find((ip) => ip.ip_address.includes('.'))?.ip_address;
    return port && address !== undefined
      ? [{ name: instance.name, node: instance.node, address, network: port.network_id }]
      : [];
  });
}

/** From a DHCP namespace to the router's address on its network: what is left where there are no instances. */
function gatewayProbes(index: LabIndex, router: Router): ProbePlace[] {
  return index.interfacePorts(router.id).flatMap((port) => {
    const address = port.fixed_ips.find((ip) => ip.ip_address.includes('.'))?.ip_address;
    const dhcp = index.dhcpPorts(port.network_id)[0];
    const network = index.networks.get(port.network_id);
    if (address === undefined || !dhcp || !network) return [];
    return [
      {
        name: `${portDevice('ns-', dhcp.id)} of ${network.name} → ${address}`,
        node: dhcp['binding:host_id'],
        namespace: qdhcpNamespace(port.network_id),
        destination: address,
      },
    ];
  });
}

/**
 * The probes that cross a router: between instances of two of its networks, to the outside and from the outside to a
 * floating IP, as far as the lab has them.
 * @param avoid a node that is going to be broken: a probe that starts there would tell nothing
 */
export function probesThrough(lab: Lab, router: Router, avoid: readonly string[]): ProbePlace[] {
  const index = indexLab(lab);
  const usable = hostsBehind(index, router).filter(({ node }) => !avoid.includes(node));
  const [first] = usable;
  const probes: ProbePlace[] = [];
  const other = usable.find((host) => host.network !== first?.network);
  if (first && other) {
    probes.push({
      name: `${first.name} → ${other.name} (${other.address})`,
      node: first.node,
      namespace: instanceNamespace(first.name),
      destination: other.address,
    });
  }
  const gateway = router.external_gateway_info;
  const outsideAddress = gateway
    ? index.subnetsOfNetwork(gateway.network_id).find((subnet) => subnet.ip_version === 4)?.gateway_ip
    : null;
  if (first && gateway?.enable_snat === true && outsideAddress) {
    probes.push({
      name: `${first.name} → outside (${outsideAddress})`,
      node: first.node,
      namespace: instanceNamespace(first.name),
      destination: outsideAddress,
    });
  }
  const floating = index.floatingIpsOfRouter(router.id).find((ip) => {
    const host = usable.find(({ address }) => address === ip.fixed_ip_address);
    return host !== undefined;
  });
  if (floating && index.nodes.has(OUTSIDE)) {
    probes.push({
      name: `outside → floating IP ${floating.floating_ip_address}`,
      node: OUTSIDE,
      namespace: '',
      destination: floating.floating_ip_address,
    });
  }
  if (probes.length > 0) return probes;
  return gatewayProbes(index, router).filter(({ node }) => !avoid.includes(node));
}
