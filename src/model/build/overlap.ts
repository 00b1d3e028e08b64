/** Overlapping CIDRs, found by sorting: a stranger's file may hold thousands. */
import type { Cidr } from '../addresses.js';

/** For each range that overlaps with one that starts before it: the two, in the order of the list. */
export function overlappingPairs<T>(items: readonly T[], cidr: (item: T) => Cidr): [earlier: T, later: T][] {
  const sorted = items
    .map((item, index) => ({ item, index, range: cidr(item) }))
    .sort(
      (a, b) =>
        a.range.version - b.range.version ||
        compare(a.range.first, b.range.first) ||
        compare(b.range.last, a.range.last),
    );
  const pairs: [T, T][] = [];
  let widest = sorted[0];
  for (const current of sorted.slice(1)) {
    if (widest === undefined) break;
    const overlap = current.range.version === widest.range.version && current.range.first <= widest.range.last;
    if (overlap) {
      pairs.push(widest.index < current.index ? [widest.item, current.item] : [current.item, widest.item]);
    }
    if (!overlap || current.range.last > widest.range.last) widest = current;
  }
  return pairs;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
