/** What was recorded of a lab, for whoever draws it: the one value behind the command line, the HTML and the editor. */
import { z } from 'zod';
import type { EventKind, EventOf, TimelineEvent } from './event.js';

export const timelineHeader = z.object({
  /** Of this format. */
  timeline: z.literal(1),
  lab: z.string(),
  title: z.string(),
  nodes: z.array(z.string()),
  routers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      ha: z.boolean(),
      vrid: z.number().nullable(),
      /** The nodes with a replica. */
      nodes: z.array(z.string()),
      /** Seconds between two advertisements. */
      advertInt: z.number(),
      priority: z.number(),
    }),
  ),
  probes: z.array(
    z.object({
      id: z.string(),
      /** `web1 → db1 (192.168.20.31)`. */
      name: z.string(),
      kind: z.enum(['ping', 'tcp', 'http', 'dhcp']),
      node: z.string(),
      /** Milliseconds between two requests. */
      interval: z.number(),
    }),
  ),
  /** The wall clock and the events' clock at one moment, both in milliseconds; the wall clock since 1970. */
  clock: z.object({ wall: z.number(), t: z.number() }),
});

export type TimelineHeader = z.infer<typeof timelineHeader>;
export type TimelineRouter = TimelineHeader['routers'][number];
export type TimelineProbe = TimelineHeader['probes'][number];

export interface Timeline {
  readonly header: TimelineHeader;
  /** In the order of `t`. */
  readonly events: readonly TimelineEvent[];
}

/** In the order of their time; those of one moment stay as they were recorded. */
export function inOrder(events: readonly TimelineEvent[]): TimelineEvent[] {
  return [...events].sort((one, other) => one.t - other.t);
}

export function ofKind<K extends EventKind>(events: readonly TimelineEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** The first and the last moment, in milliseconds; both that of the header where nothing happened. */
export function extentOf({ header, events }: Timeline): { readonly from: number; readonly to: number } {
  const times = events.flatMap((event) => (event.kind === 'probe' ? [event.sent, event.t] : [event.t]));
  const clock = header.clock.t;
  return {
    from: times.reduce((least, t) => Math.min(least, t), times[0] ?? clock),
    to: times.reduce((most, t) => Math.max(most, t), times[0] ?? clock),
  };
}

/** The part from `from` up to, but not including, `to`; a player that runs asks for one part after another. */
export function eventsBetween({ events }: Timeline, from: number, to: number): readonly TimelineEvent[] {
  return events.slice(firstFrom(events, from), firstFrom(events, to));
}

/** The index of the first event that is not before `t`. */
function firstFrom(events: readonly TimelineEvent[], t: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.t ?? Infinity) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Milliseconds since 1970 of a moment of the timeline. */
export function wallClock({ clock }: TimelineHeader, t: number): number {
  return clock.wall + (t - clock.t);
}
