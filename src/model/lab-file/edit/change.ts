/** One change of a text at paths, as text edits. */
import { isCollection, isEmpty, type YamlValue } from '../yaml-value.js';
import type { Path } from '../problems.js';
import { fillEntry, insertEntry, newText, replaceInline } from './insert.js';
import { isFirstOnLine, lineEnd, lineStart } from './lines.js';
import { layoutFor, placeFor, staysEmpty } from './manners.js';
import { attachedFrom } from './neighbourhood.js';
import { removeEntries, removeLines } from './remove.js';
import { entryText, flowText, scalarText, type Layout } from './render.js';
import { notThere } from './refusals.js';
import { styleOf, type Style } from './style.js';
import type { TextEdit } from './text-edit.js';
import { entryAt, treeAt, treeOf, type Entry, type Tree } from './tree.js';
import type { Document } from 'yaml';

export type Change =
  /** All at once: a path inside another one is no matter. */
  | { readonly op: 'remove'; readonly paths: readonly Path[] }
  /** Puts the value there, in place of the one that is there; maps on the way are made. */
  | { readonly op: 'set'; readonly path: Path; readonly value: YamlValue }
  /** A new last item; the list is made. */
  | { readonly op: 'append'; readonly path: Path; readonly value: YamlValue }
  /** Other texts for scalars and keys, each in its quotes. Offsets of the text. */
  | {
      readonly op: 'rewrite';
      readonly words: readonly { readonly start: number; readonly end: number; readonly word: string }[];
    };

/** A text with its tree. */
export class EditableText {
  readonly root: Tree;
  private known: Style | null = null;

  constructor(
    readonly text: string,
    readonly yaml: Document,
  ) {
    this.root = treeOf(yaml);
  }

  get style(): Style {
    return (this.known ??= styleOf(this.text, this.root));
  }

  edits(change: Change): TextEdit[] {
    switch (change.op) {
      case 'remove':
        return this.remove(change.paths);
      case 'set':
        return this.set(change.path, change.value);
      case 'append':
        return this.append(change.path, change.value);
      case 'rewrite':
        return change.words.map(({ start, end, word }) => ({ start, end, text: this.word(start, word) }));
    }
  }

  /** In the quotes that stand there. */
  private word(start: number, word: string): string {
    const quote = this.text[start];
    return scalarText(word, this.style, quote === "'" || quote === '"' ? quote : undefined);
  }

  private remove(paths: readonly Path[]): TextEdit[] {
    const gone = outermost(this.withEmptied(paths));
    const byParent = new Map<string, { path: Path; indexes: Set<number> }>();
    for (const path of gone) {
      const parent = path.slice(0, -1);
      const tree = treeAt(this.root, parent);
      const entry = tree === null ? null : entryAt(tree, path.at(-1) ?? '');
      if (tree === null || entry === null) continue;
      const key = parent.join('\n');
      const group = byParent.get(key) ?? { path: parent, indexes: new Set<number>() };
      group.indexes.add(tree.entries.indexOf(entry));
      byParent.set(key, group);
    }
    return [...byParent.values()].flatMap(({ path, indexes }) => {
      const tree = treeAt(this.root, path);
      if (tree === null) return [];
      return indexes.size < tree.entries.length ? removeEntries(this.text, tree, indexes) : this.empty(path, tree);
    });
  }

  /** With the lists and maps that would be left empty and mean nothing then. */
  private withEmptied(paths: readonly Path[]): Path[] {
    const all = outermost(paths);
    for (;;) {
      const counts = new Map<string, { path: Path; count: number }>();
      for (const path of all) {
        const parent = path.slice(0, -1);
        const key = parent.join('\n');
        counts.set(key, { path: parent, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      const emptied = [...counts.values()].find(
        ({ path, count }) => count === treeAt(this.root, path)?.entries.length && !this.stays(path),
      );
      if (emptied === undefined) return all;
      const kept = all.filter((path) => !startsWith(path, emptied.path));
      all.splice(0, all.length, ...kept, emptied.path);
    }
  }

  /** A section that somebody wrote about stays, and so does the last one: a file without any is no lab file. */
  private stays(path: Path): boolean {
    if (path.length === 0 || staysEmpty(path)) return true;
    if (path.length > 1) return false;
    const entry = entryAt(this.root, path[0] ?? '');
    if (entry === null || this.root.entries.length === 1) return true;
    const attached = attachedFrom(this.text, entry.start);
    const about = attached !== 0 && attached < lineStart(this.text, entry.start);
    return about || /^\s+#/.test(this.text.slice(entry.mark, lineEnd(this.text, entry.mark)));
  }

  /** A list or map of which nothing is left. */
  private empty(path: Path, tree: Tree): TextEdit[] {
    const brackets = tree.shape === 'list' ? '[]' : '{}';
    if (tree.flow) return [{ start: tree.start, end: tree.end, text: brackets }];
    const [first] = tree.entries;
    const last = tree.entries.at(-1);
    if (first === undefined || last === undefined) return [];
    const owner = path.length === 0 ? null : this.entry(path);
    if (owner === null) return [{ start: first.start, end: last.end, text: brackets }];
    if (!isFirstOnLine(this.text, first.start)) return [{ start: first.start, end: last.end, text: brackets }];
    return [{ start: owner.mark, end: owner.mark, text: ` ${brackets}` }, ...removeLines(this.text, tree)];
  }

  private set(path: Path, value: YamlValue): TextEdit[] {
    let tree = this.root;
    for (const [depth, step] of path.entries()) {
      const entry = entryAt(tree, step);
      if (entry === null) return this.put(path, depth, tree, value);
      if (depth === path.length - 1) return this.replace(path, entry, tree.flow, value);
      tree = entry.value;
    }
    return [];
  }

  /** An entry that is not there yet. @param tree The map at `path` up to `depth`. */
  private put(path: Path, depth: number, tree: Tree, value: YamlValue): TextEdit[] {
    const nested = path.slice(depth + 1).reduceRight<YamlValue>((inner, step) => ({ [step]: inner }), value);
    const key = String(path[depth]);
    const place = path.slice(0, depth + 1);
    if (tree.entries.length > 0) {
      if (tree.shape !== 'map') throw notThere(path);
      const entry = { key, value: nested, layout: layoutFor(place, this.root) };
      return insertEntry(this.text, tree, placeFor(place, tree), entry, this.style);
    }
    if (depth === 0) return this.start(key, nested, layoutFor(place, this.root));
    const owner = this.entry(path.slice(0, depth));
    if (owner === null || tree.shape === 'scalar' || tree.shape === 'alias') throw notThere(path);
    const parent = treeAt(this.root, path.slice(0, depth - 1));
    const layout = layoutFor(path.slice(0, depth), this.root);
    return fillEntry(this.text, owner, parent?.flow ?? false, { [key]: nested }, layout, this.style);
  }

  /** The first section of a file. */
  private start(key: string, value: YamlValue, layout: Layout): TextEdit[] {
    const { lineBreak } = this.style;
    const own = entryText(key, value, layout, 0, this.style) + lineBreak;
    const { shape, start, end } = this.root;
    if (shape !== 'nothing') return [{ start, end, text: own.trimEnd() }];
    const gap = this.text === '' || this.text.endsWith('\n') ? '' : lineBreak;
    return [{ start: this.text.length, end: this.text.length, text: gap + own }];
  }

  private replace(path: Path, entry: Entry, inFlow: boolean, value: YamlValue): TextEdit[] {
    const { value: old } = entry;
    if (old.shape === 'scalar' && !isCollection(value)) {
      const text = typeof value === 'string' ? this.word(old.start, value) : String(value);
      return [{ start: old.start, end: old.end, text }];
    }
    if (inFlow || (old.flow && entry.key === null)) {
      return replaceInline(this.text, entry, ` ${flowText(value, this.style)}`);
    }
    const habit = layoutFor(path, this.root);
    const layout = old.entries.length === 0 ? habit : { ...habit, block: !old.flow && !isEmpty(value) };
    const own = newText(this.text, entry, value, layout, this.style);
    const stands =
      old.flow || old.entries.length === 0 || lineStart(this.text, old.start) === lineStart(this.text, entry.start);
    if (stands) return replaceInline(this.text, entry, own);
    const end = lineEnd(this.text, entry.mark);
    const at = /^\r?\n/.test(own) ? end : entry.mark;
    return [
      { start: at, end: at, text: own },
      { start: end, end: old.end, text: '' },
    ];
  }

  private append(path: Path, value: YamlValue): TextEdit[] {
    const tree = treeAt(this.root, path);
    if (tree === null || tree.entries.length === 0) return this.set(path, [value]);
    if (tree.shape !== 'list') throw notThere(path);
    const after = tree.entries.length - 1;
    const layout = layoutFor([...path, after + 1], this.root);
    return insertEntry(this.text, tree, after, { key: null, value, layout }, this.style);
  }

  private entry(path: Path): Entry | null {
    const parent = treeAt(this.root, path.slice(0, -1));
    return parent === null ? null : entryAt(parent, path.at(-1) ?? '');
  }
}

/** Without those that stand inside another one. */
function outermost(paths: readonly Path[]): Path[] {
  const all = new Map(paths.map((path) => [path.join('\n'), path]));
  return [...all.values()].filter((path) => {
    for (let depth = 1; depth < path.length; depth++) {
      if (all.has(path.slice(0, depth).join('\n'))) return false;
    }
    return true;
  });
}

function startsWith(path: Path, start: Path): boolean {
  return path.length > start.length && start.every((step, index) => path[index] === step);
}
