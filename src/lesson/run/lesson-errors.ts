/** What may be wrong when something is done with a lesson. */
import { LabError } from '../../model/errors.js';
import { type CheckResult, reasonsOf } from '../check/verdict.js';
import type { LessonStep } from '../format/lesson.js';

/** The solution of the lesson does not do what its check asks for: a mistake of the lesson's. */
export class SolutionFailed extends LabError {
  constructor(
    readonly step: LessonStep,
    readonly result: CheckResult,
  ) {
    super(
      'SolutionFailed',
      `The solution of step ${String(step.number)} was applied, and its check does not pass: ${reasonsOf(result).join(' ')}`,
      'Take the lesson back to its start (reset), and solve it from there.',
    );
  }
}

/** The lab of the lesson does not run. */
export class LessonNotStarted extends LabError {
  /** @param lesson As it was called on the command line; null where it was not */
  constructor(lab: string, lesson: string | null) {
    super(
      'LabNotRunning',
      `The lab "${lab}" of this lesson does not run.`,
      `Start it: ${lesson === null ? '' : `\`neutron-lab lesson start ${lesson}\`, or `}Up in the editor.`,
    );
  }
}

/** A riddle at a time: of two faults at once neither is found, and the check of one would be that of both. */
export class FaultIsHidden extends LabError {
  /** @param step For which it was hidden; null where nobody said */
  constructor(step: number | null) {
    const check = step === null ? 'its check' : `the check of step ${String(step)}`;
    super(
      'FaultIsHidden',
      step === null
        ? 'A fault is hidden in this lab already.'
        : `A fault is hidden in this lab already, for step ${String(step)}.`,
      `Find it and mend it; when ${check} passes, another one can be hidden. Or give up: \`neutron-lab heal\`, in the editor Heal All Faults, takes it away.`,
    );
  }
}

/** A fault to be found stands in a section that nothing checks. */
export class FaultWithoutCheck extends LabError {
  constructor() {
    super(
      'FaultWithoutCheck',
      'No check says when this fault is found.',
      'Write a `yaml check` into its section of the lesson.',
    );
  }
}

/** A command of a solution does not end well. */
export class MoveFailed extends LabError {
  constructor(script: string, on: string, code: number, output: string) {
    const last = output.trim().split('\n').at(-1) ?? '';
    super(
      'MoveFailed',
      `\`${script.trim()}\` on ${on} ended with ${String(code)}${last === '' ? '' : `: ${last.replace(/\.$/, '')}`}.`,
      'Take the lesson back to its start (reset), and solve it from there.',
    );
  }
}
