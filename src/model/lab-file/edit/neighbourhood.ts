/** Comments that belong to an entry, and blank lines around it. */
import { columnOf, commentColumn, isBlankLine, lineStart, previousLine } from './lines.js';

/**
 * The start of the comment lines that stand directly above an entry, of its own line where there are none. A comment
 * that stands further in belongs to what is above it.
 */
export function attachedFrom(text: string, entryStart: number): number {
  const column = columnOf(text, entryStart);
  let start = lineStart(text, entryStart);
  for (let above = previousLine(text, start); above !== null; above = previousLine(text, start)) {
    const comment = commentColumn(text, above);
    if (comment === null || comment > column) return start;
    start = above;
  }
  return start;
}

/** Blank lines directly above a line. @param start Of the line. */
export function blankAbove(text: string, start: number): number {
  let count = 0;
  for (let above = previousLine(text, start); above !== null; above = previousLine(text, above)) {
    if (!isBlankLine(text, above)) break;
    count++;
  }
  return count;
}
