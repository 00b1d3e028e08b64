/** What a look at the lab said of a condition. */
import type { Condition } from '../format/lesson.js';

export interface Verdict {
  readonly condition: Condition;
  readonly holds: boolean;
  /** Why it does not hold, for the learner: a sentence or two; null where it holds. */
  readonly why: string | null;
}

/** A check as a whole. */
export interface CheckResult {
  readonly passed: boolean;
  readonly verdicts: readonly Verdict[];
}
