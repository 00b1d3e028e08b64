/**
 * What became of the packets of probes, in as little memory as that takes: an hour of ten probes is 1.8 million of them, which
 * as events would be half a gigabyte, and is 29 MB here.
 */
import type { EventOf, TimelineEvent } from './event.js';

type ProbeEvent = EventOf<'probe'>;

/** Of a packet that nobody answered. */
export const LOST = -1;

/** Milliseconds after which a request that nobody answered is lost, as `startProbes` tells it. */
const PATIENCE = 1000;

/** Packets of one probe, in the order in which they were told. */
export interface ProbePackets {
  readonly probe: string;
  readonly node: string;
  readonly seq: Uint32Array;
  /** Milliseconds of the nodes' clock. */
  readonly sent: Float64Array;
  /** Milliseconds, or LOST. */
  readonly rtt: Float32Array;
}

class Growing {
  private seq = new Uint32Array(1024);
  private sent = new Float64Array(1024);
  private rtt = new Float32Array(1024);
  length = 0;

  constructor(
    readonly probe: string,
    readonly node: string,
  ) {}

  add({ seq, sent, rtt }: ProbeEvent): void {
    const { length } = this;
    if (length === this.sent.length) {
      this.seq = grown(this.seq, new Uint32Array(length * 2));
      this.sent = grown(this.sent, new Float64Array(length * 2));
      this.rtt = grown(this.rtt, new Float32Array(length * 2));
    }
    this.seq[length] = seq;
    this.sent[length] = sent;
    this.rtt[length] = rtt ?? LOST;
    this.length += 1;
  }

  /** Without copying: a view that later packets do not change. */
  get packets(): ProbePackets {
    const { probe, node, length } = this;
    return {
      probe,
      node,
      seq: this.seq.subarray(0, length),
      sent: this.sent.subarray(0, length),
      rtt: this.rtt.subarray(0, length),
    };
  }

  forgetOldest(count: number): void {
    const { seq, sent, rtt } = this.packets;
    this.length -= count;
    this.seq = seq.slice(count);
    this.sent = sent.slice(count);
    this.rtt = rtt.slice(count);
  }
}

function grown<T extends Uint32Array | Float32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

export class PacketLog {
  private readonly probes = new Map<string, Growing>();
  length = 0;

  /** @returns false for what only an event can say: a duplicate, a late answer, an error of the kernel */
  add(event: TimelineEvent): boolean {
    if (event.kind !== 'probe' || event.error !== undefined) return false;
    if (event.outcome !== 'answered' && event.outcome !== 'lost') return false;
    const known = this.probes.get(event.probe) ?? new Growing(event.probe, event.node);
    this.probes.set(event.probe, known);
    known.add(event);
    this.length += 1;
    return true;
  }

  get packets(): readonly ProbePackets[] {
    return [...this.probes.values()].map(({ packets }) => packets);
  }

  /** The older half of each. */
  forgetHalf(): void {
    for (const probe of this.probes.values()) {
      const half = probe.length >> 1;
      probe.forgetOldest(half);
      this.length -= half;
    }
  }
}

/** As the events that they were. */
export function eventsOf({ probe, node, seq, sent, rtt }: ProbePackets): ProbeEvent[] {
  return Array.from(sent, (at, nth): ProbeEvent => {
    const trip = rtt[nth] ?? LOST;
    const base = { kind: 'probe', node, source: 'probe', probe, seq: seq[nth] ?? 0, sent: at } as const;
    if (trip === LOST) return { ...base, t: micro(at + PATIENCE), outcome: 'lost', rtt: null };
    return { ...base, t: micro(at + trip), outcome: 'answered', rtt: micro(trip) };
  });
}

/** Microseconds are what the nodes tell. */
function micro(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
