/** Putting an entry into a map or an item into a list. */
import { isCollection, WIDTH, type YamlValue } from '../yaml-value.js';
import { columnOf, commentColumn, isFirstOnLine, isLastOnLine, lineEnd, lineStart, nextLine } from './lines.js';
import { attachedFrom, blankAbove } from './neighbourhood.js';
import { entryText, flowText, itemText, scalarText, valueText, type Layout } from './render.js';
import type { Style } from './style.js';
import type { TextEdit } from './text-edit.js';
import type { Entry, Tree } from './tree.js';

/** A new entry of a map, or with `key: null` an item of a list. */
export interface NewEntry {
  readonly key: string | null;
  readonly value: YamlValue;
  readonly layout: Layout;
}

/**
 * Behind the entry at `after`, or before the first one at -1.
 * @param tree With at least one entry.
 */
export function insertEntry(text: string, tree: Tree, after: number, entry: NewEntry, style: Style): TextEdit[] {
  return tree.flow ? insertFlow(text, tree, after, entry, style) : insertBlock(text, tree, after, entry, style);
}

function insertBlock(text: string, tree: Tree, after: number, entry: NewEntry, style: Style): TextEdit[] {
  const [first] = tree.entries;
  const column = columnOf(text, first?.start ?? 0);
  const margin = ' '.repeat(column);
  const own = blockEntry(entry, column, style);
  const before = tree.entries[after];
  if (before === undefined) {
    const start = first?.start ?? 0;
    if (!isFirstOnLine(text, start)) return [put(start, own + style.lineBreak + margin)];
    // A comment at the top of the file is about the file.
    const attached = attachedFrom(text, start);
    return [put(attached === 0 ? lineStart(text, start) : attached, margin + own + style.lineBreak)];
  }
  const gap = isAiry(text, tree) ? style.lineBreak : '';
  return [put(endOfBlock(text, before, column), gap + style.lineBreak + margin + own)];
}

function blockEntry({ key, value, layout }: NewEntry, column: number, style: Style): string {
  return key === null ? itemText(value, column, style, layout) : entryText(key, value, layout, column, style);
}

/** The end of its last line; comments that stand further in belong to it. */
export function endOfBlock(text: string, entry: Entry, column: number): number {
  let end = lineEnd(text, entry.end);
  for (;;) {
    const next = nextLine(text, end);
    const comment = next === text.length ? null : commentColumn(text, next);
    if (comment === null || comment <= column) return end;
    end = lineEnd(text, next);
  }
}

/** Its last two entries are parted by a blank line. */
function isAiry(text: string, tree: Tree): boolean {
  const last = tree.entries.at(-1);
  return tree.entries.length > 1 && last !== undefined && blankAbove(text, attachedFrom(text, last.start)) > 0;
}

function insertFlow(text: string, tree: Tree, after: number, entry: NewEntry, style: Style): TextEdit[] {
  const own = flowEntry(entry, style);
  const before = tree.entries[after];
  const [first] = tree.entries;
  const oneEach = standOnLines(text, tree);
  if (before === undefined) {
    const start = first?.start ?? tree.start + 1;
    return [put(start, `${own},${oneEach ? style.lineBreak + ' '.repeat(columnOf(text, start)) : ' '}`)];
  }
  const comma = commaBehind(text, before.end);
  const margin = style.lineBreak + ' '.repeat(columnOf(text, before.start));
  if (oneEach && isLastOnLine(text, comma ?? before.end)) {
    const end = lineEnd(text, before.end);
    return comma === null ? [put(before.end, ','), put(end, margin + own)] : [put(end, `${margin}${own},`)];
  }
  if (oneEach) return [put(before.end, `,${margin}${own}`)];
  const fits = columnOf(text, lineEnd(text, before.end)) + 2 + own.length <= WIDTH;
  const further = lineStart(text, before.end) === lineStart(text, tree.start) ? style.step : 0;
  const wrap = style.lineBreak + ' '.repeat(indentation(text, before.end) + further);
  return [put(before.end, `,${fits ? ' ' : wrap}${own}`)];
}

export function flowEntry({ key, value }: NewEntry, style: Style): string {
  return key === null ? flowText(value, style) : `${scalarText(key, style)}: ${flowText(value, style)}`;
}

/** A list or map in brackets with one entry a line. */
export function standOnLines(text: string, tree: Tree): boolean {
  const starts = tree.entries.map(({ start }) => start);
  return (
    starts.length > 0 &&
    starts.every((start) => isFirstOnLine(text, start) && lineStart(text, start) > tree.start) &&
    new Set(starts.map((start) => lineStart(text, start))).size === starts.length
  );
}

/** Behind the comma that follows, null when none does. */
export function commaBehind(text: string, offset: number): number | null {
  const match = /^(?:\s|(?<=\s)#.*)*,/.exec(text.slice(offset, offset + 2000));
  return match === null ? null : offset + match[0].length;
}

/** The first entry of a map or list that is empty or was left out, so far the value of `entry`. */
export function fillEntry(
  text: string,
  entry: Entry,
  inFlow: boolean,
  value: YamlValue,
  layout: Layout,
  style: Style,
): TextEdit[] {
  return replaceInline(text, entry, inFlow ? ` ${flowText(value, style)}` : newText(text, entry, value, layout, style));
}

/** In place of a value that stands on the line of its key. Lines of its own go below a comment behind the key. */
export function replaceInline(text: string, entry: Entry, own: string): TextEdit[] {
  const { mark, value } = entry;
  const isItem = entry.key === null && mark === entry.start;
  const from = value.shape === 'nothing' || isItem ? value.start : Math.min(mark, value.start);
  if (/^\r?\n/.test(own)) {
    const edits: TextEdit[] = value.end > from ? [{ start: from, end: value.end, text: '' }] : [];
    return [...edits, put(lineEnd(text, value.end), own)];
  }
  return [{ start: from, end: value.end, text: isItem ? own.trimStart() : own }];
}

export function newText(text: string, entry: Entry, value: YamlValue, layout: Layout, style: Style): string {
  const column = columnOf(text, entry.start);
  const used = columnOf(text, entry.mark);
  if (entry.key === null && isCollection(value)) return ` ${flowText(value, style)}`;
  return valueText(value, layout, { column, used }, style);
}

function indentation(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return /^ */.exec(text.slice(start, lineEnd(text, start)))?.[0].length ?? 0;
}

function put(offset: number, own: string): TextEdit {
  return { start: offset, end: offset, text: own };
}
