/** How long a failover was, and from when its times count. Pure. */
import type { Broken } from './theory.js';
import type { Track, Window } from './track.js';

export interface Measured {
  /** Seconds; null while it lasts, and where nothing was measured. */
  readonly length: number | null;
  /** By the probes where there are any; else by who held the gateway; `nothing`: that was not recorded either. */
  readonly by: 'probe' | 'holder' | 'nothing';
}

/** @returns Null where nothing broke a MASTER */
export function measuredOf({ broken, lanes, end }: Track): Measured | null {
  if (broken === null) return null;
  const probes = lanes.filter((lane) => lane.kind === 'probe');
  if (probes.length > 0) {
    const outages = probes.flatMap(({ outages: own }) => own.flatMap((outage) => partOf(outage, broken) ?? []));
    // A loss is known a second later: until then nobody can say that there was none.
    if (outages.length === 0 && end < broken.at + KNOWN) return { length: null, by: 'probe' };
    return { length: longest(outages), by: 'probe' };
  }
  const spans = lanes.flatMap((lane) => (lane.kind === 'holder' ? lane.spans : []));
  if (spans.length === 0) return { length: null, by: 'nothing' };
  const holes = spans.filter(({ tone, from }) => tone === 'nobody' && from >= broken.at - 1 && from < broken.until);
  return { length: longest(holes), by: 'holder' };
}

/** Seconds after which a loss has been told. */
const KNOWN = 2;

/** Seconds by which an engine that is busy tells late of what it did. */
const LATE = 5;

interface Outage {
  readonly from: number;
  /** Null: it still lasts. */
  readonly to: number | null;
}

/** What the fault took: all that began with it, though it may be told late; of what was lost before already, the rest. */
function partOf(outage: Outage, { at, until }: Broken): Outage | null {
  const { from, to } = outage;
  if (from >= at - 0.5) return from < until ? outage : null;
  if (to !== null && to <= at) return null;
  return from >= at - LATE ? outage : { from: at, to };
}

function longest(spans: readonly Outage[]): number | null {
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
