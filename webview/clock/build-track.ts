/** Makes the lanes of the clock of the events of a timeline, as they come in. Times become seconds. */
import type { TimelineEvent } from '../../src/experiment/timeline/event.js';
import { UNWATCHED } from '../../src/experiment/timeline/state.js';
import type { TimelineHeader } from '../../src/experiment/timeline/timeline.js';
import type { Hue, Picture } from '../../src/picture/picture.js';
import type { PackedPackets } from '../../src/picture/packed.js';
import { brokenOf } from './broken.js';
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
  /** Of each node. */
  private readonly deaths = new Map<string, number[]>();
  /** Of each router, with priority 0. */
  private readonly farewells = new Map<string, number[]>();
  private readonly unwatched: number[] = [];
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
    const probes = this.probeLanes();
    const lanes: Lane[] = [...this.roleLanes(), ...this.holderLanes(picture), ...probes];
    const { start, end, deaths, farewells, unwatched } = this;
    const { routers } = this.header;
    const outages = probes.flatMap((lane) => lane.outages);
    const roles = [...this.roles.values()];
    const found = brokenOf(this.faults, { routers, roles, deaths, farewells, unwatched, outages, end });
    const broken: Broken | null = found.broken && { ...found.broken, lastAdvert: this.lastAdvertBefore(found.broken) };
    const theory: Theory | null = broken === null ? null : theoryOf(broken);
    return { start, end, lanes, faults: found.faults, theory, broken };
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
    push(this.deaths, node, at);
  }

  private takeRole({ router, node, role, remark, t }: Event<'role'>): void {
    if (remark === UNWATCHED) this.unwatched.push(t / 1000);
    const key = `${router} ${node}`;
    const lane = this.roles.get(key) ?? { router, node, spans: [] };
    this.roles.set(key, lane);
    const last = lane.spans.at(-1);
    if (last?.word === role && last.to === null) return;
    if (last) last.to = t / 1000;
    lane.spans.push({ from: t / 1000, to: null, tone: TONES[role], word: role });
  }

  private takeAdvert({ router, node, direction, priority, t }: Event<'advert'>): void {
    const key = `${router} ${node}`;
    if (priority > 0) push(direction === 'out' ? this.adverts : this.heard, key, t / 1000);
    else push(this.farewells, router, t / 1000);
  }

  /**
   * As the others heard it: a node that dies tells nothing of its last moments. Asked for late, because one knows late when
   * it died, too.
   */
  private lastAdvertBefore({ router, node, at }: Pick<Broken, 'router' | 'node' | 'at'>): number | null {
    const heard = [...this.heard].filter(([key]) => key.startsWith(`${router} `) && key !== `${router} ${node}`);
    const own = this.adverts.get(`${router} ${node}`) ?? [];
    const times = (heard.length > 0 ? heard.flatMap(([, all]) => all) : own).filter((one) => one <= at);
    return times.length > 0 ? times.reduce((one, other) => Math.max(one, other)) : null;
  }

  private takeHolder({ router, address, node, action, source, t }: Event<'holder'>): void {
    const key = `${router} ${address.split('/')[0] ?? ''}`;
    const holding = this.held.get(key) ?? { nodes: new Set<string>(), spans: [] };
    this.held.set(key, holding);
    changeHolding(holding, t / 1000, node, action === 'add');
    const last = holding.spans.at(-1);
    // No kernel has told it: nobody watched from then on.
    if (last?.tone === 'nobody' && source === 'tool') last.tone = 'unknown';
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
    this.faults.push({ at: t / 1000, fault, node, more: what, healed: action === 'healed' });
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

  /** In the order in which they were begun, not in that of their first answers. */
  private probeLanes(): ProbeLane[] {
    const begun = new Map(this.header.probes.map(({ id, name }, nth) => [id, { name, nth }]));
    const placeOf = (id: string): number => begun.get(id)?.nth ?? begun.size;
    return [...this.probes]
      .sort(([one], [other]) => placeOf(one) - placeOf(other))
      .map(([id, { samples, outages }]): ProbeLane => {
        const name = begun.get(id)?.name ?? id;
        return { kind: 'probe', key: `probe ${id}`, id, name, samples, outages };
      });
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
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
