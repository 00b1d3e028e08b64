/** The learner's own lab file, and what is done to it. */
import type { Runtime } from '../../docker/runtime.js';
import { type Intent, readIntent } from '../../lab/bring-up/intent.js';
import { LabError } from '../../model/errors.js';
import { mergePatch } from '../../model/lab-file/edit/merge-patch.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { analyseLabFile, readLabFile } from '../../model/lab-file/read.js';
import type { Lab } from '../../model/resources.js';
import type { Scenario } from '../../model/scenario.js';
import type { ExperimentCell, Patch } from '../format/lesson.js';

/** On disk, or in an editor. */
export interface LearnersFile {
  /** As a person would name it, for messages. */
  readonly name: string;
  read(): Promise<string>;
  write(text: string): Promise<void>;
  /** Puts a copy aside before a reset takes away what the learner wrote; absent where the editor can undo that. */
  keep?(): Promise<void>;
}

/** The learner's file has errors, or would have them. */
export class LearnersFileInvalid extends LabError {
  constructor(
    file: string,
    readonly problems: readonly Problem[],
  ) {
    const first = problems.find(({ severity }) => severity === 'error');
    super(
      'LabFileInvalid',
      first ? `${file}, line ${String(first.line)}: ${first.message}` : `${file} has errors.`,
      first?.remedy ?? 'Mend it, or take the lesson back to its start.',
    );
  }
}

/** @throws LearnersFileInvalid */
export async function intentOf(runtime: Runtime, file: LearnersFile): Promise<Intent> {
  const text = await file.read();
  return await readIntent(runtime, text, (held) => {
    const { lab, problems } = readLabFile(text, { file: file.name, ...(held ? { held } : {}) });
    if (lab === null) throw new LearnersFileInvalid(file.name, problems);
    return { lab, warnings: problems };
  });
}

/** What the learner wrote and the lab that runs does not have, in a sentence; null where there is nothing like that. */
export async function unappliedIn(file: LearnersFile, running: Lab): Promise<string | null> {
  const { lab, problems } = readLabFile(await file.read(), { file: file.name, held: running });
  if (lab === null) {
    const { message, remedy } = new LearnersFileInvalid(file.name, problems);
    return `${message} ${remedy} Until that is mended, Up changes nothing.`;
  }
  if (JSON.stringify(lab) === JSON.stringify(running)) return null;
  return `${file.name} says something else than what runs: bring the lab up.`;
}

/**
 * Writes a patch into the file, which keeps its comments and its order. Written is only what is valid.
 * @returns whether anything changed
 * @throws LearnersFileInvalid, EditRefused
 */
export async function declare(file: LearnersFile, patch: Patch): Promise<boolean> {
  const before = await file.read();
  const broken = readLabFile(before, { file: file.name });
  if (broken.lab === null) throw new LearnersFileInvalid(file.name, broken.problems);
  const text = mergePatch(before, patch);
  const { lab, problems } = readLabFile(text, { file: file.name });
  if (lab === null) throw new LearnersFileInvalid(file.name, problems);
  if (text !== before) await file.write(text);
  return text !== before;
}

/** An experiment of the lesson on the lab as its file declares it. @throws LearnersFileInvalid */
export async function scenarioOf(file: LearnersFile, { scenario, expect }: ExperimentCell): Promise<Scenario> {
  const sections = { scenario: null, expect: null };
  const bare = mergePatch(await file.read(), sections);
  const text = mergePatch(bare, { scenario, ...(expect && { expect }) });
  const { lab, scenario: read, problems } = analyseLabFile(text, { file: file.name });
  if (lab === null || read === null) throw new LearnersFileInvalid('the experiment', problems);
  return read;
}
