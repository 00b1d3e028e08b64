/** Columns that line up, whatever the colours in them. Pure. */
import { foldPainted } from '../../render/fold.js';
import { type Paint, pad, widthOf } from '../../render/paint.js';

const GAP = 3;

/** No column is made narrower than this, however narrow the terminal is. */
const NARROW = 12;

/**
 * @param head Headings, in capitals; left out where there are none
 * @param rows Cells, coloured or not
 * @param indent Columns before the first one
 * @param width Columns of the terminal: cells that are too wide for it go on in the lines below. Without one, as where no
 *   terminal is, a row is a line.
 */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly string[])[],
  paint: Paint,
  indent = 2,
  width = Infinity,
): string[] {
  const all = head === null ? rows : [head, ...rows];
  const columns = Math.max(0, ...all.map((row) => row.length));
  const widest = (measure: (cell: string) => number): number[] =>
    Array.from({ length: columns }, (_, column) => Math.max(0, ...all.map((row) => measure(row[column] ?? ''))));
  const words = widest((cell) => Math.max(0, ...cell.split(' ').map(widthOf)));
  const limits = shared(widest(widthOf), words, width - indent - GAP * Math.max(0, columns - 1));
  const folded = all.map((row) => row.map((cell, column) => foldPainted(cell, limits[column] ?? Infinity)));
  // What was broken at a space may be narrower than the room it had.
  const widths = limits.map((_, column) => Math.max(0, ...folded.flatMap((row) => (row[column] ?? []).map(widthOf))));
  const line = (row: readonly string[]): string =>
    (' '.repeat(indent) + row.map((cell, column) => pad(cell, (widths[column] ?? 0) + GAP)).join('')).trimEnd();
  const lines = folded.map((row) => {
    const height = Math.max(1, ...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, at) => line(row.map((cell) => cell[at] ?? '')));
  });
  return lines.flatMap((row, at) => (head !== null && at === 0 ? row.map((text) => paint(text, 'grey')) : row));
}

/**
 * The widest columns give way, all of them to one width, until everything has its place.
 * @param words The longest word of each column, which stays whole where there is room for that
 */
function shared(natural: readonly number[], words: readonly number[], room: number): number[] {
  const total = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each, 0);
  if (total(natural) <= room) return [...natural];
  const least = total(words) <= room ? words : words.map(() => 0);
  const at = (limit: number): number[] =>
    natural.map((each, column) => Math.max(least[column] ?? 0, Math.min(each, limit)));
  let limit = total(words) <= room ? 0 : NARROW;
  while (total(at(limit + 1)) <= room) limit++;
  return at(limit);
}
