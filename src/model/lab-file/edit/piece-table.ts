/** Edits of edits as edits of the first text. */
import type { TextEdit } from './text-edit.js';

/** A part of the old text, or text that is new. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

/** @param edits In any order; where two start at one place, the first one's text comes first. They do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Remembers of which parts of the old text the new one is made. */
export class PieceTable {
  private pieces: readonly Piece[];

  constructor(private readonly old: string) {
    this.pieces = [{ from: 0, to: old.length }];
  }

  /** @param edits Offsets into the text as it is now. */
  apply(edits: readonly TextEdit[]): void {
    const next: Piece[] = [];
    let at = 0;
    for (const edit of inOrder(edits)) {
      next.push(...this.slice(at, edit.start), { text: edit.text });
      at = edit.end;
    }
    next.push(...this.slice(at, Infinity));
    this.pieces = next.filter((piece) => lengthOf(piece) > 0);
  }

  /** From the old text to the text as it is now, as little as possible. */
  edits(): TextEdit[] {
    const edits: TextEdit[] = [];
    let at = 0;
    let text = '';
    const flush = (until: number): void => {
      const edit = trimmed(this.old, { start: at, end: until, text });
      if (edit.start < edit.end || edit.text !== '') edits.push(edit);
      text = '';
    };
    for (const piece of this.pieces) {
      if ('text' in piece) text += piece.text;
      else {
        flush(piece.from);
        at = piece.to;
      }
    }
    flush(this.old.length);
    return edits;
  }

  private slice(start: number, end: number): Piece[] {
    const result: Piece[] = [];
    let at = 0;
    for (const piece of this.pieces) {
      const length = lengthOf(piece);
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, length);
      if (from < to) {
        result.push(
          'text' in piece ? { text: piece.text.slice(from, to) } : { from: piece.from + from, to: piece.from + to },
        );
      }
      at += length;
    }
    return result;
  }
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
}

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.to - piece.from;
}

/** Without what it puts where the same stood before. */
function trimmed(old: string, { start, end, text }: TextEdit): TextEdit {
  let head = 0;
  while (start + head < end && head < text.length && old[start + head] === text[head]) head++;
  let tail = 0;
  while (
    start + head < end - tail &&
    head < text.length - tail &&
    old[end - tail - 1] === text[text.length - tail - 1]
  ) {
    tail++;
  }
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}
