/** Where a ping of a lesson goes. Pure. */
import { targetOf } from '../../experiment/probe-target.js';
import { NoSuchTarget } from '../../lab/lab-errors.js';
import { tryParseAddress } from '../../model/addresses.js';
import { LabError } from '../../model/errors.js';
import { OUTSIDE } from '../../model/names.js';
import type { Lab } from '../../model/resources.js';

/** Whether there is what a ping is for. */
export function isDestination(lab: Lab, to: string): boolean {
  return tryParseAddress(to) !== null || to === OUTSIDE || namesIn(lab).includes(to);
}

function namesIn(lab: Lab): string[] {
  return [...lab.instances, ...lab.routers].map(({ name }) => name);
}

/** An address, or that of an instance, a router or the outside, as a probe of a scenario has it. @throws NoSuchTarget */
export function addressOf(lab: Lab, from: string, to: string): string {
  if (tryParseAddress(to) !== null) return to;
  if (!isDestination(lab, to)) throw new NoSuchTarget('instance or router', to, namesIn(lab));
  try {
    return targetOf(lab, { kind: 'ping', from, to, interval: 1000 }, 1).request.destination;
  } catch (error) {
    // What the scenario's author would have to mend is here what the learner has not declared yet.
    if (error instanceof LabError) throw new NoSuchTarget(`address of ${to} beside`, from, []);
    throw error;
  }
}
