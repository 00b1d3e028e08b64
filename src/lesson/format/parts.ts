/**
 * A lesson's text cut into the parts that a notebook shows: prose, and cells. Nothing is written anew: the parts are
 * slices, and put together they are the text, byte for byte. Pure.
 */
import { LineCounter } from 'yaml';
import { type Block, type Markdown, markdownOf } from './blocks.js';
import { cellWordOf } from './info.js';
import type { Range } from './lesson.js';

export interface LessonPart {
  /** `front`: the YAML at the beginning. */
  readonly kind: 'front' | 'prose' | 'cell';
  /** Of a cell, from its opening fence to its closing one; that is the range of the cell's value, too. */
  readonly range: Range;
  /** What stands before the body: blank lines, or the opening fence. */
  readonly opening: string;
  /** What a person reads and edits; without the last line break. */
  readonly body: string;
  /** What stands after it: the closing fence, the expected output of a run cell, blank lines. */
  readonly closing: string;
}

export function partsOf(text: string, markdown: Markdown = markdownOf(text)): LessonPart[] {
  const lines = lineCounterOf(text);
  const own = markdown.blocks.filter(startsPart);
  const parts: LessonPart[] = [];
  let from = 0;
  for (const [index, block] of own.entries()) {
    // An expected output that was taken in by its run cell, or one that has none.
    if (block.range.start < from || (block.kind === 'fence' && cellWordOf(block) === 'output')) continue;
    push(parts, prose(text, from, block.range.start, lines));
    from = block.range.start;
    if (block.kind === 'heading') continue;
    const next = own[index + 1];
    const last = next !== undefined && isOutputOf(text, block, next) ? next : block;
    from = afterBlankLines(text, last.range.end);
    parts.push(partOf(text, block, from));
  }
  push(parts, prose(text, from, text.length, lines));
  return parts;
}

export function textOf(parts: readonly Pick<LessonPart, 'opening' | 'body' | 'closing'>[]): string {
  return parts.map(({ opening, body, closing }) => opening + body + closing).join('');
}

/** A cell with another body, in fences that are longer than any in it. */
export function withBody<Part extends Pick<LessonPart, 'kind' | 'opening' | 'body' | 'closing'>>(
  part: Part,
  body: string,
): Part {
  if (part.kind !== 'cell' || body === part.body) return { ...part, body };
  const fence = /^(`+|~+)/.exec(part.opening)?.[1] ?? '```';
  const [mark = '`'] = fence;
  const inside = Math.max(0, ...body.split(/\r\n|\n|\r/).map((line) => runLength(line.trimStart(), mark)));
  const longer = mark.repeat(Math.max(fence.length, inside + 1));
  const lineBreak = /\r\n|\n|\r/.exec(part.opening)?.[0] ?? '\n';
  // A body that was empty has no line break of its own before the closing fence.
  const gap = part.body === '' && body !== '' && !/^[\r\n]/.test(part.closing) ? lineBreak : '';
  return {
    ...part,
    opening: longer + part.opening.slice(fence.length),
    body,
    closing: gap + part.closing.replace(fence, longer),
  };
}

function runLength(line: string, mark: string): number {
  let length = 0;
  while (line[length] === mark) length++;
  return length;
}

function startsPart(block: Block): boolean {
  switch (block.kind) {
    case 'front':
      return true;
    case 'heading':
      return block.depth <= 2;
    case 'fence': {
      const word = cellWordOf(block);
      return word !== null && word !== 'console';
    }
  }
}

/** The expected output of a run cell follows it, with nothing between. */
export function isOutputOf(text: string, cell: Block, next: Block): boolean {
  if (cell.kind !== 'fence' || next.kind !== 'fence') return false;
  const between = text.slice(cell.range.end, next.range.start);
  return cellWordOf(cell) === 'run' && cellWordOf(next) === 'output' && between.trim() === '';
}

function partOf(text: string, block: Exclude<Block, { kind: 'heading' }>, end: number): LessonPart {
  const body = text.slice(block.body.start, block.body.end);
  const shown = body.replace(/(\r\n|\n|\r)$/, '');
  return {
    kind: block.kind === 'front' ? 'front' : 'cell',
    range: block.range,
    opening: text.slice(block.range.start, block.body.start),
    body: shown,
    closing: body.slice(shown.length) + text.slice(block.body.end, end),
  };
}

/** Null where there is nothing between two parts. */
function prose(text: string, start: number, end: number, lines: LineCounter): LessonPart | null {
  if (start >= end) return null;
  const all = text.slice(start, end);
  const from = all.length - all.trimStart().length;
  const body = all.trim();
  // Indentation of the first line is the paragraph's own.
  const indent = /[ \t]*$/.exec(all.slice(0, from))?.[0].length ?? 0;
  const opening = all.slice(0, from - (body === '' ? 0 : indent));
  const shown = body === '' ? '' : all.slice(opening.length, from + body.length);
  const { line } = lines.linePos(start + opening.length);
  return {
    kind: 'prose',
    range: { start: start + opening.length, end: start + opening.length + shown.length, line },
    opening,
    body: shown,
    closing: all.slice(opening.length + shown.length),
  };
}

/** Blank lines alone are no part of their own: they end the one before. */
function push(parts: LessonPart[], part: LessonPart | null): void {
  if (part === null) return;
  const last = parts.at(-1);
  if (part.body !== '' || last === undefined) parts.push(part);
  else parts[parts.length - 1] = { ...last, closing: last.closing + part.opening + part.body + part.closing };
}

function afterBlankLines(text: string, end: number): number {
  return end + (/^(?:[ \t]*(?:\r\n|\n|\r))*(?:[ \t]+$)?/.exec(text.slice(end))?.[0].length ?? 0);
}

function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}
