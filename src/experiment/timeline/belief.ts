/**
 * Where the bridges believe a router to be, out of its timeline. Its MAC addresses are the same on every node, and a bridge or
 * VXLAN carries a frame to where it last saw the MAC come from: as a rule to the node that announced itself last. Pure.
 */
import { heldAddresses, holderSpans, type Span } from './mastership.js';
import { type Timeline, extentOf, ofKind } from './timeline.js';

export interface Stray extends Span {
  /** Who announced itself last, and has no address any more. */
  readonly believed: string;
  /** Who has them meanwhile. */
  readonly holders: readonly string[];
}

/** When the last one that announced itself had given the addresses up while others had them: frames go astray then. */
export function straying(timeline: Timeline, router: string): Stray[] {
  const [address] = heldAddresses(timeline, router).filter((one) => one.includes('.'));
  if (address === undefined) return [];
  const spans = holderSpans(timeline, router, address);
  const announcements = ofKind(timeline.events, 'announcement').filter((event) => event.router === router);
  const { to: end } = extentOf(timeline);
  const times = [...new Set([...spans.flatMap(({ from, to }) => [from, to]), ...announcements.map(({ t }) => t), end])];
  const strays: Stray[] = [];
  let believed: string | null = null;
  let next = 0;
  for (const [index, from] of times.sort((one, other) => one - other).entries()) {
    for (; next < announcements.length && (announcements[next]?.t ?? Infinity) <= from; next += 1)
      believed = announcements[next]?.node ?? believed;
    const to = times[index + 1];
    if (to === undefined || believed === null) continue;
    const holders = spans.filter((span) => span.from <= from && span.to >= to).map(({ node }) => node);
    if (holders.length === 0 || holders.includes(believed)) continue;
    const last = strays.at(-1);
    if (last?.to === from && last.believed === believed)
      strays[strays.length - 1] = { ...last, to, holders: [...new Set([...last.holders, ...holders])] };
    else strays.push({ from, to, believed, holders });
  }
  return strays;
}
