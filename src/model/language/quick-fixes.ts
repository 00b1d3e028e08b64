/** Changes that mend a problem of the file, ready to be made. */
import type { Fix } from '../lab-file/fix.js';
import type { TextEdit } from '../lab-file/edit/text-edit.js';
import type { Problem } from '../lab-file/problems.js';
import { fixEdits, removePart } from './fix-edits.js';
import type { LabText } from './lab-text.js';
import { placeAt } from './place.js';

export interface QuickFix {
  readonly change: Fix['change'];
  /** The attribute or name that it is about, as the file has it. */
  readonly subject: string;
  /** What it becomes; empty where it goes. */
  readonly result: string;
  readonly edits: readonly TextEdit[];
  /** The one that is most likely meant. */
  readonly preferred: boolean;
}

/** @param problem One of the problems of this very text. */
export function quickFixesFor(lab: LabText, problem: Problem): QuickFix[] {
  const fixes = (problem.fixes ?? []).flatMap((fix): Omit<QuickFix, 'preferred'>[] => {
    const edits = fixEdits(lab, fix);
    return edits === null || edits.length === 0 ? [] : [{ change: fix.change, ...wordsOf(lab, fix, edits), edits }];
  });
  const found = problem.code === 'DuplicateKey' ? [...fixes, ...removeTwice(lab, problem)] : fixes;
  return found.map((fix, index) => ({ ...fix, preferred: index === 0 && fix.change !== 'remove' }));
}

function wordsOf(lab: LabText, fix: Fix, edits: readonly TextEdit[]): Pick<QuickFix, 'subject' | 'result'> {
  const [first] = edits;
  const old = first === undefined ? '' : lab.text.slice(first.start, first.end);
  if (fix.change === 'remove') return { subject: subjectOf(fix), result: '' };
  if (fix.change === 'add')
    return { subject: fix.name, result: first?.text.trim().replace(/^[,{] ?| ?\}$/g, '') ?? '' };
  if (fix.change === 'rename') return { subject: String(fix.path.at(-1)), result: fix.name };
  return { subject: old, result: first?.text ?? '' };
}

/** An item of a list is called by its attribute. */
function subjectOf({ path }: Fix): string {
  return [...path].reverse().find((step) => typeof step === 'string') ?? '';
}

/** The second one of two equal keys. */
function removeTwice(lab: LabText, problem: Problem): Omit<QuickFix, 'preferred'>[] {
  const place = placeAt(lab.syntax(), offsetOf(lab.text, problem.line, problem.column));
  if (place?.role !== 'key' || place.map === null || place.entry === null) return [];
  const edits = removePart(lab.text, place.map, place.map.entries, place.entry);
  return edits === null ? [] : [{ change: 'remove', subject: place.node.text, result: '', edits }];
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
