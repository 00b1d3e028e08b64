/** Does a fault of a lesson, as its text says it, to the lab as it is now. */
import { inject } from '../../lab/break/break-and-mend.js';
import { readNodes, statusOf } from '../../lab/status.js';
import { aimAt } from '../../experiment/aim.js';
import type { FaultFile } from '../../model/lab-file/schema-scenario.js';
import type { LabInUse } from '../check/place.js';

/** @param riddle The number of the step for which it is to be found; null: everybody may see it */
export async function strike({ running, lab }: LabInUse, file: FaultFile, riddle: number | null): Promise<void> {
  const status = statusOf(lab, await readNodes(running));
  const { fault, on = null, replica = 'MASTER', ...more } = file;
  const { faults } = aimAt({ fault, at: 0, heal: null, on, replica, more }, lab, status);
  for (const one of faults) await inject(running, lab, one, riddle);
}
