/** What stands at an offset of a lab file, and on which path. */
import type { Path } from '../lab-file/problems.js';
import type { MapEntry, MapNode, Span, SyntaxNode, TextNode } from './syntax.js';

export interface Place {
  /** Of the map, list or attribute that holds the text: for a key, that of the map it stands in. */
  readonly path: Path;
  readonly node: TextNode;
  /** What the text is: the name of an attribute or entry, or a value. */
  readonly role: 'key' | 'value';
  /** The map in which the key stands, or the attribute's. */
  readonly map: MapNode | null;
  /** The entry that the text is the key or the value of. */
  readonly entry: MapEntry | null;
  /** The other items of the list that a value stands in. */
  readonly siblings: readonly SyntaxNode[];
  /** Within brackets. */
  readonly flow: boolean;
}

/** Null between texts, and in comments. */
export function placeAt(root: SyntaxNode | null, offset: number): Place | null {
  let node = root;
  let path: Path = [];
  let flow = false;
  let above: Pick<Place, 'map' | 'entry' | 'siblings'> = { map: null, entry: null, siblings: [] };
  while (node !== null) {
    if (node.kind === 'text') return holds(node, offset) ? { path, node, role: 'value', flow, ...above } : null;
    flow ||= node.flow;
    if (node.kind === 'list') {
      const { items }: { items: readonly SyntaxNode[] } = node;
      const index = items.findIndex((item) => holds(item, offset));
      path = [...path, index];
      above = { map: null, entry: null, siblings: items.filter((_, other) => other !== index) };
      node = items[index] ?? null;
      continue;
    }
    const map: MapNode = node;
    const entry = map.entries.find((one) => holds(one, offset));
    if (entry === undefined) return null;
    if (holds(entry.key, offset)) return { path, node: entry.key, role: 'key', map, entry, siblings: [], flow };
    path = [...path, entry.key.text];
    above = { map, entry, siblings: [] };
    node = entry.value;
  }
  return null;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
