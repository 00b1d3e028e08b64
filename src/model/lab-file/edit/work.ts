/** A file under way from the old text to the new one. */
import { readDocument } from '../document.js';
import type { Path } from '../problems.js';
import { EditableText, type Change } from './change.js';
import { openLabFile, type OpenLabFile } from './open.js';
import { applyTextEdits, PieceTable } from './piece-table.js';
import { refuseAnchorsInside, refuseOtherUses, refuseShared } from './shared.js';
import type { TextEdit } from './text-edit.js';
import { treeAt } from './tree.js';
import type { Word } from './words.js';

/** Where something stands afterwards, null when it is gone. */
type Move = (path: Path) => Path | null;

export class Work {
  private now: string;
  private read: OpenLabFile | null;
  private readonly pieces: PieceTable;
  private readonly moves: Move[] = [];

  /** @param keeps Whether the resource with this id has it afterwards too. */
  constructor(
    readonly old: OpenLabFile,
    readonly keeps: (id: string) => boolean,
  ) {
    this.now = old.text;
    this.read = old;
    this.pieces = new PieceTable(old.text);
  }

  get text(): string {
    return this.now;
  }

  /** The text as it is now, read. */
  get file(): OpenLabFile {
    return (this.read ??= openLabFile(this.now, this.old.options));
  }

  edits(): TextEdit[] {
    return this.pieces.edits();
  }

  /** Where something of the old text stands now. */
  moved(path: Path): Path | null {
    return this.moves.reduce<Path | null>((at, move) => (at === null ? null : move(at)), path);
  }

  /** @throws EditRefused where an alias makes one text of two. */
  change(...changes: readonly Change[]): void {
    for (const change of changes) this.one(change);
  }

  /** Keys and references at once. @param renamed The entry whose key changes. */
  rewrite(words: readonly Word[], renamed?: { path: Path; name: string }): void {
    const { analysis, aliases } = this.file;
    if (aliases.size > 0 && analysis.document !== null) {
      refuseOtherUses(
        this.now,
        analysis.document.root,
        words,
        words.map(({ path }) => path),
      );
    }
    const once = [...new Map(words.map((word) => [word.start, word])).values()];
    this.put(this.file.editable.edits({ op: 'rewrite', words: once }));
    if (renamed === undefined) return;
    const depth = renamed.path.length - 1;
    this.moves.push((path) =>
      isBelow(path, renamed.path) ? [...path.slice(0, depth), renamed.name, ...path.slice(depth + 1)] : path,
    );
  }

  private one(change: Change): void {
    const editable = this.editable();
    if (this.old.text.includes('*')) this.refuseUnsafe(editable, change);
    this.put(editable.edits(change));
    if (change.op === 'remove') this.moves.push((path) => without(path, change.paths));
  }

  /** Between two changes the meaning of the text is of no interest. */
  private editable(): EditableText {
    return this.read?.editable ?? new EditableText(this.now, readDocument(this.now).yaml);
  }

  private refuseUnsafe(editable: EditableText, change: Change): void {
    const { aliases } = this.file;
    const { root } = editable;
    if (change.op === 'rewrite') return;
    const paths = change.op === 'remove' ? change.paths : [change.path];
    for (const path of paths) {
      const target = treeAt(root, path);
      const replaced = target !== null && change.op !== 'append';
      refuseShared(this.now, root, aliases, replaced ? path.slice(0, -1) : path);
      if (replaced) refuseAnchorsInside(this.now, target, aliases);
    }
  }

  private put(edits: readonly TextEdit[]): void {
    this.pieces.apply(edits);
    this.now = applyTextEdits(this.now, edits);
    this.read = null;
  }
}

function isBelow(path: Path, above: Path): boolean {
  return path.length >= above.length && above.every((step, depth) => path[depth] === step);
}

/** What is behind an item of a list that goes moves up. */
function without(path: Path, gone: readonly Path[]): Path | null {
  if (gone.some((one) => isBelow(path, one))) return null;
  return path.map((step, depth) => {
    if (typeof step !== 'number') return step;
    const before = gone.filter(
      (one) => one.length === depth + 1 && isBelow(path, one.slice(0, depth)) && Number(one[depth]) < step,
    );
    return step - before.length;
  });
}
