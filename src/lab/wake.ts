/** What a lab is meant to be, also where none of its nodes runs. */
import type { Lab } from '../model/resources.js';
import type { RunningLab } from './running-lab.js';

/**
 * Where every node is down, they are started first, since only they know.
 * @param recorded What was read from a node already, null where none could tell
 * @returns null where no node can tell: none was ever set up
 */
export async function recordedOrWoken(running: RunningLab, recorded: Lab | null): Promise<Lab | null> {
  if (recorded !== null) return recorded;
  const { runtime } = running;
  for (const { id, state } of running.containers) {
    if (state === 'paused') await runtime.unpause(id);
    else if (state === 'exited' || state === 'created') await runtime.start(id);
  }
  await running.refresh();
  return await running.recorded();
}
