/**
 * What can be folded. An editor that is told some ranges forgets those that it finds by the indentation, so these are
 * all of them; what it would not find are comments, and lists that stand no deeper than their name.
 */
import type { LabText } from './lab-text.js';
import type { Span, SyntaxNode } from './syntax.js';

export interface Fold {
  /** Lines count from 0; the first one stays visible. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'region' | 'comment';
}

export function foldingRanges(lab: LabText): Fold[] {
  const lineOf = lineCounter(lab.text);
  const regions = [...spansOf(lab.syntax())].map(({ start, end }): Fold => ({
    startLine: lineOf(start),
    endLine: lineOf(end),
    kind: 'region',
  }));
  const seen = new Set<number>();
  return [...regions, ...comments(lab.text)].filter(({ startLine, endLine }) => {
    if (endLine <= startLine || seen.has(startLine)) return false;
    seen.add(startLine);
    return true;
  });
}

/** From the outside in. */
function* spansOf(node: SyntaxNode | null): Generator<Span> {
  if (node === null || node.kind === 'text') return;
  if (node.flow) yield node;
  const parts = node.kind === 'map' ? node.entries : node.items;
  for (const part of parts) {
    yield part;
    yield* spansOf('key' in part ? part.value : part);
  }
}

function comments(text: string): Fold[] {
  const folds: Fold[] = [];
  let first: number | null = null;
  const lines = text.split('\n');
  for (const [number, line] of [...lines, ''].entries()) {
    if (/^\s*#/.test(line)) first ??= number;
    else if (first !== null) {
      folds.push({ startLine: first, endLine: number - 1, kind: 'comment' });
      first = null;
    }
  }
  return folds;
}

/** Asked in any order; found by halving. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
