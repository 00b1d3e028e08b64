/** What became of an edit. */
import type { LabError } from '../../errors.js';
import type { Problem } from '../problems.js';
import type { TextEdit } from './text-edit.js';

export interface Edited {
  readonly refusal: null;
  /** Of the old text, in its order, none touching another; as little as possible. */
  readonly edits: readonly TextEdit[];
  /** The old text with the edits. */
  readonly text: string;
  /** Of the new text: warnings, and errors that the old one had. */
  readonly problems: readonly Problem[];
}

export interface Refused {
  /** Neutron's own error, one of the lab file's, or why the text cannot be edited here. */
  readonly refusal: LabError;
  /** Errors that the new text would have had and the old one has not; places are those in the new text. */
  readonly problems: readonly Problem[];
}

export type EditOutcome = Edited | Refused;
