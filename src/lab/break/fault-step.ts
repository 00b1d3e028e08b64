/** A step that breaks or mends something, without the node and the resource, which are the same for all of a fault. */
import type { Action } from '../../reconcile/step.js';

export interface FaultStep {
  readonly namespace: string;
  readonly action: Action;
  readonly why: string;
}

export function run(namespace: string, argv: readonly string[], why: string): FaultStep {
  return { namespace, action: { type: 'run', argv }, why };
}
