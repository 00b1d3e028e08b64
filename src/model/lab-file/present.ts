/** Items of a list with their places; items that were wrong are holes in it. */
export function present<T>(list: readonly T[] | undefined): [index: number, item: T][] {
  return (list ?? []).flatMap((item, index): [number, T][] => [[index, item]]);
}
