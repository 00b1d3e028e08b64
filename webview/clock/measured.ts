/** How long a failover was, and from when its times count. Pure. */
import type { Track, Window } from './track.js';

export interface Measured {
  /** Seconds; null while it lasts. */
  readonly length: number | null;
  /** By the probes where there are any; else by who held the gateway. */
  readonly by: 'probe' | 'holder';
}

/** @returns Null where nothing broke a MASTER */
export function measuredOf({ broken, lanes, end }: Track): Measured | null {
  if (broken === null) return null;
  const probes = lanes.filter((lane) => lane.kind === 'probe');
  if (probes.length > 0) {
    const outages = probes.flatMap(({ outages: own }) => own.filter(isOf(broken.at)));
    // A loss is known a second later: until then nobody can say that there was none.
    if (outages.length === 0 && end < broken.at + KNOWN) return { length: null, by: 'probe' };
    return { length: longest(outages), by: 'probe' };
  }
  const spans = lanes.flatMap((lane) => (lane.kind === 'holder' ? lane.spans : []));
  const holes = spans.filter(({ tone, from }) => tone === 'nobody' && from >= broken.at - 1);
  return { length: longest(holes), by: 'holder' };
}

/** Seconds after which a loss has been told. */
const KNOWN = 2;

/** Seconds by which an engine that is busy tells late of what it did. */
const LATE = 5;

/** What began with the fault, though that may be told late; not what was over when it came. */
function isOf(fault: number): (outage: { readonly from: number; readonly to: number | null }) => boolean {
  return ({ from, to }) => from >= fault - 0.5 || (from >= fault - LATE && (to === null || to > fault));
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
