/** A wizard whose outcome is one edit of a lab file. Pure. */
import type { LabError } from '../../model/errors.js';
import { applyEdit, validateEdit } from '../../model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../model/lab-file/edit/edits.js';
import { type OpenLabFile, openLabFile } from '../../model/lab-file/edit/open.js';
import type { ContextValue } from '../manifest/context-values.js';
import type { Answers, Step, Wizard } from './step.js';

export interface Flow {
  readonly title: string;
  steps(answers: Answers): readonly Step[];
  /** As far as it was said: what was not asked yet has Neutron's defaults, so each answer is judged with those before it. */
  edit(answers: Answers): LabFileEdit;
  /** What there is afterwards, to be shown. */
  made?(answers: Answers): Made | null;
}

export interface Made {
  readonly kind: ContextValue;
  readonly name: string;
}

/** A flow for a file as it is: made again when the file has changed meanwhile. @throws LabError where nothing can be done */
export type FlowMaker = (file: OpenLabFile) => Flow;

/** @param read The file as it is now; the same value while its text is the same. */
export function wizardOf(make: FlowMaker, read: () => OpenLabFile): Wizard {
  let file = read();
  let flow = make(file);
  const current = (): Flow => {
    const now = read();
    if (now !== file) [file, flow] = [now, make(now)];
    return flow;
  };
  return {
    title: flow.title,
    steps: (answers) => current().steps(answers),
    wrong: (answers) => {
      const refusal = validateEdit(file, current().edit(answers));
      return refusal === null ? null : sentence(refusal);
    },
  };
}

export function sentence({ message, remedy }: LabError): string {
  return remedy === '' ? message : `${message} ${remedy}`;
}

/** The file as it would be with the edit; as it is where the edit is refused. */
export function after(file: OpenLabFile, edit: LabFileEdit): OpenLabFile {
  const outcome = applyEdit(file, edit);
  return outcome.refusal === null ? openLabFile(outcome.text, file.options) : file;
}

/** Nothing at all, where nothing was said yet. */
export const NOTHING: LabFileEdit = { do: 'all', edits: [] };
