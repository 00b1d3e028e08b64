/** The order in which a node's steps run: first what goes, from the outside in, then what comes, from the inside out. */
import type { Step } from './step.js';

/**
 * Phases that may run together, one group after the other. Within a group the root namespace comes first and then each
 * namespace for itself: a node works on its namespaces side by side, and waits at a step of the root namespace.
 */
const GROUPS = [
  // Who keeps a process alive hears first that it shall not, or it would start again what is stopped next.
  ['release'],
  ['release-signal'],
  ['stop'],
  ['remove-route', 'remove-address', 'remove-flood'],
  ['remove-link'],
  ['remove-namespace'],
  ['remove-file'],
  ['namespace'],
  ['sysctl'],
  ['link'],
  // A device's own settings go before it comes up: an address made by the kernel in between would stay.
  // Rules are there before the first packet can pass: what was tracked before it met its NAT would never meet it.
  ['device-sysctl', 'firewall', 'link-up', 'flood', 'address', 'route'],
  ['file'],
  // Who runs already is told first: what it is told of is there, and its users wait for it.
  ['signal'],
  // A set of addresses is there before the rules that look it up, and goes after them. Nothing of an instance runs yet.
  ['ipset', 'node-firewall', 'remove-ipset', 'forget'],
  ['start'],
] as const;

export type Phase = (typeof GROUPS)[number][number];

/** Sorts steps by group, by namespace (the root first, then as they come), by phase; otherwise as they were. */
export function inOrder<T extends { readonly phase: Phase; readonly namespace: string }>(steps: readonly T[]): T[] {
  return GROUPS.flatMap((phases) => {
    const byNamespace = new Map<string, T[]>([['', []]]);
    for (const phase of phases) {
      for (const step of steps) {
        if (step.phase !== phase) continue;
        const list = byNamespace.get(step.namespace);
        if (list) list.push(step);
        else byNamespace.set(step.namespace, [step]);
      }
    }
    return [...byNamespace.values()].flat();
  });
}

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
