/** Takes down what happens. Events are added and nothing else is ever done to them. */
import type { TimelineEvent } from './event.js';
import { type Timeline, type TimelineHeader, type TimelineProbe, inOrder } from './timeline.js';

export class TimelineRecorder {
  private readonly events: TimelineEvent[] = [];
  private readonly probes: TimelineProbe[] = [];
  private readonly listeners = new Set<(event: TimelineEvent) => void>();

  constructor(private readonly head: Omit<TimelineHeader, 'probes'>) {}

  add(event: TimelineEvent): void {
    // Microseconds are what the nodes tell; more digits would only be longer.
    const rounded = { ...event, t: Math.round(event.t * 1000) / 1000 };
    this.events.push(rounded);
    for (const listener of this.listeners) listener(rounded);
  }

  /** A probe is told before its first event; one that is told again stays as it was. */
  addProbe(probe: TimelineProbe): void {
    if (!this.probes.some(({ id }) => id === probe.id)) this.probes.push(probe);
  }

  /** @returns ends it */
  listen(listener: (event: TimelineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get header(): TimelineHeader {
    return { ...this.head, probes: [...this.probes] };
  }

  /** What was recorded up to now. Events of several nodes arrive a little out of order; here they are in theirs. */
  timeline(): Timeline {
    return { header: this.header, events: inOrder(this.events) };
  }
}
