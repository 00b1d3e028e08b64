/** Columns that line up, whatever the colours in them. Pure. */
import { type Paint, pad, widthOf } from '../../render/paint.js';

const GAP = 3;

/**
 * @param head Headings, in capitals; left out where there are none
 * @param rows Cells, coloured or not
 * @param indent Columns before the first one
 */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly string[])[],
  paint: Paint,
  indent = 2,
): string[] {
  const all = head === null ? rows : [head, ...rows];
  const columns = Math.max(0, ...all.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...all.map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    (' '.repeat(indent) + row.map((cell, column) => pad(cell, (widths[column] ?? 0) + GAP)).join('')).trimEnd();
  return [...(head === null ? [] : [paint(line(head), 'grey')]), ...rows.map(line)];
}
