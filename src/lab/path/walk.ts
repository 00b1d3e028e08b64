/**
 * Follows a packet through a running lab by asking each place what it would do: `ip route get`, the neighbour table, the bridge's
 * forwarding database, the NAT rules and the connections that are tracked. Nothing is sent.
 */
import { z } from 'zod';
import type { LabIndex } from '../../model/lab-queries.js';
import { bridgeName, vxlanName } from '../../model/names.js';
import { readMarks } from '../break/fault-mark.js';
import { type Readings, hasHiddenFault } from '../status.js';
import type { Hop, Place, WhyItEnds } from './hop.js';
import { dnatOf, snatOf } from './nat.js';
import { holdersOf, interfaceNamed, interfacesOfMac, isUp, networkOfBridge, nodeAt, portBehind } from './sight.js';

/** Runs a command in a namespace of a node and gives what it printed, whatever its code. */
export type Ask = (place: Place, argv: readonly string[]) => Promise<string>;

export interface World {
  readonly index: LabIndex;
  readonly seen: Readings;
  readonly ask: Ask;
}

/** More routers in a row are a loop: each takes one from a time to live. */
const MOST = 16;

const routes = z.array(
  z.looseObject({
    type: z.string().optional(),
    dev: z.string().optional(),
    gateway: z.string().optional(),
    prefsrc: z.string().optional(),
  }),
);
const neighbours = z.array(z.looseObject({ lladdr: z.string().optional(), state: z.array(z.string()).optional() }));
const entries = z.array(
  z.looseObject({ mac: z.string().optional(), ifname: z.string().optional(), dst: z.string().optional() }),
);

interface Packet {
  readonly source: string | null;
  readonly destination: string;
}

/**
 * @returns The last hop says that it arrived, or where it ends and why; while a fault is to be found, of one that does not
 * arrive nothing but that
 */
export async function walkPath(world: World, from: Place, destination: string): Promise<readonly Hop[]> {
  const hops = await walk(world, from, destination);
  if (hops.at(-1)?.kind === 'arrived' || !hasHiddenFault(world.seen)) return hops;
  return [{ ...from, kind: 'ends', why: 'hidden', detail: destination }];
}

async function walk(world: World, from: Place, destination: string): Promise<readonly Hop[]> {
  const hops: Hop[] = [];
  let place = from;
  let entered: string | null = null;
  let packet: Packet = { source: null, destination };
  for (let nth = 0; nth < MOST; nth += 1) {
    const stop = (why: WhyItEnds, detail: string): readonly Hop[] => [...hops, { ...place, kind: 'ends', why, detail }];
    const namespace = world.seen.get(place.node)?.document?.namespaces[place.namespace];
    if (!namespace) return stop('no-namespace', `${place.namespace} on ${place.node}`);
    const rules = namespace.iptables ?? '';
    const dnat = entered === null ? null : dnatOf(rules, packet.destination);
    if (dnat) {
      hops.push({
        ...place,
        kind: 'nat',
        change: 'DNAT',
        before: packet.destination,
        after: dnat.address,
        rule: dnat.rule,
      });
      packet = { ...packet, destination: dnat.address };
    }
    const route = await routeOf(world, place, packet, entered);
    if (route === null) return stop('no-route', packet.destination);
    const { type, dev = '', gateway = null, prefsrc } = route;
    if (type === 'unreachable' || type === 'blackhole' || type === 'prohibit')
      return stop('unreachable', packet.destination);
    if (type === 'local') return [...hops, { ...place, kind: 'arrived', device: dev, address: packet.destination }];
    if (packet.source === null) packet = { ...packet, source: prefsrc ?? null };
    hops.push({ ...place, kind: 'route', device: dev, gateway });
    const snat = packet.source === null || entered === null ? null : snatOf(rules, packet.source, dev);
    if (snat && packet.source !== null && dev.startsWith('qg-')) {
      hops.push({ ...place, kind: 'nat', change: 'SNAT', before: packet.source, after: snat.address, rule: snat.rule });
    }
    if (entered !== null) hops.push(...(await tracked(world, place, packet)));
    const source = snat && dev.startsWith('qg-') ? snat.address : packet.source;
    const crossing = await cross(world, place, dev, gateway ?? packet.destination);
    hops.push(...crossing.hops);
    if (crossing.next === null) return hops;
    place = { node: crossing.next.node, namespace: crossing.next.namespace };
    entered = crossing.next.device;
    packet = { ...packet, source };
  }
  return [...hops, { ...place, kind: 'ends', why: 'loop', detail: String(MOST) }];
}

async function routeOf(world: World, place: Place, packet: Packet, entered: string | null) {
  const from = entered === null || packet.source === null ? [] : ['from', packet.source, 'iif', entered];
  const text = await world.ask(place, ['ip', '-j', 'route', 'get', packet.destination, ...from]);
  return parsed(routes, text)[0] ?? null;
}

async function tracked(world: World, place: Place, { source, destination }: Packet): Promise<Hop[]> {
  if (source === null || source.includes(':')) return [];
  const text = await world.ask(place, ['conntrack', '-L', '-s', source, '-d', destination]);
  const entry = text.split('\n').find((line) => line.includes('src='));
  return entry === undefined ? [] : [{ ...place, kind: 'conntrack', entry: entry.replace(/\s+/g, ' ').trim() }];
}

interface Crossing {
  readonly hops: readonly Hop[];
  readonly next: (Place & { readonly device: string }) | null;
}

/** Through one network, from a device to whoever has an address on it. */
async function cross(world: World, place: Place, device: string, address: string): Promise<Crossing> {
  const { index, seen } = world;
  const hops: Hop[] = [];
  const end = (where: Place, why: WhyItEnds, detail: string): Crossing => ({
    hops: [...hops, { ...where, kind: 'ends', why, detail }],
    next: null,
  });
  const link = interfaceNamed(seen, place.node, place.namespace, device);
  if (link === null || !isUp(link)) return end(place, 'link-down', device);
  const behind = portBehind(index, place.namespace, device);
  const network = behind?.network ?? networkOfBridge(index, device);
  if (network === null) return end(place, 'wrong-place', device);
  const root: Place = { node: place.node, namespace: '' };
  if (behind) hops.push({ ...place, kind: 'veth', device, tap: behind.tap });

  const neighbour = parsed(
    neighbours,
    await world.ask(place, ['ip', '-j', 'neigh', 'show', address, 'dev', device]),
  )[0];
  const holder = holdersOf(seen, address)[0];
  const mac = neighbour?.lladdr ?? holder?.link.address;
  if (mac === undefined) return end(place, 'nobody-has-it', address);

  const bridge = bridgeName(network);
  const known = parsed(entries, await world.ask(root, ['bridge', '-j', 'fdb', 'show', 'br', bridge]));
  const vxlan = vxlanName(index.networks.get(network)?.['provider:segmentation_id'] ?? 0);
  const here = interfacesOfMac(seen, place.node, mac)[0];
  const peer = known.find((entry) => entry.mac === mac && entry.dst !== undefined)?.dst;
  const port = known.find((entry) => entry.mac === mac)?.ifname ?? null;
  hops.push({ ...root, kind: 'bridge', bridge, mac, port });
  if (here && (port === null || port !== vxlan)) {
    return { hops, next: { node: here.node, namespace: here.namespace, device: here.link.ifname ?? '' } };
  }
  const to = peer === undefined ? (holder?.node ?? null) : nodeAt(seen, peer);
  if (to === null) return end(root, 'nobody-has-it', `${address} ${mac}`);
  const underlay = peer ?? seen.get(to)?.address ?? '';
  hops.push({ ...root, kind: 'vxlan', device: vxlan, to, address: underlay });
  const state = seen.get(to)?.state;
  const there: Place = { node: to, namespace: '' };
  if (state !== 'running' && state !== 'paused') return end(there, 'node-down', to);
  if (isCut(seen, place.node, to)) return end(there, 'cut-off', to);
  const target = interfacesOfMac(seen, to, mac)[0];
  if (!target) return end(there, 'wrong-place', mac);
  return { hops, next: { node: to, namespace: target.namespace, device: target.link.ifname ?? '' } };
}

/** By the marks of the faults that were injected on either end, but for those that are to be found. */
function isCut(seen: Readings, one: string, other: string): boolean {
  return [
    [one, other],
    [other, one],
  ].some(([node = '', peer = '']) => {
    const marks = readMarks(seen.get(node)?.document?.faults ?? []).flatMap((one) => (one.hidden ? [] : [one.mark]));
    const address = seen.get(peer)?.address ?? '';
    return marks.some(
      (mark) =>
        (mark.fault === 'link' && mark.namespace === '') ||
        (mark.fault === 'partition' && mark.protocol === 'vxlan' && mark.peers.includes(address)),
    );
  });
}

/** What is no JSON of that shape is an error message: nothing. */
function parsed<T>(schema: z.ZodType<T[]>, text: string): T[] {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '[]' : text);
    const result = schema.safeParse(value);
    return result.success ? result.data : [];
  } catch {
    return [];
  }
}
