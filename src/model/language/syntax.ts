/**
 * A lab file while it is being typed: its maps, lists and texts with their places, whatever is broken in it. Made from
 * the tokens of the YAML library, which end an open bracket or quote where the indentation falls back, so that a line
 * that is half written spoils only itself.
 */
import { CST, Lexer, Parser } from 'yaml';
import { MAX_DEPTH, refuse } from '../lab-file/limits.js';

/** Offsets into the text; the end is the one after the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TextNode extends Span {
  readonly kind: 'text';
  /** What it says, without quotes and escapes. */
  readonly text: string;
  readonly quoted: boolean;
}

export interface MapEntry extends Span {
  readonly key: TextNode;
  /** False where only a word stands yet. */
  readonly colon: boolean;
  readonly value: SyntaxNode | null;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  /** In curly brackets. */
  readonly flow: boolean;
  readonly entries: readonly MapEntry[];
}

export interface ListNode extends Span {
  readonly kind: 'list';
  /** In square brackets. */
  readonly flow: boolean;
  readonly items: readonly SyntaxNode[];
}

export type SyntaxNode = TextNode | MapNode | ListNode;

/** Null for a text that is empty, or that would cost too much to read (limits.ts). Never throws. */
export function readTokens(text: string): SyntaxNode | null {
  let tokens: string[] = [];
  const refusal = refuse(text, () => (tokens = [...new Lexer().lex(text)]));
  if (refusal !== null) return null;
  const parser = new Parser();
  for (const token of tokens) {
    for (const document of parser.next(token)) if (document.type === 'document') return nodeOf(document.value, 0);
  }
  for (const document of parser.end()) if (document.type === 'document') return nodeOf(document.value, 0);
  return null;
}

function nodeOf(token: CST.Token | null | undefined, depth: number): SyntaxNode | null {
  if (token === null || token === undefined || depth > 2 * MAX_DEPTH) return null;
  switch (token.type) {
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return textOf(token);
    case 'block-map':
      return mapOf(token.items, spanOf(token.offset, token.offset), false, depth);
    case 'block-seq':
      return listOf(token.items, spanOf(token.offset, token.offset), false, depth);
    case 'flow-collection': {
      const span = spanOf(token.offset, endOf(token.end, token.offset + 1));
      return token.start.source === '{'
        ? mapOf(token.items, span, true, depth)
        : listOf(token.items, span, true, depth);
    }
    default:
      return null;
  }
}

function textOf(token: CST.FlowScalar | CST.BlockScalar): TextNode {
  const quoted = token.type !== 'scalar' && token.type !== 'alias';
  const text = quoted ? CST.resolveAsScalar(token, false, () => undefined).value : token.source;
  return { kind: 'text', start: token.offset, end: token.offset + token.source.length, text, quoted };
}

function mapOf(items: readonly CST.CollectionItem[], span: Span, flow: boolean, depth: number): MapNode {
  const entries = items.flatMap((item) => entriesOf(item, depth));
  return { kind: 'map', flow, entries, start: span.start, end: Math.max(span.end, entries.at(-1)?.end ?? 0) };
}

function entriesOf(item: CST.CollectionItem, depth: number): MapEntry[] {
  const keyToken = item.key ?? (item.sep === undefined ? item.value : null);
  const key = nodeOf(keyToken, depth);
  if (key?.kind !== 'text') return [];
  const words = linesOf(key);
  const last = words.pop() ?? key;
  const value = item.key === undefined ? null : nodeOf(item.value, depth + 1);
  const separator = item.sep?.find(({ type }) => type === 'map-value-ind');
  const end = Math.max(last.end, separator === undefined ? 0 : separator.offset + 1, value?.end ?? 0);
  return [
    ...words.map((word) => ({ key: word, colon: false, value: null, start: word.start, end: word.end })),
    { key: last, colon: separator !== undefined, value, start: last.start, end },
  ];
}

/** Words on lines of their own above a key are keys that are being typed; YAML takes them for one text. */
function linesOf(key: TextNode): TextNode[] {
  if (key.quoted || !key.text.includes('\n')) return [key];
  const words: TextNode[] = [];
  for (const match of key.text.matchAll(/[^\s][^\n\r]*/g)) {
    const text = match[0].trimEnd();
    const start = key.start + match.index;
    words.push({ kind: 'text', text, quoted: false, start, end: start + text.length });
  }
  return words;
}

function listOf(items: readonly CST.CollectionItem[], span: Span, flow: boolean, depth: number): ListNode {
  const nodes = items.flatMap((item): SyntaxNode[] => {
    // `[a: 1]` is a list of a map with one entry.
    const node =
      item.key === undefined || item.key === null
        ? nodeOf(item.value, depth + 1)
        : mapOf([item], spanOf(item.key.offset, item.key.offset), true, depth + 1);
    if (node !== null) return [node];
    // An item of which nothing stands yet keeps its place, so that those behind it keep their numbers.
    const dash = item.start.find(({ type }) => type === 'seq-item-ind');
    return dash === undefined
      ? []
      : [{ kind: 'text', text: '', quoted: false, ...spanOf(dash.offset + 1, dash.offset + 1) }];
  });
  return { kind: 'list', flow, items: nodes, start: span.start, end: Math.max(span.end, nodes.at(-1)?.end ?? 0) };
}

function spanOf(start: number, end: number): Span {
  return { start, end };
}

/** The end of a closing bracket; where it is missing, that of the opening one. */
function endOf(end: readonly CST.SourceToken[], otherwise: number): number {
  const bracket = end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  return bracket === undefined ? otherwise : bracket.offset + 1;
}
