/** How a file is written, so that what is added looks like the rest. */
import { columnOf, lineBreakOf } from './lines.js';
import type { Tree } from './tree.js';

export interface Style {
  readonly lineBreak: '\n' | '\r\n';
  /** Columns that a map stands further in than its key. */
  readonly step: number;
  /** Columns that the dashes of a list stand further in than its key. */
  readonly dash: number;
  readonly quote: "'" | '"';
  /** A blank inside curly brackets, and inside square ones. */
  readonly mapPad: string;
  readonly listPad: string;
}

/** What the bundled labs have. */
const DEFAULT: Style = { lineBreak: '\n', step: 2, dash: 2, quote: "'", mapPad: ' ', listPad: '' };

/** Nodes of a text that are looked at; those behind them hardly differ. */
const LOOKED_AT = 500;

/** By the first example of each that the text has. */
export function styleOf(text: string, root: Tree): Style {
  const found: { -readonly [K in keyof Style]?: Style[K] } = { lineBreak: lineBreakOf(text) };
  const queue: { tree: Tree; parent: number | null }[] = [{ tree: root, parent: null }];
  for (let seen = 0; seen < queue.length && seen < LOOKED_AT; seen++) {
    const { tree, parent } = queue[seen] ?? { tree: root, parent: null };
    const [first] = tree.entries;
    if (tree.shape === 'scalar') {
      const quote = text[tree.start];
      if (quote === "'" || quote === '"') found.quote ??= quote;
    }
    if (first === undefined) continue;
    if (tree.flow) {
      const pad = text[tree.start + 1] === ' ' ? ' ' : '';
      if (tree.shape === 'map') found.mapPad ??= pad;
      else found.listPad ??= pad;
    } else if (parent !== null) {
      const step = columnOf(text, first.start) - parent;
      if (tree.shape === 'map' && step > 0) found.step ??= step;
      if (tree.shape === 'list' && step >= 0) found.dash ??= step;
    }
    for (const entry of tree.entries) {
      // The map of an item stands behind its dash, whatever the indentation is.
      queue.push({ tree: entry.value, parent: entry.key === null ? null : columnOf(text, entry.start) });
    }
  }
  const step = found.step ?? DEFAULT.step;
  return { ...DEFAULT, dash: step, ...found };
}
