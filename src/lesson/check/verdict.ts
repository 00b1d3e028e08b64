/** What a look at the lab said of a condition. */
import type { Condition } from '../format/lesson.js';

export interface Verdict {
  readonly condition: Condition;
  readonly holds: boolean;
  /** Why it does not hold, for the learner: a sentence or two; null where it holds. */
  readonly why: string | null;
  /** The place that is not there, so that nothing was looked at. */
  readonly unseen?: string;
}

/** A check as a whole. */
export interface CheckResult {
  readonly passed: boolean;
  readonly verdicts: readonly Verdict[];
}

/** Why a check does not pass, each reason once: where something is not there, that nothing could be seen from it is no other reason. Pure. */
export function reasonsOf({ verdicts }: CheckResult): string[] {
  const absent = new Set(
    verdicts.flatMap(({ condition, why }) =>
      condition.kind === 'resource' && why?.startsWith('The lab has no ') === true ? [condition.name] : [],
    ),
  );
  const told = verdicts.filter(({ unseen }) => {
    if (unseen === undefined) return true;
    const known = absent.has(unseen);
    absent.add(unseen);
    return !known;
  });
  return [...new Set(told.flatMap(({ why }) => why ?? []))];
}

const STILL_THERE = 'What is hidden is still there. The hint says where to look.';

/**
 * Of a check that did not pass, what a user notices: pings, and who says that it is MASTER. Which command saw the fault, and on which
 * node, would be the answer. Pure.
 * @param elsewhere The step that the fault was hidden for, where it is another one than that of the check
 */
export function onlyNoticed({ passed, verdicts }: CheckResult, elsewhere: number | null = null): CheckResult {
  const hidden = verdicts.filter(({ holds, condition: { kind } }) => !holds && kind !== 'ping' && kind !== 'masters');
  const [first] = hidden;
  const why =
    elsewhere === null
      ? STILL_THERE
      : `Something is missing here, and the fault that is hidden for step ${String(elsewhere)} may be why: find that first.`;
  return {
    passed,
    verdicts: verdicts.flatMap((verdict) => {
      if (verdict === first) return [{ ...verdict, why }];
      return hidden.includes(verdict) ? [] : [verdict];
    }),
  };
}
