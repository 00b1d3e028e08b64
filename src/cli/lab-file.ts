/** The lab that a file means, with every mistake in it at once. */
import type { Runtime } from '../docker/runtime.js';
import { type Intent, type ParsedLab, readIntent } from '../lab/bring-up/intent.js';
import { readLabFile } from '../model/lab-file/read.js';
import type { Lab } from '../model/resources.js';
import { LabFileInvalid } from './errors.js';
import type { LabText } from './lab-path.js';

/**
 * @param held The lab that runs: what it was given it keeps
 * @throws LabFileInvalid
 */
export function parseLab({ file, text }: LabText, held?: Lab | null): ParsedLab {
  const { lab, problems } = readLabFile(text, { file, ...(held ? { held } : {}) });
  if (lab === null) throw new LabFileInvalid(file, text, problems);
  return { lab, warnings: problems };
}

/**
 * The lab that a file means in the light of what runs.
 * @throws LabFileInvalid
 */
export async function intentOf(runtime: Runtime, labText: LabText): Promise<Intent> {
  return await readIntent(runtime, labText.text, (held) => parseLab(labText, held));
}
