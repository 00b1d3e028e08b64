/** Lines of a text by offsets. A line break is LF or CRLF. */

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line break of the line stands, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** The start of the next line; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Nothing but blanks stands before it on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Nothing but blanks and a comment stands behind it on its line. */
export function isLastOnLine(text: string, offset: number): boolean {
  return /^([ \t]+#.*|[ \t]*)$/.test(text.slice(offset, lineEnd(text, offset)));
}

/** @param start Of a line. */
export function isBlankLine(text: string, start: number): boolean {
  return /^[ \t]*$/.test(text.slice(start, lineEnd(text, start)));
}

/** The column of a line that holds a comment and nothing else, null for another line. @param start Of a line. */
export function commentColumn(text: string, start: number): number | null {
  return /^([ \t]*)#/.exec(text.slice(start, lineEnd(text, start)))?.[1]?.length ?? null;
}

/** The start of the line before, null at the first one. @param start Of a line. */
export function previousLine(text: string, start: number): number | null {
  return start === 0 ? null : lineStart(text, start - 1);
}

/** Of the text's line breaks the first one; LF where it has none. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
