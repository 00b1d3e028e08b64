/** The mark that a fault leaves on its node, so that whoever comes later can see and heal it. */
import { z } from 'zod';
import type { ResourceRef } from '../model/resources.js';
import type { Step } from '../reconcile/step.js';

export const FAULT_DIRECTORY = '/run/neutron-lab/faults';

const mark = z.discriminatedUnion('fault', [
  z.object({ fault: z.literal('link'), namespace: z.string(), device: z.string().regex(/^[\w.-]{1,15}$/) }),
  z.object({
    fault: z.literal('partition'),
    namespace: z.string(),
    peers: z.array(z.ipv4()).min(1),
    protocol: z.enum(['vxlan', 'vrrp']),
  }),
  z.object({ fault: z.literal('keepalived'), router: z.string(), how: z.enum(['kill', 'kill-parent', 'terminate']) }),
]);

/** A fault inside a node. A node that is down or frozen needs no mark: its container says so. */
export type FaultMark = z.infer<typeof mark>;

/** Reads the marks of a node; one that cannot be read is left out, since nothing can be done about it. */
export function readMarks(files: readonly { name: string; content: string }[]): { name: string; mark: FaultMark }[] {
  return files.flatMap(({ name, content }) => {
    try {
      const value: unknown = JSON.parse(content);
      const parsed = mark.safeParse(value);
      return parsed.success ? [{ name, mark: parsed.data }] : [];
    } catch {
      return [];
    }
  });
}

export function markPath(name: string): string {
  return `${FAULT_DIRECTORY}/${name}`;
}

/** One rule for each peer and direction: what is dropped, in the words of iptables. */
function partitionRules(fault: Extract<FaultMark, { fault: 'partition' }>): string[][] {
  const traffic = fault.protocol === 'vxlan' ? ['-p', 'udp', '--dport', '8472'] : ['-p', 'vrrp'];
  return fault.peers.map((peer) => ['INPUT', '-s', peer, ...traffic, '-j', 'DROP']);
}

interface FaultStep {
  readonly namespace: string;
  readonly argv: readonly string[];
  readonly why: string;
}

function faultCommands(fault: FaultMark, undo: boolean): FaultStep[] {
  switch (fault.fault) {
    case 'link': {
      const argv = ['ip', 'link', 'set', 'dev', fault.device, undo ? 'up' : 'down'];
      const why = undo ? 'the interface is plugged in again' : 'as if somebody pulled this cable';
      return [{ namespace: fault.namespace, argv, why }];
    }
    case 'partition':
      return partitionRules(fault).map((rule) => ({
        namespace: fault.namespace,
        argv: ['iptables', '-w', undo ? '-D' : '-I', ...rule],
        why: undo ? 'the way is open again' : 'what comes from that side is lost, as if the way were cut',
      }));
    case 'keepalived':
      // Nothing to undo by itself: the next plan finds the process missing and starts it.
      return [];
  }
}

function stepsOf(node: string, resource: ResourceRef, fault: FaultMark, undo: boolean): Step[] {
  return faultCommands(fault, undo).map(({ namespace, argv, why }) => ({
    node,
    namespace,
    change: 'update',
    action: { type: 'run', argv },
    resource,
    why: `${undo ? 'healing' : 'fault'}: ${why}`,
  }));
}

/** The commands that inject a fault; its mark is left first, so that a fault is never without one. */
export function injectSteps(node: string, name: string, resource: ResourceRef, fault: FaultMark): Step[] {
  const leaveMark: Step = {
    node,
    namespace: '',
    change: 'create',
    action: { type: 'write', path: markPath(name), content: JSON.stringify(fault), mode: 0o644 },
    resource,
    why: 'fault: marked, so that it can be seen and healed',
  };
  return [leaveMark, ...stepsOf(node, resource, fault, false)];
}

export function healSteps(node: string, name: string, resource: ResourceRef, fault: FaultMark): Step[] {
  const removeMark: Step = {
    node,
    namespace: '',
    change: 'remove',
    action: { type: 'remove', path: markPath(name) },
    resource,
    why: 'healing: the mark of the fault goes with it',
  };
  return [...stepsOf(node, resource, fault, true), removeMark];
}
