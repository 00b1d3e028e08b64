/** All scenarios, several labs at once: while one waits for its election, another is built. */
import type { TestBed } from '../support/running.js';
import type { Verdict } from './compare.js';
import type { Scenario } from './recording.js';
import { walk } from './walk.js';

/** Kind to a machine with two cores. */
const AT_ONCE = 3;

export interface Walked {
  readonly scenario: Scenario;
  readonly verdicts: readonly Verdict[];
}

/** @returns a promise for each scenario, in their order; all are under way. */
export function walkAll(bed: TestBed, scenarios: readonly Scenario[]): readonly Promise<Walked>[] {
  const lanes = Array.from({ length: AT_ONCE }, (): Promise<unknown> => Promise.resolve());
  return scenarios.map((scenario, index) => {
    const lane = index % AT_ONCE;
    const walked = (lanes[lane] ?? Promise.resolve()).then(async () => ({
      scenario,
      verdicts: await walk(bed, scenario),
    }));
    // One that fails is told by its own promise; the next of its lane goes on.
    lanes[lane] = walked.catch(() => undefined);
    return walked;
  });
}
