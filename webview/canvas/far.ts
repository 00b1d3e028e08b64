/** What of a name can be read from afar. Pure. */

/** Pixels of the screen: letters of names of single things, and of what they are in. */
export const FAR_LETTERS = { one: 11, group: 13 } as const;

/** Fewer letters than these, with the dots between them, tell nobody anything. */
const LEAST = 5;

/** How much larger each step of the zoom is that things from afar are drawn for: not each of the wheel's. */
const STEP = 1.12;

/** The step that a zoom is on. */
export function stepOf(zoom: number): number {
  return STEP ** Math.round(Math.log(zoom) / Math.log(STEP));
}

/**
 * Its beginning and its end, since names of many things mostly differ there.
 * @param fits How many letters have room
 * @returns Null where it cannot be told from others
 */
export function shortened(name: string, fits: number): string | null {
  const letters = Array.from(name);
  if (letters.length <= fits) return name;
  if (fits < LEAST) return null;
  const end = Math.ceil((fits - 1) / 2);
  return `${letters.slice(0, fits - 1 - end).join('')}…${letters.slice(-end).join('')}`;
}
