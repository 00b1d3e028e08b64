/** What can be wrong with a running lab. */
import { LabError } from '../model/errors.js';
import type { StepResult } from './node/node-events.js';
import type { Step } from '../reconcile/step.js';
import { commandLine } from '../reconcile/plan.js';

export class LabNotRunning extends LabError {
  constructor(lab: string) {
    super(
      'LabNotRunning',
      `No lab "${lab}" runs on this engine.`,
      '`neutron-lab list` shows what runs; `neutron-lab up FILE` starts one.',
    );
  }
}

export class NoSuchNode extends LabError {
  constructor(lab: string, node: string, nodes: readonly string[]) {
    super('NoSuchNode', `The lab "${lab}" has no node "${node}".`, `Its nodes are ${nodes.join(', ')}.`);
  }
}

export class NoSuchTarget extends LabError {
  constructor(what: string, target: string, choices: readonly string[]) {
    const remedy = choices.length === 0 ? `The lab has no ${what}.` : `There is ${choices.join(', ')}.`;
    super('NoSuchTarget', `There is no ${what} "${target}" in this lab.`, remedy);
  }
}

/** A name that several things have. */
export class AmbiguousName extends LabError {
  constructor(message: string, remedy: string) {
    super('AmbiguousName', message, remedy);
  }
}

/** A step that the plan held to be right and the node refused. */
export class StepFailed extends LabError {
  constructor(
    readonly step: Step,
    readonly result: StepResult,
  ) {
    const said = ((result.stderr ?? '').trim().split('\n').at(-1) ?? '').replace(/\.+$/, '');
    super(
      'StepFailed',
      `On ${step.node}, \`${commandLine(step)}\` failed with code ${String(result.code)}${said === '' ? '' : `: ${said}`}.`,
      'The steps before it stay done; `neutron-lab up` goes on from there.',
    );
  }
}

export class Interrupted extends LabError {
  /** @param remedy What is so now, and how to go on; that of an interrupted `up` where nothing is said */
  constructor(remedy = '`neutron-lab up` goes on from here, `neutron-lab down` removes everything.') {
    super('Interrupted', 'Interrupted.', remedy);
  }
}

/** What is not as it should be would be what somebody is to find. */
export class VerdictHidden extends LabError {
  constructor() {
    super(
      'FaultIsHidden',
      'A fault is hidden in this lab: until it is found, nothing says what should be.',
      'Look at what is: `neutron-lab show` without --diff. Or give up: `neutron-lab heal` takes it away.',
    );
  }
}
