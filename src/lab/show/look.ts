/** What is shown of a thing on a node, out of what the nodes said and what they should be. Pure. */
import type { Lab } from '../../model/resources.js';
import type { Blueprint } from '../bring-up/blueprint.js';
import { NodeUnreachable } from '../node/node-session.js';
import { type Shown, show, withoutVerdict } from '../show.js';
import { type Readings, hasHiddenFault } from '../status.js';
import type { Subject } from '../subject.js';

/** While a fault is to be found, without a verdict. @throws NodeUnreachable where the node said nothing of itself */
export function look(lab: Lab, subject: Subject, node: string, readings: Readings, blueprint: Blueprint): Shown {
  const shown = lookThrough(lab, subject, node, readings, blueprint);
  return hasHiddenFault(readings) ? withoutVerdict(shown) : shown;
}

/** For what should be alone. @throws NodeUnreachable where the node said nothing of itself */
export function lookThrough(lab: Lab, subject: Subject, node: string, readings: Readings, blueprint: Blueprint): Shown {
  const reading = readings.get(node);
  if (!reading?.document) throw new NodeUnreachable(node, `its container is ${reading?.state ?? 'missing'}`);
  return show(lab, subject, node, blueprint.states.get(node)?.items ?? [], reading.document);
}
