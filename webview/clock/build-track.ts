/** Makes the lanes of the clock of the events of a timeline, as they come in. Times become seconds. */
import type { TimelineEvent } from '../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../src/experiment/timeline/timeline.js';
import type { Hue, Picture } from '../../src/picture/picture.js';
import type { PackedPackets } from '../../src/picture/packed.js';
import { ProbeLog } from './probe-log.js';
import { LOST } from './samples.js';
import type { FaultMark, HolderLane, Lane, ProbeLane, RoleLane, Span, Theory, Track } from './track.js';
import { type Broken, theoryOf } from './theory.js';
import { unpack } from './unpack.js';

interface OpenSpan {
  from: number;
  to: number | null;
  tone: Span['tone'];
  word: string;
}

interface Holding {
  readonly nodes: Set<string>;
  readonly spans: OpenSpan[];
}

type Event<K extends TimelineEvent['kind']> = Extract<TimelineEvent, { kind: K }>;

const TONES = { MASTER: 'master', BACKUP: 'backup', FAULT: 'fault', UNKNOWN: 'unknown' } as const;

export class TrackBuilder {
  private readonly roles = new Map<string, { readonly router: string; readonly node: string; spans: OpenSpan[] }>();
  private readonly adverts = new Map<string, number[]>();
  /** By each node, of others. */
  private readonly heard = new Map<string, number[]>();
  private readonly held = new Map<string, Holding>();
  private readonly announced = new Map<string, number[]>();
  private readonly probes = new Map<string, ProbeLog>();
  private readonly faults: FaultMark[] = [];
  /** What theory asks for: who was MASTER when it broke, and since when it was silent. */
  private broken: Broken | null = null;
  private start = Infinity;
  private end = -Infinity;

  constructor(private header: TimelineHeader) {}

  /** Probes are told of when they begin. */
  retitle(header: TimelineHeader): void {
    this.header = header;
  }

  add(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      this.start = Math.min(this.start, event.t / 1000);
      this.end = Math.max(this.end, event.t / 1000);
      this.take(event);
    }
  }

  /** Many packets at once, which come before what is added from now on. */
  addPackets(packets: readonly PackedPackets[]): void {
    for (const packed of packets) {
      const log = this.probeOf(packed.probe);
      const { sent, trips } = unpack(packed);
      log.addAll(sent, trips);
      this.start = Math.min(this.start, log.samples.sent[0] ?? this.start);
      this.end = Math.max(this.end, log.samples.sent.at(-1) ?? this.end);
    }
  }

  track(picture: Picture | null): Track {
    const lanes: Lane[] = [...this.roleLanes(), ...this.holderLanes(picture), ...this.probeLanes()];
    const { start, end, faults } = this;
    const broken = this.broken === null ? null : { ...this.broken, lastAdvert: this.lastAdvertBefore(this.broken) };
    const theory: Theory | null = broken === null ? null : theoryOf(broken);
    return { start, end, lanes, faults, theory, broken };
  }

  private take(event: TimelineEvent): void {
    switch (event.kind) {
      case 'role':
        this.takeRole(event);
        return;
      case 'advert':
        this.takeAdvert(event);
        return;
      case 'announcement':
        push(this.announced, `${event.router} ${event.address}`, event.t / 1000);
        return;
      case 'holder':
        this.takeHolder(event);
        return;
      case 'node':
        if (event.state === 'exited' || event.state === 'dead') this.takeDeath(event.node, event.t / 1000);
        return;
      case 'probe':
        this.takeProbe(event);
        return;
      case 'fault':
        this.takeFault(event);
        return;
      default:
        return;
    }
  }

  private takeDeath(node: string, at: number): void {
    for (const holding of this.held.values()) changeHolding(holding, at, node, false);
    const { broken } = this;
    // An engine takes a moment to kill: what is lost is lost from the death on.
    if (broken?.fault === 'node' && broken.node === node && at > broken.at && at - broken.at < 1)
      this.broken = { ...broken, at };
  }

  private takeRole({ router, node, role, t }: Event<'role'>): void {
    const key = `${router} ${node}`;
    const lane = this.roles.get(key) ?? { router, node, spans: [] };
    this.roles.set(key, lane);
    const last = lane.spans.at(-1);
    if (last?.word === role && last.to === null) return;
    if (last) last.to = t / 1000;
    lane.spans.push({ from: t / 1000, to: null, tone: TONES[role], word: role });
    const { broken } = this;
    if (
      role === 'MASTER' &&
      broken !== null &&
      broken.taken === null &&
      node !== broken.node &&
      broken.router === router
    )
      this.broken = { ...broken, taken: { node, at: t / 1000 } };
  }

  private takeAdvert({ router, node, direction, priority, t }: Event<'advert'>): void {
    if (priority > 0) push(direction === 'out' ? this.adverts : this.heard, `${router} ${node}`, t / 1000);
    const { broken } = this;
    // It took its leave: another timer.
    if (direction === 'out' && priority === 0 && broken?.node === node && t / 1000 - broken.at < 3)
      this.broken = { ...broken, farewell: true };
  }

  /**
   * As the others heard it: a node that dies tells nothing of its last moments. Asked for late, because one knows late when
   * it died, too.
   */
  private lastAdvertBefore({ router, node, at }: Broken): number | null {
    const heard = [...this.heard].filter(([key]) => key.startsWith(`${router} `) && key !== `${router} ${node}`);
    const own = this.adverts.get(`${router} ${node}`) ?? [];
    const times = (heard.length > 0 ? heard.flatMap(([, all]) => all) : own).filter((one) => one <= at);
    return times.length > 0 ? times.reduce((one, other) => Math.max(one, other)) : null;
  }

  private takeHolder({ router, address, node, action, t }: Event<'holder'>): void {
    const key = `${router} ${address.split('/')[0] ?? ''}`;
    const holding = this.held.get(key) ?? { nodes: new Set<string>(), spans: [] };
    this.held.set(key, holding);
    changeHolding(holding, t / 1000, node, action === 'add');
  }

  private takeProbe({ probe, outcome, sent, rtt }: Event<'probe'>): void {
    if (outcome !== 'answered' && outcome !== 'lost') return;
    this.probeOf(probe).add(sent / 1000, outcome === 'lost' ? LOST : (rtt ?? 0) / 1000);
  }

  private probeOf(id: string): ProbeLog {
    const known = this.probes.get(id) ?? new ProbeLog();
    this.probes.set(id, known);
    return known;
  }

  private takeFault({ t, node, action, fault, what }: Event<'fault'>): void {
    const at = t / 1000;
    this.faults.push({ at, fault, node, more: what, healed: action === 'healed' });
    if (action === 'healed') return;
    const lane = [...this.roles.values()].find((one) => one.node === node && wasMaster(one.spans, at - 0.5));
    const router = this.header.routers.find(({ id }) => id === lane?.router);
    if (!lane || !router) return;
    const { advertInt, priority } = router;
    this.broken = {
      fault,
      node,
      router: router.id,
      at,
      lastAdvert: null,
      advertInt,
      priority,
      farewell: false,
      taken: null,
    };
  }

  private roleLanes(): RoleLane[] {
    return this.header.routers.flatMap(({ id, name, nodes }) =>
      nodes.flatMap((node): RoleLane[] => {
        const lane = this.roles.get(`${id} ${node}`);
        if (!lane) return [];
        const adverts = Float64Array.from(this.adverts.get(`${id} ${node}`) ?? []);
        return [{ kind: 'role', key: `role ${id} ${node}`, router: name, node, spans: lane.spans, adverts }];
      }),
    );
  }

  /** Of the gateways of hosts only: the first of each network that has an instance or is external is enough to see it move. */
  private holderLanes(picture: Picture | null): HolderLane[] {
    return this.header.routers.flatMap(({ id, ha }) => {
      if (!ha) return [];
      const own = [...this.held].filter(([key]) => key.startsWith(`${id} `));
      const lanes = own.map(([key, { spans }]): HolderLane => {
        const address = key.slice(id.length + 1);
        const announced = Float64Array.from(this.announced.get(key) ?? []);
        return { kind: 'holder', key: `held ${key}`, address, hue: hueOf(picture, id, address), spans, announced };
      });
      return lanes.filter(({ hue }) => hue !== 'external').slice(0, 4);
    });
  }

  private probeLanes(): ProbeLane[] {
    return [...this.probes].map(([id, { samples, outages }]): ProbeLane => {
      const name = this.header.probes.find((probe) => probe.id === id)?.name ?? id;
      return { kind: 'probe', key: `probe ${id}`, id, name, samples, outages };
    });
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function wasMaster(spans: readonly OpenSpan[], at: number): boolean {
  const last = spans.filter(({ from }) => from <= at).at(-1);
  return last?.tone === 'master';
}

function changeHolding({ nodes, spans }: Holding, at: number, node: string, holds: boolean): void {
  if (nodes.has(node) === holds) return;
  if (holds) nodes.add(node);
  else nodes.delete(node);
  const last = spans.at(-1);
  if (last) last.to = at;
  const tone = nodes.size === 0 ? 'nobody' : nodes.size === 1 ? 'held' : 'two';
  spans.push({ from: at, to: null, tone, word: [...nodes].join(', ') });
}

function hueOf(picture: Picture | null, router: string, address: string): Hue {
  const shape = picture?.routers.find(({ id }) => id === router);
  const plugs = [...(shape?.interfaces ?? []), ...(shape?.gateway ? [shape.gateway] : [])];
  const network = plugs.find(({ addresses }) => addresses.includes(address))?.network;
  return picture?.networks.find(({ id }) => id === network)?.hue ?? 'external';
}
