/** Whose a lesson's lab is that runs already: a rehearsal takes apart only what a rehearsal that is over has left behind. */
import type { Runtime } from '../../docker/runtime.js';
import { LabError } from '../../model/errors.js';

const WORD = 'rehearsal-';

/** The label of the containers of this process's rehearsals. */
export const REHEARSAL = `${WORD}${String(process.pid)}`;

export class LessonLabRuns extends LabError {
  constructor(lab: string, why: string) {
    super(
      'LessonLabRuns',
      `The lab "${lab}" of this lesson runs already${why}.`,
      `Remove it first: \`neutron-lab down ${lab}\`.`,
    );
  }
}

/** @throws LessonLabRuns */
export async function refuseIfInUse(runtime: Runtime, lab: string): Promise<void> {
  for (const { version } of await runtime.listNodes(lab)) {
    if (!version.startsWith(WORD)) throw new LessonLabRuns(lab, '');
    const owner = Number(version.slice(WORD.length));
    if (version !== REHEARSAL && isAlive(owner))
      throw new LessonLabRuns(lab, `, in a rehearsal by the process ${String(owner)}`);
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // A process of somebody else lives, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
