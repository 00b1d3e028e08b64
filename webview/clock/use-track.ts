/** The timeline as the page has it, made into lanes. */
import { useSyncExternalStore } from 'react';
import type { TimelineEvent } from '../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../src/experiment/timeline/timeline.js';
import type { TimelinePart } from '../../src/picture/messages.js';
import { store } from '../store.js';
import { TrackBuilder } from './build-track.js';
import type { Track } from './track.js';

interface Heard {
  readonly track: Track | null;
  /** Of what a state is made. */
  readonly changes: readonly TimelineEvent[];
  readonly header: TimelineHeader | null;
  readonly live: boolean;
  readonly probing: readonly string[];
  /** The nodes' clock, seconds, when it was told. */
  readonly now: number;
}

const NOTHING: Heard = { track: null, changes: [], header: null, live: false, probing: [], now: 0 };

/** What is drawn of the past of a picture; the many others are of the clock only. */
const CHANGES: ReadonlySet<TimelineEvent['kind']> = new Set(['role', 'holder', 'node', 'link', 'process', 'fault']);

/** Milliseconds between two drawings of the clock while much happens. */
const PACE = 120;

class Timelines {
  private heard = NOTHING;
  private builder: TrackBuilder | null = null;
  private id = -1;
  private count = 0;
  private changes: TimelineEvent[] = [];
  private last: Pick<TimelinePart, 'header' | 'now' | 'probing'> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly adverts = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  get now(): Heard {
    return this.heard;
  }

  /** When a node last sent an advertisement, milliseconds; 0: it has sent none. */
  lastAdvert(node: string): number {
    return this.adverts.get(node) ?? 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** @returns false where a part is missing */
  take({ id, header, nth, events, packets, now, probing }: TimelinePart): boolean {
    if (nth === 0) {
      this.builder = new TrackBuilder(header);
      this.id = id;
      this.count = 0;
      this.changes = [];
    }
    if (id !== this.id || nth !== this.count || this.builder === null) return false;
    this.count += 1;
    this.builder.retitle(header);
    this.builder.addPackets(packets);
    this.builder.add(events);
    for (const event of events)
      if (event.kind === 'advert' && event.direction === 'out') this.adverts.set(event.node, event.t);
    const changes = events.filter(({ kind }) => CHANGES.has(kind));
    // Nodes tell a little out of order, and of a fault one knows late when it began.
    if (changes.length > 0) this.changes = [...this.changes, ...changes].sort((one, other) => one.t - other.t);
    this.last = { header, now, probing };
    if (nth === 0) this.tell();
    else
      this.timer ??= setTimeout(() => {
        this.tell();
      }, PACE);
    return true;
  }

  /** What comes meanwhile is drawn with the rest: the picture, which shows the roles, does not wait for the clock. */
  private tell(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.builder === null || this.last === null) return;
    const { header, now, probing } = this.last;
    const track = this.builder.track(store.now.snapshot?.picture ?? null);
    const time = now === null ? track.end : now / 1000;
    this.heard = { track, changes: this.changes, header, live: now !== null, probing, now: time };
    for (const listener of this.listeners) listener();
  }
}

export const timelines = new Timelines();

export function useTrack(): Heard {
  return useSyncExternalStore(timelines.subscribe, () => timelines.now);
}
