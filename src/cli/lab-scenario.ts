/** The scenario of a lab file. */
import { analyseLabFile } from '../model/lab-file/read.js';
import type { Scenario } from '../model/scenario.js';
import { LabFileInvalid } from './errors.js';
import type { LabText } from './lab-path.js';

/** Null where it has none. @throws LabFileInvalid */
export function scenarioOf({ file, text }: LabText): Scenario | null {
  const { lab, scenario, problems } = analyseLabFile(text, { file });
  if (lab === null) throw new LabFileInvalid(file, text, problems);
  return scenario;
}
