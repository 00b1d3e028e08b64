/** Takes down what happens. Events are added and nothing else is ever done to them. */
import type { TimelineEvent } from './event.js';
import { PacketLog, type ProbePackets, eventsOf } from './packet-log.js';
import { type Timeline, type TimelineHeader, type TimelineProbe, inOrder } from './timeline.js';

/** Events that change nothing that lasts. */
const FLEETING: ReadonlySet<TimelineEvent['kind']> = new Set(['advert', 'announcement', 'probe']);

export class TimelineRecorder {
  private events: TimelineEvent[] = [];
  private readonly log = new PacketLog();
  private readonly probes: TimelineProbe[] = [];
  private readonly listeners = new Set<(event: TimelineEvent) => void>();

  constructor(private head: Omit<TimelineHeader, 'probes'>) {}

  add(event: TimelineEvent): void {
    // Microseconds are what the nodes tell; more digits would only be longer.
    const rounded = { ...event, t: Math.round(event.t * 1000) / 1000 };
    if (!this.log.add(rounded)) this.events.push(rounded);
    for (const listener of this.listeners) listener(rounded);
  }

  /** A probe is told before its first event; one that is told again stays as it was. */
  addProbe(probe: TimelineProbe): void {
    if (!this.probes.some(({ id }) => id === probe.id)) this.probes.push(probe);
  }

  /** The lab has become another one: routers or nodes came or went. What was recorded of it stays, and so does its clock. */
  describe({ nodes, routers }: Pick<TimelineHeader, 'nodes' | 'routers'>): void {
    this.head = { ...this.head, nodes, routers };
  }

  /** @returns ends it */
  listen(listener: (event: TimelineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get header(): TimelineHeader {
    return { ...this.head, probes: [...this.probes] };
  }

  /** What was recorded up to now, with the packets of probes apart: as it is kept. */
  get kept(): { readonly events: readonly TimelineEvent[]; readonly packets: readonly ProbePackets[] } {
    return { events: this.events, packets: this.log.packets };
  }

  /** Of what is more than `most`, the older half goes: for who records without an end. @returns Whether there was */
  forgetBeyond(most: number): boolean {
    if (this.log.length + this.events.length <= most) return false;
    this.log.forgetHalf();
    // What is so stays told: roles, holders and faults are few, and the picture of the past is made of them.
    const old = this.events.length >> 1;
    this.events = this.events.filter(({ kind }, nth) => nth >= old || !FLEETING.has(kind));
    return true;
  }

  /** What was recorded up to now. Events of several nodes arrive a little out of order; here they are in theirs. */
  timeline(): Timeline {
    return { header: this.header, events: inOrder([...this.log.packets.flatMap(eventsOf), ...this.events]) };
  }
}
