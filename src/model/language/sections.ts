/**
 * A lab file section by section: what was read of a section is kept until its text changes, so that a key that is typed
 * costs one section and not the whole file. It also keeps what is broken in one section out of the others.
 */
import { MAX_TEXT } from '../lab-file/limits.js';
import { readTokens, type MapEntry, type SyntaxNode } from './syntax.js';

type Read = ReadonlyMap<string, SyntaxNode | null>;

/** Sections of the last two texts: the file, and the file with the word at the cursor. Nothing else depends on it. */
let kept: readonly Read[] = [];

/** Null for a text that is empty, or that would cost too much to read (limits.ts). Never throws. */
export function readSyntax(text: string): SyntaxNode | null {
  if (text.length > MAX_TEXT) return null;
  const starts = sectionStarts(text);
  if (starts.length < 2) return readTokens(text);
  const now = new Map<string, SyntaxNode | null>();
  const entries: MapEntry[] = [];
  for (const [index, start] of starts.entries()) {
    const section = text.slice(start, starts[index + 1] ?? text.length);
    const known = [now, ...kept].find((read) => read.has(section));
    const node = known === undefined ? readTokens(section) : (known.get(section) ?? null);
    now.set(section, node);
    const moved = node === null ? null : shifted(node, start);
    if (moved?.kind === 'map') entries.push(...moved.entries);
    // A word alone is a section that is being typed.
    else if (moved?.kind === 'text') entries.push({ ...moved, key: moved, colon: false, value: null });
  }
  kept = [now, ...kept.slice(0, 1)];
  return { kind: 'map', flow: false, entries, start: 0, end: entries.at(-1)?.end ?? 0 };
}

/** Offsets of the lines at which a section starts, the first one 0; more indented lines belong to the one above. */
function sectionStarts(text: string): number[] {
  // In brackets the first column says nothing.
  if (/^\s*[[{]/.test(text)) return [0];
  const starts = [...text.matchAll(/^[^\s#\-\]}]/gm)].map(({ index }) => index);
  return starts[0] === 0 ? starts : [0, ...starts];
}

function shifted<Node extends SyntaxNode>(node: Node, by: number): Node;
function shifted(node: SyntaxNode, by: number): SyntaxNode {
  if (by === 0) return node;
  const span = { start: node.start + by, end: node.end + by };
  if (node.kind === 'text') return { ...node, ...span };
  if (node.kind === 'list') return { ...node, ...span, items: node.items.map((item) => shifted(item, by)) };
  const entries = node.entries.map((entry) => ({
    ...entry,
    key: shifted(entry.key, by),
    value: entry.value === null ? null : shifted(entry.value, by),
    start: entry.start + by,
    end: entry.end + by,
  }));
  return { ...node, ...span, entries };
}
