/** What may be written at the cursor of a lab file, half-typed as it is. */
import { expectedAt } from './expected.js';
import { completeContainer, completeKeys } from './complete-keys.js';
import { completeValues } from './complete-values.js';
import type { LabText } from './lab-text.js';
import { namesOf, type NameKind } from './names.js';
import { placeAt } from './place.js';
import { readSyntax } from './sections.js';
import type { Span } from './syntax.js';

export interface Completion {
  readonly label: string;
  readonly kind: 'section' | 'attribute' | 'value' | 'snippet' | NameKind;
  /** In a few words, beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** In the notation of snippets. */
  readonly insert: string;
  /** What it takes the place of, on one line. */
  readonly span: Span;
  /** Lower ones first. */
  readonly rank: number;
  /** The next thing to write has proposals, too. */
  readonly goesOn: boolean;
}

/** A completion without its place. */
export type Proposal = Omit<Completion, 'span' | 'rank' | 'goesOn' | 'documentation'> &
  Partial<Pick<Completion, 'rank' | 'goesOn' | 'documentation'>>;

/** Where the cursor is, for those who propose. */
export interface Cursor {
  /** Within brackets. */
  readonly flow: boolean;
  /** Nothing but indentation or a dash stands before the word on its line. */
  readonly first: boolean;
  /** Within quotes. */
  readonly quoted: boolean;
}

/** Stands for the word at the cursor where there is none yet, so that every place is that of a word. */
const WORD = '\uE000';

/** Never throws; empty in comments and where nothing is known. */
export function completionsAt(lab: LabText, offset: number): Completion[] {
  const at = Math.max(0, Math.min(offset, lab.text.length));
  const syntax = readSyntax(lab.text.slice(0, at) + WORD + lab.text.slice(at));
  const place = placeAt(syntax, at + 1);
  if (place === null) return [];
  const { node, flow } = place;
  const span = spanAt(lab.text, { start: node.start, end: node.end - 1 }, at, node.quoted);
  const before = lab.text.slice(lab.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const cursor: Cursor = { flow, quoted: node.quoted, first: /^\s*(- +)*$/.test(before) };
  const names = namesOf(syntax, place.node);
  const expected = expectedAt(place.path);
  const proposals =
    place.role === 'key'
      ? completeKeys(expected, place, cursor, names)
      : [...completeValues(expected, place, cursor, names), ...completeContainer(expected, place, cursor, names)];
  return proposals.map((proposal) => ({ documentation: '', rank: 1, goesOn: false, ...proposal, span }));
}

/** Within the quotes of a quoted text, and within the line of the cursor. */
function spanAt(text: string, { start, end }: Span, at: number, quoted: boolean): Span {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' ? 1 : 0);
  const first = quoted ? start + 1 : start;
  const closed = quoted && end - 1 >= at && /["']/.test(text[end - 1] ?? '');
  return {
    start: Math.min(at, Math.max(first, lineStart)),
    end: Math.max(at, Math.min(closed ? end - 1 : end, lineEnd)),
  };
}
