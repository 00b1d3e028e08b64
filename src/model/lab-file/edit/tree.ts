/** The nodes of a YAML text with the offsets of their parts, read from the library's source tokens. */
import { isAlias, isCollection, isMap, isScalar, type CST, type Document, type Node as YamlNode } from 'yaml';
import { keyText } from '../document.js';
import type { Path } from '../problems.js';

export type Shape = 'map' | 'list' | 'scalar' | 'alias' | 'nothing';

/** A value. `start` leaves its anchor out, `end` comments and line breaks behind it. */
export interface Tree {
  readonly shape: Shape;
  /** In curly or square brackets. */
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
  readonly anchor: string | null;
  readonly node: YamlNode | null;
  readonly entries: readonly Entry[];
}

/** An entry of a map or an item of a list. */
export interface Entry {
  /** Null for an item of a list. */
  readonly key: { readonly text: string; readonly start: number; readonly end: number } | null;
  /** Of its first character: the key's, the dash's, in a flow list the value's. */
  readonly start: number;
  /** Behind the colon or the dash; where there is none, as `start` or the end of the key. */
  readonly mark: number;
  readonly value: Tree;
  /** Behind the last character of the value, comments left out. */
  readonly end: number;
  /** `? key`: such an entry is not touched. */
  readonly explicit: boolean;
}

export function treeOf(yaml: Document): Tree {
  return valueTree(yaml.contents, 0);
}

/** The value at a path, null when there is none. Aliases are not followed. */
export function treeAt(root: Tree, path: Path): Tree | null {
  let tree: Tree = root;
  for (const step of path) {
    const entry = entryAt(tree, step);
    if (entry === null) return null;
    tree = entry.value;
  }
  return tree;
}

export function entryAt(tree: Tree, step: string | number): Entry | null {
  if (tree.shape === 'list') return tree.entries[Number(step)] ?? null;
  return tree.entries.find((entry) => entry.key?.text === String(step)) ?? null;
}

/** @param otherwise Where a value that was left out would stand. */
function valueTree(node: unknown, otherwise: number): Tree {
  const yaml = node as (YamlNode & { anchor?: string; flow?: boolean; source?: string }) | null;
  const start = yaml?.range?.[0] ?? otherwise;
  const end = yaml?.range?.[1] ?? otherwise;
  const anchor = isAlias(yaml) ? null : (yaml?.anchor ?? null);
  const rest = { start, anchor, node: yaml, flow: false };
  if (isAlias(yaml)) return { ...rest, shape: 'alias', end, entries: [] };
  if (isScalar(yaml)) {
    const empty = yaml.source === '' && yaml.type === 'PLAIN' && yaml.value === null;
    if (empty || start === end) return { ...rest, shape: 'nothing', start: otherwise, end: otherwise, entries: [] };
    // A block scalar ends with its line break.
    const block = yaml.type === 'BLOCK_LITERAL' || yaml.type === 'BLOCK_FOLDED';
    const text = block ? (yaml.srcToken as CST.BlockScalar | undefined)?.source : undefined;
    return { ...rest, shape: 'scalar', end: end - (text === undefined ? 0 : trailing(text)), entries: [] };
  }
  if (!isCollection(yaml)) {
    return { ...rest, shape: 'nothing', start: otherwise, end: otherwise, node: null, entries: [] };
  }
  return collectionTree(yaml, rest, end);
}

function collectionTree(
  node: Extract<YamlNode, { items: unknown[] }>,
  rest: { start: number; anchor: string | null; node: YamlNode | null },
  end: number,
): Tree {
  const flow = node.flow === true;
  const token = node.srcToken as CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined;
  const shape = isMap(node) ? 'map' : 'list';
  // A level is read when somebody looks at it.
  let read: readonly Entry[] | null = null;
  const entries = (): readonly Entry[] =>
    (read ??= node.items.map((item, index) => entryOf(item, token?.items[index], rest.start)));
  return {
    ...rest,
    shape,
    flow,
    get entries() {
      return entries();
    },
    get end() {
      return flow ? end : (entries().at(-1)?.end ?? rest.start);
    },
  };
}

function entryOf(item: unknown, token: CST.CollectionItem | undefined, otherwise: number): Entry {
  const first = token?.start.find(({ type }) => !['space', 'comment', 'newline', 'comma'].includes(type));
  const explicit = token?.start.some(({ type }) => type === 'explicit-key-ind') ?? false;
  if (typeof item !== 'object' || item === null || !('key' in item)) {
    const node = item as YamlNode | null;
    const dash = token?.start.find(({ type }) => type === 'seq-item-ind');
    const mark = dash === undefined ? undefined : dash.offset + 1;
    const value = valueTree(node, lastProperty(token?.start) ?? mark ?? node?.range?.[0] ?? otherwise);
    const start = first?.offset ?? value.start;
    return { key: null, start, mark: mark ?? start, value, end: value.end, explicit };
  }
  const { key, value: inner } = item as { key: YamlNode | null; value?: YamlNode | null };
  const start = first?.offset ?? key?.range?.[0] ?? otherwise;
  const keyEnd = key?.range?.[1] ?? start;
  const colon = token?.sep?.find(({ type }) => type === 'map-value-ind');
  const mark = colon === undefined ? keyEnd : colon.offset + 1;
  const value = valueTree(inner ?? null, lastProperty(token?.sep) ?? mark);
  const text = keyText(key) ?? '';
  return { key: { text, start: key?.range?.[0] ?? start, end: keyEnd }, start, mark, value, end: value.end, explicit };
}

/** Behind an anchor or tag that stands alone. */
function lastProperty(tokens: readonly CST.SourceToken[] | undefined): number | null {
  const last = tokens?.findLast(({ type }) => type === 'anchor' || type === 'tag');
  return last === undefined ? null : last.offset + last.source.length;
}

function trailing(text: string): number {
  return text.length - text.trimEnd().length;
}
