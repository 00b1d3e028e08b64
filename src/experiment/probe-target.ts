/** What a probe of a scenario is in a lab: from where, to where, and what the nodes have to be asked. Pure. */
import { LabError } from '../model/errors.js';
import { type LabIndex, indexLab } from '../model/lab-queries.js';
import { OUTSIDE, instanceNamespace } from '../model/names.js';
import type { Instance, Lab, Port } from '../model/resources.js';
import type { ProbeWord, ScenarioProbe } from '../model/scenario.js';
import { tryParseAddress } from '../model/addresses.js';
import type { ProbeRequest } from '../lab/node/probe-request.js';
import type { ProbePlace } from './probe-places.js';

/** Where `echo` listens while a TCP connection is probed: the port that RFC 862 has, of those that nobody reserved. */
const ECHO_PORT = 7007;
const HTTP_PORT = 80;

export interface ProbeTarget {
  readonly id: string;
  /** `tcp web1 → db1 (192.168.20.31)`. */
  readonly name: string;
  readonly kind: ProbeWord;
  readonly node: string;
  readonly request: ProbeRequest;
  /** Where `echo` has to listen; null where nobody has to. */
  readonly echo: { readonly node: string; readonly namespace: string; readonly port: number } | null;
}

/** A ping that was found by itself. */
export function pingTarget(place: ProbePlace, number: number, intervalMs: number): ProbeTarget {
  const { name, node, namespace, destination } = place;
  const request: ProbeRequest = { kind: 'ping', namespace, destination, intervalMs };
  return { id: `ping${String(number)}`, name, kind: 'ping', node, request, echo: null };
}

/** @throws LabError where the lab lacks what the probe needs */
export function targetOf(lab: Lab, probe: ScenarioProbe, number: number): ProbeTarget {
  const index = indexLab(lab);
  const { kind, interval: intervalMs, size } = probe;
  const from = place(index, probe.from);
  const id = `${kind}${String(number)}`;
  if (kind === 'dhcp') return dhcpTarget(index, probe, id);
  const to = destinationOf(index, probe);
  const name = `${kind === 'ping' ? '' : `${kind} `}${probe.from} → ${to.name}`;
  const common = { namespace: from.namespace, destination: to.address, intervalMs };
  switch (kind) {
    case 'ping': {
      const long = size === undefined ? {} : { size };
      const sized = size === undefined ? name : withSize(name, size);
      return { id, name: sized, kind, node: from.node, request: { kind, ...common, ...long }, echo: null };
    }
    case 'http':
      return { id, name, kind, node: from.node, request: { kind, port: HTTP_PORT, ...common }, echo: null };
    case 'tcp': {
      if (to.host === null) throw cannot(probe, 'a TCP connection needs an instance or `outside` at its other end');
      return {
        id,
        name,
        kind,
        node: from.node,
        request: { kind, port: ECHO_PORT, ...common },
        echo: { ...to.host, port: ECHO_PORT },
      };
    }
  }
}

/** `web1 → db1 (192.168.20.31, 1300 bytes)`. */
function withSize(name: string, size: number): string {
  const bytes = `${String(size)} bytes)`;
  return name.endsWith(')') ? `${name.slice(0, -1)}, ${bytes}` : `${name} (${bytes}`;
}

function cannot({ kind, from, to }: ScenarioProbe, why: string): LabError {
  return new LabError(
    'ProbeImpossible',
    `The probe ${kind} from ${from}${to === null ? '' : ` to ${to}`} cannot be: ${why}.`,
    'Change it in `scenario.probes` of the lab file.',
  );
}

interface Host {
  readonly node: string;
  readonly namespace: string;
}

function place(index: LabIndex, name: string): Host {
  if (name === OUTSIDE) return { node: OUTSIDE, namespace: '' };
  const instance = instanceCalled(index, name);
  return { node: instance?.node ?? '', namespace: instanceNamespace(name) };
}

function instanceCalled(index: LabIndex, name: string): Instance | undefined {
  return index.lab.instances.find((one) => one.name === name || one.id === name);
}

function portsOf(index: LabIndex, instance: Instance | undefined): Port[] {
  return (instance?.ports ?? []).flatMap((id) => index.ports.get(id) ?? []);
}

function ipv4Of(port: Port): string | undefined {
  return port.fixed_ips.find(({ ip_address: address }) => address.includes('.'))?.ip_address;
}

interface Destination {
  readonly address: string;
  readonly name: string;
  /** Null for what runs nothing of ours. */
  readonly host: Host | null;
}

function destinationOf(index: LabIndex, probe: ScenarioProbe): Destination {
  const to = probe.to ?? '';
  if (tryParseAddress(to) !== null) return { address: to, name: to, host: hostOf(index, to) };
  if (to === OUTSIDE) {
    const address = outsideAddress(index);
    if (address === null) throw cannot(probe, 'the lab has no external network with a gateway');
    return { address, name: `outside (${address})`, host: { node: OUTSIDE, namespace: '' } };
  }
  const instance = instanceCalled(index, to);
  if (instance) {
    const ports = portsOf(index, instance);
    const floating = index.lab.floatingips.find(({ port_id: id }) => id !== null && instance.ports.includes(id));
    const address =
      probe.from === OUTSIDE && floating
        ? floating.floating_ip_address
        : ports.flatMap((port) => ipv4Of(port) ?? [])[0];
    if (address === undefined) throw cannot(probe, `"${to}" has no IPv4 address`);
    return { address, name: `${to} (${address})`, host: { node: instance.node, namespace: instanceNamespace(to) } };
  }
  const address = routerAddress(index, probe.from, to);
  if (address === null) throw cannot(probe, `the router "${to}" has no address that "${probe.from}" is beside`);
  return { address, name: `${to} (${address})`, host: null };
}

function hostOf(index: LabIndex, address: string): Host | null {
  const floating = index.lab.floatingips.find((one) => one.floating_ip_address === address);
  const instance = index.lab.instances.find((one) =>
    one.ports.some(
      (id) => id === floating?.port_id || index.ports.get(id)?.fixed_ips.some((ip) => ip.ip_address === address),
    ),
  );
  return instance ? { node: instance.node, namespace: instanceNamespace(instance.name) } : null;
}

function outsideAddress(index: LabIndex): string | null {
  for (const network of index.lab.networks.filter((one) => one['router:external'])) {
    const subnet = index.subnetsOfNetwork(network.id).find((one) => one.ip_version === 4 && one.gateway_ip !== null);
    if (subnet) return subnet.gateway_ip;
  }
  return null;
}

function routerAddress(index: LabIndex, from: string, name: string): string | null {
  const router = index.lab.routers.find((one) => one.name === name || one.id === name);
  if (!router) return null;
  const beside =
    from === OUTSIDE
      ? new Set([router.external_gateway_info?.network_id])
      : new Set(portsOf(index, instanceCalled(index, from)).map((port) => port.network_id));
  const port = index.portsOfRouter(router.id).find((one) => beside.has(one.network_id));
  return (port && ipv4Of(port)) ?? null;
}

/** The lease of the first interface that has one. */
function dhcpTarget(index: LabIndex, probe: ScenarioProbe, id: string): ProbeTarget {
  const instance = instanceCalled(index, probe.from);
  for (const [number, port] of portsOf(index, instance).entries()) {
    const address = ipv4Of(port);
    const server = index.dhcpPorts(port.network_id).flatMap((one) => ipv4Of(one) ?? [])[0];
    if (!instance || address === undefined || server === undefined) continue;
    const request: ProbeRequest = {
      kind: 'dhcp',
      namespace: instanceNamespace(instance.name),
      destination: server,
      intervalMs: probe.interval,
      address,
      mac: port.mac_address,
      device: `eth${String(number)}`,
    };
    const name = `dhcp ${instance.name} renews ${address}`;
    return { id, name, kind: 'dhcp', node: instance.node, request, echo: null };
  }
  throw cannot(probe, `"${probe.from}" has no address by DHCP`);
}
