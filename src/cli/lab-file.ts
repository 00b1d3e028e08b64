/** The lab that a file means, with every mistake in it at once. */
import { type Problem } from '../model/lab-file/problems.js';
import { readLabFile } from '../model/lab-file/read.js';
import type { Lab } from '../model/resources.js';
import { LabFileInvalid } from './errors.js';
import type { LabText } from './lab-path.js';

export interface ParsedLab {
  readonly lab: Lab;
  readonly warnings: readonly Problem[];
}

/**
 * @param held The lab that runs: what it was given it keeps
 * @throws LabFileInvalid
 */
export function parseLab({ file, text }: LabText, held?: Lab | null): ParsedLab {
  const { lab, problems } = readLabFile(text, { file, ...(held ? { held } : {}) });
  if (lab === null) throw new LabFileInvalid(file, text, problems);
  return { lab, warnings: problems };
}
