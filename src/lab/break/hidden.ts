/** Faults that somebody is to find. */
import { LabError } from '../../model/errors.js';
import { applySteps } from '../bring-up/apply.js';
import type { RunningLab } from '../running-lab.js';
import { hasHiddenFault, readNodes } from '../status.js';
import { readMarks } from './fault-mark.js';
import { forgetStep } from './inject-and-heal-steps.js';
import { selfRef } from './strike.js';

/** Where there is one, and only there, an impairment could not be added to it: that would say which one it is. */
export async function refuseBesideHidden(running: RunningLab): Promise<void> {
  if (!hasHiddenFault(await readNodes(running))) return;
  throw new LabError(
    'FaultIsHidden',
    'A fault is hidden in this lab: no link is impaired beside it.',
    'Find it first, or give up: `neutron-lab heal` takes it away.',
  );
}

/** What was to be found has been, and was mended by hand: its marks go, and nothing else changes. @param riddle Of which (`ReadMark`) */
export async function forgetHidden(running: RunningLab, riddle: number | null): Promise<void> {
  const answering = running.containers.filter(({ state }) => state === 'running');
  await Promise.all(
    answering.map(async ({ node }) => {
      const hidden = readMarks((await (await running.session(node)).observe()).faults).filter(
        (one) => one.hidden && one.riddle === riddle,
      );
      const why = 'found: the mark of the fault goes';
      if (hidden.length > 0)
        await applySteps(
          await running.session(node),
          hidden.map(({ name }) => forgetStep(node, name, selfRef(node), why)),
        );
    }),
  );
}
