/** Where the words of the marks stand, so that they do not cover each other. Pure. */

/** Pixels of a letter in the size and weight of these words: most are narrower. */
const LETTER = 7.2;
/** Pixels between a line and its word, and between two words. */
const BESIDE = 4;

export interface MarkWord {
  readonly text: string;
  /** Pixels, of its line. */
  readonly x: number;
}

export interface PlacedWord {
  /** Pixels, where it begins. */
  readonly x: number;
  /** 0: above; 1: below, where theory's word is. */
  readonly row: 0 | 1;
}

/**
 * @param words In the order of time: the newest has the first choice.
 * @param below What stands in the lower row already.
 * @param width Pixels of the lanes: a word that would not end within goes to the other side of its line.
 * @returns Of each word; null where it has no room
 */
export function placeWords(
  words: readonly MarkWord[],
  below: MarkWord | null,
  width: number,
): readonly (PlacedWord | null)[] {
  const taken: { readonly from: number; readonly to: number; readonly row: 0 | 1 }[] = [];
  const take = ({ text, x }: MarkWord, row: 0 | 1): boolean => {
    const [from, to] = [x - BESIDE, x + text.length * LETTER + BESIDE];
    if (taken.some((one) => one.row === row && one.from < to && from < one.to)) return false;
    taken.push({ from, to, row });
    return true;
  };
  if (below !== null) take({ ...below, x: below.x + BESIDE }, 1);
  const placed = [...words].reverse().map(({ text, x }): PlacedWord | null => {
    if (x < 0 || x > width) return null;
    const long = text.length * LETTER;
    const right = x + BESIDE;
    const left = x - BESIDE - long;
    const begins = right + long > width && left >= 0 ? left : right;
    const row = ([0, 1] as const).find((one) => take({ text, x: begins }, one));
    return row === undefined ? null : { x: begins, row };
  });
  return placed.reverse();
}

/** A label in as many lines as there may be, broken between its words; what has no room even so is left out. */
export function labelLines(label: string, letters: number, most: number): readonly string[] {
  if (label.length <= letters) return [label];
  const space = label.lastIndexOf(' ', letters);
  if (most < 2 || space <= 0) return [`${label.slice(0, letters - 1)}…`];
  return [label.slice(0, space), ...labelLines(label.slice(space + 1), letters, most - 1)];
}
