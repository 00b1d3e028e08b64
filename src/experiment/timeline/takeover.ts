/** Who took over, out of who was MASTER when. Pure. */
import type { NodeSpan } from './mastership.js';

/** Milliseconds: an election that went wrong is over by then, a MASTER that stays is longer. */
export const ELECTION = 3000;

/**
 * Of several whose timers ran out together it is the one that stayed: the others step down when they hear it.
 * @param spans In the order they began
 * @param before Who was MASTER already
 * @param at,until From the fault to when the next thing was broken or healed
 * @param within How long an election takes, in the unit of the spans
 * @returns Null where nobody did
 */
export function takeoverOf(
  spans: readonly NodeSpan[],
  before: readonly string[],
  at: number,
  until = Infinity,
  within = ELECTION,
): NodeSpan | null {
  const taking = spans.filter(({ node, from }) => !before.includes(node) && from > at && from < until);
  const [first] = taking;
  if (first === undefined) return null;
  const lasts = ({ to, open }: NodeSpan): number => (open ? Infinity : Math.min(to, until));
  return taking
    .filter(({ from }) => from - first.from <= within)
    .reduce((best, one) => (lasts(one) > lasts(best) ? one : best), first);
}
