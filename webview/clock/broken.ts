/**
 * The last fault that met a MASTER. Whoever tells of a fault knows late when it began: an engine when it has cleared up after a
 * node, a reader of marks when it looks. What was heard, held and lost meanwhile knows better. Pure.
 */
import { type NodeSpan, overlaps } from '../../src/experiment/timeline/mastership.js';
import { ELECTION, takeoverOf } from '../../src/experiment/timeline/takeover.js';
import type { TimelineHeader } from '../../src/experiment/timeline/timeline.js';
import type { Broken, Together } from './theory.js';
import type { FaultMark, RoleLane, Span } from './track.js';

/** Seconds by which a machine that is busy tells late. */
const LATE = 5;

/** Seconds that an engine takes to kill, once it is told to. */
const DEATH = 1;

/** Seconds that pass until keepalived, told to end, has taken its leave. */
const LEAVE = 3;

export interface Witness {
  readonly routers: TimelineHeader['routers'];
  readonly roles: readonly { readonly router: string; readonly node: string; readonly spans: readonly Span[] }[];
  /** When each node died, in the order of time. */
  readonly deaths: ReadonlyMap<string, readonly number[]>;
  /** When a MASTER took its leave with priority 0, by its router: sent by it or heard by others. */
  readonly farewells: ReadonlyMap<string, readonly number[]>;
  /** When nobody watched any more, in the order of time. */
  readonly unwatched: readonly number[];
  readonly outages: readonly { readonly from: number; readonly to: number | null }[];
  /** Of what is known. */
  readonly end: number;
}

interface Began {
  readonly at: number;
  readonly lane: Pick<RoleLane, 'node' | 'spans'> & { readonly router: string };
  readonly farewell: boolean;
}

/** @returns The marks in their order, where each began; and the last that met a MASTER, null where none did */
export function brokenOf(
  told: readonly FaultMark[],
  witness: Witness,
): { readonly faults: readonly FaultMark[]; readonly broken: Omit<Broken, 'lastAdvert'> | null } {
  const began = told.map((mark, nth) => (mark.healed ? null : beganWith(mark, told.slice(0, nth), witness)));
  const faults = told.map((mark, nth) => ({ ...mark, at: began[nth]?.at ?? mark.at }));
  const nth = began.findLastIndex((one) => one !== null);
  const [mark, found] = [faults[nth], began[nth] ?? null];
  const router = witness.routers.find(({ id }) => id === found?.lane.router);
  if (mark === undefined || found === null || router === undefined) return { faults, broken: null };
  const until = told.slice(nth + 1).reduce((least, { at }) => (at > found.at ? Math.min(least, at) : least), Infinity);
  // Whoever is found to be MASTER after that became it nobody knows when.
  const blind = witness.unwatched.find((at) => at >= found.at);
  const known = Math.min(until, blind ?? Infinity);
  const masters = mastersOf(found.lane.router, witness);
  const next = takeoverOf(masters, [found.lane.node], found.at, known, ELECTION / 1000);
  const taken = next && { node: next.node, at: next.from };
  if (taken === null && blind !== undefined) return { faults, broken: null };
  return {
    faults,
    broken: {
      fault: mark.fault,
      node: mark.node,
      router: router.id,
      at: found.at,
      until,
      advertInt: router.advertInt,
      priority: router.priority,
      farewell: found.farewell,
      taken,
      together: togetherIn(masters, found.at, Math.min(known, witness.end), witness.end),
    },
  };
}

/** Null for a fault that met no MASTER. @param before What was broken or healed already: what went on since then may be of that */
function beganWith(mark: FaultMark, before: readonly FaultMark[], witness: Witness): Began | null {
  const { node, fault } = mark;
  const told = fault === 'node' ? diedAt(mark, witness) : mark.at;
  const since = before.reduce((latest, { at }) => (at < told ? Math.max(latest, at) : latest), told - LATE);
  const lane = witness.roles.find((one) => one.node === node && lastAsMaster(one.spans, since, told) !== null);
  if (lane === undefined) return null;
  const { to } = lastAsMaster(lane.spans, since, told) ?? { to: null };
  const farewell = witness.farewells.get(lane.router)?.find((at) => at > since && at < told + LEAVE);
  const lost = witness.outages.filter(({ from, to: end }) => from > since && (end === null || end > told));
  const at = Math.min(told, to ?? told, farewell ?? told, ...lost.map(({ from }) => from));
  return { at, lane, farewell: farewell !== undefined };
}

/** The engine is told to kill, and then does. */
function diedAt({ node, at }: FaultMark, { deaths }: Witness): number {
  return deaths.get(node)?.find((death) => death >= at && death < at + DEATH) ?? at;
}

/** The span as MASTER that reached into the time in which it was broken. */
function lastAsMaster(spans: readonly Span[], since: number, told: number): Span | null {
  return (
    spans.findLast(({ tone, from, to }) => tone === 'master' && from < told && (to === null || to > since)) ?? null
  );
}

function mastersOf(router: string, { roles, end }: Witness): NodeSpan[] {
  return roles
    .filter((lane) => lane.router === router)
    .flatMap(({ node, spans }) =>
      spans
        .filter(({ tone }) => tone === 'master')
        .map(({ from, to }) => ({ node, from, to: to ?? end, open: to === null })),
    )
    .sort((one, other) => one.from - other.from);
}

function togetherIn(masters: readonly NodeSpan[], from: number, until: number, end: number): Together[] {
  const within = masters
    .filter((span) => span.from < until && span.to > from)
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, until) }));
  return overlaps(within).map(({ nodes, from: since, to }) => ({
    nodes,
    length: to - since,
    open: to === end && nodes.every((node) => within.some((span) => span.node === node && span.open)),
  }));
}
