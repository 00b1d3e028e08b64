/**
 * When a node gave a router's addresses up that another one had as well, out of its timeline. Pure.
 *
 * The router's MAC addresses are the same on every node, and bridges and VXLANs carry a frame to where they last saw the
 * MAC come from. Of two that have the addresses that need not be the one that announced itself last: what the other one
 * still forwards by one interface leaves it by another with the router's MAC, and teaches the bridges anew. So where one
 * steps down, frames may go on to it, until its successor is heard.
 */
import { heldAddresses, holderSpans } from './mastership.js';
import type { Timeline } from './timeline.js';

export interface StepDown {
  /** Milliseconds. */
  readonly t: number;
  readonly node: string;
  /** Who had the addresses, too, and keeps them. */
  readonly holders: readonly string[];
}

export function stepDowns(timeline: Timeline, router: string): StepDown[] {
  const [address] = heldAddresses(timeline, router).filter((one) => one.includes('.'));
  if (address === undefined) return [];
  const spans = holderSpans(timeline, router, address);
  return spans
    .filter(({ open }) => !open)
    .flatMap(({ node, to: t }) => {
      const holders = spans.filter((span) => span.node !== node && span.from < t && span.to > t);
      return holders.length === 0 ? [] : [{ t, node, holders: holders.map((span) => span.node) }];
    })
    .sort((one, other) => one.t - other.t);
}
