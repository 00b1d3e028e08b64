/** The pings of the demo: between the tenants' networks and to the world, through the router. */
import type { RunningLab } from '../lab/running-lab.js';
import { indexLab } from '../model/lab-queries.js';
import { instanceNamespace } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import { LabError } from '../model/errors.js';

export interface DemoPing {
  readonly from: string;
  readonly to: string;
  readonly address: string;
}

export interface DemoPingResult extends DemoPing {
  /** The command as it was run in the instance. */
  readonly command: string;
  readonly received: number;
  /** Milliseconds, as ping itself tells; null where nothing came back. */
  readonly average: number | null;
}

const COUNT = 3;

/** From the first instance to the next one on another network, and to the gateway of the external network. */
export function demoPings(lab: Lab): DemoPing[] {
  const index = indexLab(lab);
  const [first, ...others] = lab.instances;
  if (first === undefined) return [];
  const portOf = (id: string | undefined) => index.ports.get(id ?? '');
  const network = portOf(first.ports[0])?.network_id;
  const peer = others.find(({ ports }) => portOf(ports[0])?.network_id !== network);
  const peerAddress = portOf(peer?.ports[0])?.fixed_ips[0]?.ip_address;
  const outside = lab.subnets.find(({ network_id }) => index.networks.get(network_id)?.['router:external'] === true);
  return [
    ...(peer && peerAddress !== undefined ? [{ from: first.name, to: peer.name, address: peerAddress }] : []),
    ...(outside?.gateway_ip ? [{ from: first.name, to: 'outside', address: outside.gateway_ip }] : []),
  ];
}

/** @throws LabError when nothing came back */
export async function runDemoPing(running: RunningLab, lab: Lab, ping: DemoPing): Promise<DemoPingResult> {
  const instance = lab.instances.find(({ name }) => name === ping.from);
  const argv = ['ping', '-c', String(COUNT), '-i', '0.2', '-W', '2', ping.address];
  const session = await running.session(instance?.node ?? '');
  const { stdout } = await session.run(instanceNamespace(ping.from), argv, { timeoutMs: 15_000 });
  const received = Number(/(\d+) (?:packets )?received/.exec(stdout)?.[1] ?? '0');
  const average = /= [\d.]+\/([\d.]+)\//.exec(stdout)?.[1];
  if (received === 0) {
    throw new LabError(
      'PingUnanswered',
      `${ping.from} does not reach ${ping.to} (${ping.address}).`,
      'See `neutron-lab status`; `neutron-lab heal` mends what is broken.',
    );
  }
  return { ...ping, command: argv.join(' '), received, average: average === undefined ? null : Number(average) };
}
