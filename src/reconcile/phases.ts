/** The order in which a node's steps run: first what goes, from the outside in, then what comes, from the inside out. */
import type { Step } from './step.js';

export const PHASES = [
  'stop',
  'remove-route',
  'remove-address',
  'remove-flood',
  'remove-link',
  'remove-namespace',
  'remove-file',
  'namespace',
  'sysctl',
  'link',
  // A device's own settings go before it comes up: an address made by the kernel in between would stay.
  'device-sysctl',
  'link-up',
  'flood',
  'address',
  'route',
  'firewall',
  'file',
  'start',
  'signal',
] as const;

export type Phase = (typeof PHASES)[number];

/** A step before it is told which node, resource and reason it has. */
export interface Draft extends Pick<Step, 'namespace' | 'change' | 'action'> {
  readonly phase: Phase;
}

export function run(
  phase: Phase,
  change: Step['change'],
  namespace: string,
  argv: readonly string[],
  stdin?: string,
): Draft {
  return { phase, change, namespace, action: { type: 'run', argv, ...(stdin !== undefined && { stdin }) } };
}
