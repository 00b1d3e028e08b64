/** The Markdown of a lesson as the blocks that matter to it, with their offsets. Pure. */
import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { frontmatter } from 'micromark-extension-frontmatter';
import type { Range } from './lesson.js';

/** YAML between lines of `---` at the very beginning. */
export interface FrontBlock {
  readonly kind: 'front';
  readonly range: Range;
  readonly body: Range;
}

export interface HeadingBlock {
  readonly kind: 'heading';
  readonly range: Range;
  /** 1 to 6. */
  readonly depth: number;
  readonly title: string;
}

/** A fenced block at the left margin. */
export interface FenceBlock {
  readonly kind: 'fence';
  readonly range: Range;
  /** What stands between the fences, its last line break included. */
  readonly body: Range;
  /** The first word of the info string, empty where there is none. */
  readonly language: string;
  /** The others. */
  readonly words: readonly string[];
  /** False where the text ends before the block does. */
  readonly closed: boolean;
  /** Inside a list, a quotation, or indented. */
  readonly nested: boolean;
}

export type Block = FrontBlock | HeadingBlock | FenceBlock;

export interface InlineCode {
  readonly text: string;
  readonly range: Range;
}

export interface Markdown {
  readonly blocks: readonly Block[];
  readonly inlineCodes: readonly InlineCode[];
}

/** Linear in the length of the text; never throws. */
export function markdownOf(text: string): Markdown {
  // A byte order mark is no part of the Markdown, and is counted by nobody.
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const tree = fromMarkdown(text.slice(mark), {
    extensions: [frontmatter()],
    mdastExtensions: [frontmatterFromMarkdown()],
  });
  const inlineCodes: InlineCode[] = [];
  const blocks: Block[] = [];
  const rangeOf = (node: Nodes): Range => ({
    start: (node.position?.start.offset ?? 0) + mark,
    end: (node.position?.end.offset ?? 0) + mark,
    line: node.position?.start.line ?? 1,
  });
  const visit = (node: RootContent, nested: boolean): void => {
    const block = blockOf(text, node, rangeOf, nested);
    if (block) blocks.push(block);
    if (node.type === 'inlineCode') inlineCodes.push({ text: node.value, range: rangeOf(node) });
    if ('children' in node) for (const child of node.children) visit(child, true);
  };
  for (const child of tree.children) visit(child, false);
  return { blocks, inlineCodes };
}

function blockOf(text: string, node: RootContent, rangeOf: (node: Nodes) => Range, nested: boolean): Block | null {
  const range = rangeOf(node);
  switch (node.type) {
    case 'yaml':
      return { kind: 'front', range, body: bodyOf(text, range, true) };
    case 'heading': {
      const last = node.children.at(-1);
      const title = node.children[0] && last ? text.slice(rangeOf(node.children[0]).start, rangeOf(last).end) : '';
      return nested ? null : { kind: 'heading', range, depth: node.depth, title };
    }
    case 'code': {
      // Code that is only indented has no fences.
      const fence = /^(`{3,}|~{3,})/.exec(text.slice(range.start, range.end))?.[1];
      if (fence === undefined) return null;
      const closed = new RegExp(`\\n[ \\t>]*${fence[0] ?? ''}{${String(fence.length)},}[ \\t]*$`).test(
        text.slice(range.start, range.end),
      );
      const indented = (node.position?.start.column ?? 1) > 1;
      return {
        kind: 'fence',
        range,
        body: bodyOf(text, range, closed),
        language: node.lang ?? '',
        words: (node.meta ?? '').split(/\s+/).filter((word) => word !== ''),
        closed,
        nested: nested || indented,
      };
    }
    default:
      return null;
  }
}

/** Between the first line and the last one. */
function bodyOf(text: string, { start, end, line }: Range, closed: boolean): Range {
  const opening = text.slice(start, end).search(/\r\n|\n|\r/);
  if (opening < 0) return { start: end, end, line };
  const first = start + opening + (text.startsWith('\r\n', start + opening) ? 2 : 1);
  const last = closed ? Math.max(first, lastLineStart(text, end)) : end;
  return { start: first, end: last, line: line + 1 };
}

function lastLineStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}
