/** Runs steps on a node. */
import type { Step } from '../../reconcile/step.js';
import { StepFailed } from '../lab-errors.js';
import type { StepResult } from '../node/node-events.js';
import type { NodeSession } from '../node/node-session.js';

/** How ip(8), kill(1) and rm(1) say that a thing is not there. */
const GONE = /Cannot find device|No such (file|process|device)|Cannot remove namespace file|not mounted|is not running/;

/**
 * What a step was to remove may have gone by itself meanwhile: the kernel takes down the interfaces of a namespace
 * some time after its last process ended.
 */
function wasGoneAlready(step: Step, result: StepResult): boolean {
  return step.change === 'remove' && GONE.test(result.stderr ?? '');
}

/**
 * In their order, to the end or to the first that fails.
 * @param onStep hears of each step that ended, by its index in `steps`
 * @throws StepFailed
 */
export async function applySteps(
  session: NodeSession,
  steps: readonly Step[],
  onStep: (step: Step, result: StepResult) => void = () => undefined,
): Promise<void> {
  for (let begin = 0; begin < steps.length;) {
    const rest = steps.slice(begin);
    const results = await session.apply(rest, (result) => {
      const step = rest[result.step];
      if (step) onStep(step, result);
    });
    const failed = results.find((result) => result.code !== 0);
    const step = failed && rest[failed.step];
    if (!failed || !step) return;
    if (!wasGoneAlready(step, failed)) throw new StepFailed(step, failed);
    begin += failed.step + 1;
  }
}
