/** Why a text is not edited, apart from what Neutron and the lab file refuse. */
import { LabError } from '../../errors.js';
import type { Path, Problem } from '../problems.js';
import { show } from '../text.js';

/** An edit that is not done. */
export class EditRefused extends LabError {}

export function notThere(path: Path): EditRefused {
  const message = `There is no ${show(path.join('.'))} in the lab file.`;
  return new EditRefused('NotInFile', message, 'Read the lab again: the file has changed meanwhile.');
}

/** The first error that an edit would bring, as the reader of the lab file has it. */
export function wouldBreak({ code, message, remedy }: Problem): EditRefused {
  return new EditRefused(code, message, remedy);
}
