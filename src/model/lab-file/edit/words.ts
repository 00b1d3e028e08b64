/** The names that the file has for a resource, wherever they stand. */
import type { Path } from '../problems.js';
import type { DeclaredKind } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { KEY } from './shared.js';
import { entryAt, treeAt } from './tree.js';
import { isAlias, type Node as YamlNode } from 'yaml';

/** A text of the file that gets another word. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** With `KEY` as its last step for a key. */
  readonly path: Path;
}

/** The key of an entry. */
export function keyWord(file: OpenLabFile, path: Path, word: string): Word[] {
  const parent = treeAt(file.editable.root, path.slice(0, -1));
  const key = parent === null ? null : (entryAt(parent, path.at(-1) ?? '')?.key ?? null);
  return key === null ? [] : [{ start: key.start, end: key.end, word, path: [...path, KEY] }];
}

/** A scalar, also one that an alias repeats. */
export function valueWord(file: OpenLabFile, path: Path, word: string): Word[] {
  const { document } = file.analysis;
  let node: unknown = document?.yaml.contents;
  for (const step of path) node = child(resolved(file, node), step);
  const range = (resolved(file, node) as YamlNode | null | undefined)?.range;
  return range ? [{ start: range[0], end: range[1], word, path }] : [];
}

/**
 * References to a resource as they are afterwards.
 * @param renamed Null where the reference may stay as it is.
 */
export function referenceWords(
  file: OpenLabFile,
  kind: DeclaredKind,
  id: string,
  renamed: (text: string) => string | null,
): Word[] {
  return file.analysis.places.references(kind, id).flatMap(({ path }) => {
    const text = valueOf(file, path);
    const word = typeof text === 'string' ? renamed(text) : null;
    return word === null || word === text ? [] : valueWord(file, path, word);
  });
}

function resolved(file: OpenLabFile, node: unknown): unknown {
  const document = file.analysis.document?.yaml;
  return isAlias(node) && document !== undefined ? node.resolve(document) : node;
}

function child(node: unknown, step: string | number): unknown {
  const items = (node as { items?: readonly unknown[] } | null | undefined)?.items;
  if (items === undefined) return null;
  if (typeof step === 'number') return items[step];
  const pair = items.find((item) => nameOf(item) === step);
  return (pair as { value?: unknown } | undefined)?.value;
}

function nameOf(item: unknown): string | null {
  const key = (item as { key?: { value?: unknown; source?: string } } | null)?.key;
  return key === undefined ? null : typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
