/** The ways that a packet took, one after the other: what is shown of them, and what differs between two. Pure. */
import type { Hop } from '../../src/lab/path/hop.js';

/** A way, as long as it was the same one. */
export interface Way {
  /** Seconds of the nodes' clock, when it was first seen. */
  readonly at: number;
  /** The same, milliseconds since 1970. */
  readonly wall: number;
  /** As they were told last: what a node remembers of a connection goes on changing. */
  readonly hops: readonly Hop[];
}

/** More are no help. */
const MOST = 5;

/** @param ways Oldest first; the last is the one of now */
export function withWay(ways: readonly Way[], now: Way): readonly Way[] {
  const last = ways.at(-1);
  if (last === undefined) return [now];
  // While another one takes over, a packet ends here and there: that is one time without a way.
  if (samePlaces(last, now) || (endsOnTheWay(last) && endsOnTheWay(now)))
    return [...ways.slice(0, -1), { ...last, hops: now.hops }];
  return [...ways, now].slice(-MOST);
}

/**
 * @param chosen When the one that a person wants began, milliseconds since 1970; null: none
 * @param moment Of the past that is looked at, seconds of the nodes' clock; null: now
 */
export function shownWay(ways: readonly Way[], chosen: number | null, moment: number | null): Way | null {
  const wanted = ways.find(({ wall }) => wall === chosen);
  if (wanted) return wanted;
  const then = moment === null ? undefined : ways.filter(({ at }) => at <= moment).at(-1);
  return then ?? (moment === null ? ways.at(-1) : ways[0]) ?? null;
}

/** What it is compared with: the last one before it that arrived elsewhere, and of the first the one of now. */
export function otherWay(ways: readonly Way[], shown: Way): Way | null {
  const before = ways.slice(0, Math.max(0, ways.indexOf(shown))).reverse();
  const arrived = before.find((way) => !endsOnTheWay(way) && !samePlaces(way, shown));
  if (before.length > 0) return arrived ?? before[0] ?? null;
  const last = ways.at(-1);
  return last === undefined || last === shown ? null : last;
}

/** The hops that the other way has not, by where they are and what is done there. */
export function changedHops(shown: Way, other: Way | null): ReadonlySet<Hop> {
  if (other === null) return new Set();
  const known = new Set(other.hops.map(step));
  return new Set(shown.hops.filter((hop) => !known.has(step(hop))));
}

/** The nodes that it passes, in their order. */
export function nodesOn({ hops }: Way): readonly string[] {
  return hops.map(({ node }) => node).filter((node, nth, all) => node !== all[nth - 1]);
}

export function endsOnTheWay({ hops }: Way): boolean {
  return hops.at(-1)?.kind === 'ends';
}

function samePlaces(one: Way, other: Way): boolean {
  return places(one) === places(other);
}

/** Which connections are tracked comes and goes while the way is the same. */
function places(way: Way): string {
  const there = way.hops.map(({ node, namespace }) => `${node} ${namespace}`);
  return [...there.filter((place, nth) => place !== there[nth - 1]), endsOnTheWay(way) ? 'ends' : ''].join('|');
}

/** What a bridge has learned comes and goes without the way being another one. */
function step(hop: Hop): string {
  const what = hop.kind === 'vxlan' ? hop.to : hop.kind === 'nat' ? hop.after : hop.kind === 'ends' ? hop.detail : '';
  return [hop.node, hop.namespace, hop.kind, what].join(' ');
}
