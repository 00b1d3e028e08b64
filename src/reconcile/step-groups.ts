/** Steps that belong together for a reader: neighbours that change the same thing for the same reason. Pure. */
import type { ResourceRef } from '../model/resources.js';
import type { Step } from './step.js';

export interface StepGroup {
  readonly change: Step['change'];
  readonly resource: ResourceRef;
  readonly why: string;
  readonly steps: readonly Step[];
}

/** In their order, since it is the order in which they run. */
export function groupSteps(steps: readonly Step[]): StepGroup[] {
  const groups: (StepGroup & { readonly steps: Step[] })[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const same =
      last?.change === step.change &&
      last.why === step.why &&
      last.resource.kind === step.resource.kind &&
      last.resource.id === step.resource.id;
    if (same) last.steps.push(step);
    else groups.push({ change: step.change, resource: step.resource, why: step.why, steps: [step] });
  }
  return groups;
}
