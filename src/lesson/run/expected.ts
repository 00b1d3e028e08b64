/** Whether what a cell printed is what the lesson says. Pure. */

/** A line that stands for any number of lines; within a line, for anything. */
const ANYTHING = '…';

/** What is different first. */
export interface Difference {
  /** Of the expected output, from 0. */
  readonly line: number;
  /** A line of the expected output; null where there is more than expected. */
  readonly expected: string | null;
  /** The line that stands in its place; null where the output ends before it. */
  readonly printed: string | null;
}

/** Null where it fits. Spaces count as one, and none at the end of a line. */
export function differenceFrom(expected: string, printed: string): Difference | null {
  const wanted = linesOf(expected);
  const own = linesOf(printed);
  let furthest = { wanted: 0, own: 0 };
  // As a glob on lines: after a lone `…` the next line may be any later one.
  let star: { wanted: number; own: number } | null = null;
  let at = 0;
  let line = 0;
  while (line < own.length || at < wanted.length) {
    const want = wanted[at];
    if (want === ANYTHING) {
      star = { wanted: at + 1, own: line };
      at++;
      continue;
    }
    const have = own[line];
    if (want !== undefined && have !== undefined && fitsLine(want, have)) {
      at++;
      line++;
      if (at > furthest.wanted) furthest = { wanted: at, own: line };
      continue;
    }
    if (star === null || star.own >= own.length) {
      const last = at >= furthest.wanted ? { wanted: at, own: line } : furthest;
      return { line: last.wanted, expected: wanted[last.wanted] ?? null, printed: own[last.own] ?? null };
    }
    star = { wanted: star.wanted, own: star.own + 1 };
    at = star.wanted;
    line = star.own;
  }
  return null;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/[ \t\r]+$/, '').replace(/[ \t]+/g, ' '));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines;
}

function fitsLine(want: string, have: string): boolean {
  if (!want.includes(ANYTHING)) return want === have;
  const pieces = want.split(ANYTHING);
  const [first = '', ...rest] = pieces;
  const last = rest.pop() ?? '';
  if (!have.startsWith(first) || have.length < first.length + last.length || !have.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const found = have.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= have.length - last.length;
}
