/** Brings one node to where it should be, also while somebody else is at work on it. */
import { commandLine } from '../../reconcile/plan.js';
import type { Step } from '../../reconcile/step.js';
import { applySteps } from './apply.js';
import { StepFailed } from '../lab-errors.js';
import type { StepResult } from '../node/node-events.js';
import type { NodeSession } from '../node/node-session.js';

/** Plans after the first one; two that work on a node in turn need one or two. */
const AGAIN = 5;

export interface ConvergeOptions {
  /** Looks at the node again, and says what is to be done now. */
  readonly planAgain: () => Promise<readonly Step[]>;
  readonly onStep: (step: Step, result: StepResult) => void;
}

/**
 * A step fails where another `up` of the same lab, or a person, has changed the node since it was looked at. Then what is
 * there now decides: where that step is still to be done, it is the step that is at fault.
 * @returns how many steps were run
 * @throws StepFailed
 */
export async function converge(
  session: NodeSession,
  first: readonly Step[],
  { planAgain, onStep }: ConvergeOptions,
): Promise<number> {
  let steps = first;
  let ran = 0;
  for (let left = AGAIN; ; left -= 1) {
    try {
      if (steps.length > 0) await applySteps(session, steps, onStep);
      return ran + steps.length;
    } catch (error) {
      if (!(error instanceof StepFailed) || left === 0) throw error;
      const { step: failed } = error;
      ran += steps.indexOf(failed);
      steps = await planAgain();
      if (steps.some((step) => isSame(step, failed))) throw error;
    }
  }
}

function isSame(one: Step, other: Step): boolean {
  return one.namespace === other.namespace && commandLine(one) === commandLine(other);
}
