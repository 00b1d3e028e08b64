/** How long a failover was, and from when its times count. Pure. */
import type { Track, Window } from './track.js';

export interface Measured {
  /** Seconds; null while it lasts. */
  readonly length: number | null;
  /** By the probes where there are any; else by who held the gateway. */
  readonly by: 'probe' | 'holder';
}

/** @returns Null where nothing broke a MASTER */
export function measuredOf({ broken, lanes }: Track): Measured | null {
  if (broken === null) return null;
  const probes = lanes.filter((lane) => lane.kind === 'probe');
  if (probes.length > 0) {
    const outages = probes.flatMap(({ outages: own }) => own.filter(({ from }) => from >= broken.at - 0.5));
    return { length: longest(outages), by: 'probe' };
  }
  const spans = lanes.flatMap((lane) => (lane.kind === 'holder' ? lane.spans : []));
  const holes = spans.filter(({ tone, from }) => tone === 'nobody' && from >= broken.at - 1);
  return { length: longest(holes), by: 'holder' };
}

function longest(spans: readonly { readonly from: number; readonly to: number | null }[]): number | null {
  if (spans.some(({ to }) => to === null)) return null;
  return spans.reduce((most, { from, to }) => Math.max(most, (to ?? from) - from), 0);
}

/** What two runs have in common: the moment of the fault, else their beginning. */
export function meetingPoint({ broken, faults, start }: Track): number {
  return broken?.at ?? faults.find(({ healed }) => !healed)?.at ?? start;
}

/** Both runs whole, on the first one's time. @param shift Seconds from the first one's clock to the other's */
export function bothWhole(one: Track, other: Track, shift: number): Window {
  return { from: Math.min(one.start, other.start - shift), to: Math.max(one.end, other.end - shift) };
}
