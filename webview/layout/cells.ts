/** Things of one kind in rows beneath something, with a corridor for what has to pass. Pure. */
import type { Size } from './places.js';

export interface Cell {
  /** From the middle line to its left edge. */
  readonly x: number;
  readonly y: number;
  readonly row: number;
}

export interface Cells extends Size {
  readonly at: readonly Cell[];
  /** Of each cell. */
  readonly cell: number;
}

export interface CellOptions {
  readonly gap: number;
  readonly rowGap: number;
  /** Width that stays free around the middle line; 0: none. */
  readonly corridor: number;
  /** So many stand in one row before a second one begins. */
  readonly least: number;
}

/** Width by height that many cells together should have. */
const RATIO = 1.7;

export function inCells(sizes: readonly Size[], { gap, rowGap, corridor, least }: CellOptions): Cells {
  if (sizes.length === 0) return { width: 0, height: 0, at: [], cell: 0 };
  const cell = Math.max(...sizes.map(({ width }) => width));
  const tall = Math.max(...sizes.map(({ height }) => height));
  const ideal = Math.ceil(Math.sqrt((RATIO * sizes.length * (tall + rowGap)) / (cell + gap)));
  const perRow = Math.min(sizes.length, Math.max(least, ideal));
  const at: Cell[] = [];
  let y = 0;
  let half = 0;
  for (let from = 0, row = 0; from < sizes.length; from += perRow, row += 1) {
    const those = sizes.slice(from, from + perRow);
    // Every row begins where the first one does, so that the gaps between cells are lanes from top to bottom.
    const left = corridor > 0 ? Math.ceil(perRow / 2) : perRow / 2;
    those.forEach((_, nth) => {
      const beside = corridor > 0 ? (nth < left ? -corridor / 2 : corridor / 2) : 0;
      const x = (nth - left) * (cell + gap) + gap / 2 + beside;
      half = Math.max(half, -x, x + cell);
      at.push({ x, y, row });
    });
    y += Math.max(...those.map(({ height }) => height)) + rowGap;
  }
  return { width: 2 * half, height: y - rowGap, at, cell };
}
