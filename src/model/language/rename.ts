/** Another name for a resource, where it is declared and wherever the file refers to it. */
import { LabError } from '../errors.js';
import { applyEdit } from '../lab-file/edit/apply.js';
import type { EditOutcome } from '../lab-file/edit/outcome.js';
import type { TextEdit } from '../lab-file/edit/text-edit.js';
import { rename } from '../lab-file/edit/verbs.js';
import { targetsAt } from './definition.js';
import type { LabText } from './lab-text.js';
import type { Declaration } from './names.js';
import type { Span, TextNode } from './syntax.js';

export interface Renameable extends Span {
  /** The name as it is, without quotes. */
  readonly name: string;
}

/** @throws LabError where nothing at the offset can be renamed. */
export function prepareRenameAt(lab: LabText, offset: number): Renameable {
  const { node, declaration } = renamedAt(lab, offset);
  return { start: node.start, end: node.end, name: declaration.name };
}

/**
 * @throws LabError with the model's own words where the new name is invalid or taken, where the file is no YAML, or
 *   where nothing at the offset can be renamed.
 */
export function renameAt(lab: LabText, offset: number, name: string): readonly TextEdit[] {
  const outcome = renameDeclared(lab, renamedAt(lab, offset).declaration, name);
  if (outcome.refusal !== null) throw outcome.refusal;
  return outcome.edits;
}

export function renameDeclared(lab: LabText, { kind, name, longName, path }: Declaration, to: string): EditOutcome {
  // By its id where it is known: two resources may have one name.
  const id = kind === 'node' ? null : lab.read().places.idAt(kind, path);
  return applyEdit(lab.open(), rename({ kind, ref: id ?? longName ?? name }, to));
}

function renamedAt(lab: LabText, offset: number): { node: TextNode; declaration: Declaration } {
  const { node, targets, reference } = targetsAt(lab, offset);
  const [declaration, another] = targets;
  // An id stays what it is when the name changes.
  const byId = reference !== null && reference.node.text === declaration?.id;
  if (node === null || declaration === undefined || another !== undefined || byId)
    throw new LabError(
      'NothingToRename',
      'There is no name here that could be changed.',
      'Take the name of a resource.',
    );
  return { node, declaration };
}
