/** Anchors and aliases: what an edit at one place would change at another one as well. */
import { isAlias, visit, type Alias, type Document, type Node as YamlNode } from 'yaml';
import type { Located, Range } from '../document.js';
import type { Path } from '../problems.js';
import { lineStart } from './lines.js';
import { EditRefused } from './refusals.js';
import { treeAt, type Tree } from './tree.js';

/** The aliases of a text by the anchor that they repeat; empty for nearly every file. */
export function aliasesOf(yaml: Document): ReadonlyMap<string, readonly Alias[]> {
  const aliases = new Map<string, Alias[]>();
  visit(yaml, {
    Alias: (_, alias) => {
      aliases.set(alias.source, [...(aliases.get(alias.source) ?? []), alias]);
    },
  });
  return aliases;
}

/** @throws EditRefused when the way to `path` leads through an alias, or through what aliases elsewhere repeat. */
export function refuseShared(
  text: string,
  root: Tree,
  aliases: ReadonlyMap<string, readonly Alias[]>,
  path: Path,
): void {
  if (aliases.size === 0) return;
  for (let depth = 0; depth <= path.length; depth++) {
    const tree = treeAt(root, path.slice(0, depth));
    if (tree === null) return;
    if (tree.shape === 'alias' && isAlias(tree.node)) throw shared(text, tree.start, tree.node.source, 'repeats');
    if (tree.anchor !== null && aliases.has(tree.anchor)) throw shared(text, tree.start, tree.anchor, 'is repeated as');
  }
}

/** @throws EditRefused when something in there is repeated by an alias. */
export function refuseAnchorsInside(text: string, tree: Tree, aliases: ReadonlyMap<string, readonly Alias[]>): void {
  if (aliases.size === 0) return;
  const { node } = tree;
  if (node === null) return;
  visit(node, (_, inner) => {
    const { anchor, range } = inner as Partial<YamlNode> & { anchor?: string };
    if (!isAlias(inner) && anchor !== undefined && aliases.has(anchor))
      throw shared(text, range?.[0] ?? 0, anchor, 'is repeated as');
  });
}

/**
 * @param words Ranges of scalars and keys that get another text.
 * @throws EditRefused when one of them stands, by an alias, for something else too.
 */
export function refuseOtherUses(
  text: string,
  root: Located,
  words: readonly { start: number }[],
  paths: readonly Path[],
): void {
  const wanted = new Set(words.map(({ start }) => start));
  const known = new Set(paths.map((path) => path.join('\n')));
  const walk = (node: Located, path: Path): void => {
    const check = ([start]: Range, at: Path): void => {
      if (wanted.has(start) && !known.has(at.join('\n')))
        throw shared(text, start, '', 'is repeated at another place,');
    };
    if (node.entries === undefined && node.items === undefined) check(node.range, path);
    for (const [name, entry] of node.entries ?? []) {
      check(entry.key, [...path, name, KEY]);
      walk(entry.node, [...path, name]);
    }
    for (const [index, item] of (node.items ?? []).entries()) walk(item, [...path, index]);
  };
  walk(root, []);
}

/** The last step of a path to the key of an entry. */
export const KEY = '\0key';

function shared(text: string, offset: number, name: string, how: string): EditRefused {
  const line = text.slice(0, lineStart(text, offset)).split('\n').length;
  const alias = name === '' ? 'so a change here would be one there' : how === 'repeats' ? `&${name}` : `*${name}`;
  return new EditRefused(
    'SharedByAlias',
    `What stands in line ${String(line)} ${how} ${alias}.`,
    `Edit line ${String(line)} by hand, or write the value out at each place.`,
  );
}
