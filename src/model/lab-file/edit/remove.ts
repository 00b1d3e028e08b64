/** Taking entries out of a map or list, with the comments that belong to them. */
import { columnOf, isBlankLine, isFirstOnLine, isLastOnLine, lineEnd, lineStart, nextLine } from './lines.js';
import { commaBehind, endOfBlock, standOnLines } from './insert.js';
import { attachedFrom, blankAbove } from './neighbourhood.js';
import type { TextEdit } from './text-edit.js';
import type { Entry, Tree } from './tree.js';

/** Entries that stand behind one another and go together. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly first: Entry;
  readonly last: Entry;
}

/** Some entries, not all. @param gone Their places. */
export function removeEntries(text: string, tree: Tree, gone: ReadonlySet<number>): TextEdit[] {
  return runs(tree, gone).flatMap((run) => (tree.flow ? removeFlow(text, tree, run) : removeBlock(text, tree, run)));
}

function runs(tree: Tree, gone: ReadonlySet<number>): Run[] {
  const result: Run[] = [];
  for (const [index, entry] of tree.entries.entries()) {
    if (!gone.has(index)) continue;
    const before = result.at(-1);
    if (before?.to === index - 1) result[result.length - 1] = { ...before, to: index, last: entry };
    else result.push({ from: index, to: index, first: entry, last: entry });
  }
  return result;
}

function removeBlock(text: string, tree: Tree, run: Run): TextEdit[] {
  const { first, to } = run;
  const next = tree.entries[to + 1];
  if (!isFirstOnLine(text, first.start)) return behindDash(text, run, next);
  const chunk = blockLines(text, run, columnOf(text, first.start));
  const blank = blankAbove(text, chunk.start);
  const atEnd = chunk.end === text.length;
  if (blank > 0 && (atEnd || next === undefined || isBlankLine(text, chunk.end))) {
    return [cut(text, skipBlankAbove(text, chunk.start), chunk.end)];
  }
  if (next !== undefined && run.from === 0) return [cut(text, chunk.start, skipBlank(text, chunk.end))];
  return [cut(text, chunk.start, chunk.end)];
}

/** Whole lines: comments above, further in below, and the line break. A comment at the top of the file stays. */
function blockLines(text: string, { first, last }: Pick<Run, 'first' | 'last'>, column: number) {
  const attached = attachedFrom(text, first.start);
  const start = attached === 0 ? lineStart(text, first.start) : attached;
  return { start, end: nextLine(text, endOfBlock(text, last, column)) };
}

/** All entries of a block below its key; comments that stand apart from them stay. */
export function removeLines(text: string, tree: Tree): TextEdit[] {
  const chunks: { start: number; end: number }[] = [];
  for (const entry of tree.entries) {
    const lines = blockLines(text, { first: entry, last: entry }, columnOf(text, entry.start));
    const before = chunks.at(-1);
    if (before !== undefined && text.slice(before.end, lines.start).trim() === '') before.end = lines.end;
    else chunks.push(lines);
  }
  return chunks.map(({ start, end }) => cut(text, start, end));
}

/** The first entry of a map that is an item of a list: the next one moves up behind the dash. */
function behindDash(text: string, { first, last }: Run, next: Entry | undefined): TextEdit[] {
  if (next === undefined) return [{ start: first.start, end: last.end, text: '' }];
  const lead = attachedFrom(text, next.start);
  return [{ start: first.start, end: lead + columnOf(text, next.start), text: '' }];
}

/** Where the text has no line break at its end, it has none afterwards. */
function cut(text: string, start: number, end: number): TextEdit {
  if (end < text.length || text.endsWith('\n') || start === 0) return { start, end, text: '' };
  return { start: lineEnd(text, lineStart(text, start - 1)), end, text: '' };
}

function skipBlankAbove(text: string, start: number): number {
  let at = start;
  for (let count = blankAbove(text, start); count > 0; count--) at = lineStart(text, at - 1);
  return at;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlankLine(text, at)) at = nextLine(text, at);
  return at;
}

function removeFlow(text: string, tree: Tree, run: Run): TextEdit[] {
  const { first, last, from, to } = run;
  const before = tree.entries[from - 1];
  const next = tree.entries[to + 1];
  const comma = commaBehind(text, last.end);
  if (standOnLines(text, tree) && isLastOnLine(text, comma ?? last.end)) {
    const chunk = { start: attachedFrom(text, first.start), end: nextLine(text, last.end) };
    const dangling = comma === null && before !== undefined ? commaBehind(text, before.end) : null;
    const lines = { ...chunk, text: '' };
    return dangling === null ? [lines] : [{ start: dangling - 1, end: dangling, text: '' }, lines];
  }
  const sameLine = (one: number, other: number): boolean => lineStart(text, one) === lineStart(text, other);
  if (next !== undefined && (before === undefined || sameLine(last.end, next.start))) {
    return [{ start: first.start, end: next.start, text: '' }];
  }
  return [{ start: before?.end ?? first.start, end: last.end, text: '' }];
}
