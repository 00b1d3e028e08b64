/** The steps that break something on a node and leave a mark, and those that take it back. Pure. */
import type { ResourceRef } from '../../model/resources.js';
import type { Step } from '../../reconcile/step.js';
import { type FaultStep, run } from './fault-step.js';
import { healImpairment } from './impairment.js';
import { type FaultMark, markPath, writtenMark } from './fault-mark.js';

/** Begins the reason of each step of a fault that is to be found: whoever shows what was run on a node leaves them out. */
export const HIDDEN = 'hidden fault';

/** One rule for each peer: what comes from there is dropped, in the words of iptables. */
export function partitionSteps(fault: Extract<FaultMark, { fault: 'partition' }>, undo: boolean): FaultStep[] {
  const traffic = fault.protocol === 'vxlan' ? ['-p', 'udp', '--dport', '8472'] : ['-p', 'vrrp'];
  const why = undo ? 'the way is open again' : 'what comes from that side is lost, as if the way were cut';
  return fault.peers.map((peer) =>
    run(fault.namespace, ['iptables', '-w', undo ? '-D' : '-I', 'INPUT', '-s', peer, ...traffic, '-j', 'DROP'], why),
  );
}

/** What takes a fault back by itself; empty where the next plan finds what is missing and makes it again. */
function undoing(fault: FaultMark): FaultStep[] {
  switch (fault.fault) {
    case 'link':
      return [
        run(fault.namespace, ['ip', 'link', 'set', 'dev', fault.device, 'up'], 'the interface is plugged in again'),
      ];
    case 'partition':
      return partitionSteps(fault, true);
    case 'impair':
      return healImpairment(fault);
    case 'mtu': {
      const argv = ['ip', 'link', 'set', 'dev', fault.device, 'mtu', String(fault.before)];
      return [
        run(fault.namespace, argv, 'packets may be as long as before'),
        ...Object.entries(fault.sysctls).map(([name, value]) =>
          run(
            fault.namespace,
            ['sysctl', '-w', `${name}=${value}`],
            'IPv6 is back on the device, with what was set there',
          ),
        ),
      ];
    }
    case 'keepalived':
    case 'agent':
    case 'dhcp':
    case 'config':
      return [];
  }
}

function stepOf(node: string, resource: ResourceRef, prefix: string, step: FaultStep): Step {
  return { node, resource, change: 'update', ...step, why: `${prefix}: ${step.why}` };
}

/**
 * The commands that inject a fault; its mark is left first, so that a fault is never without one.
 * @param riddle What it is to be found for (`ReadMark`); null: everybody may see it
 */
export function injectSteps(
  node: string,
  resource: ResourceRef,
  marked: { readonly name: string; readonly mark: FaultMark } | null,
  steps: readonly FaultStep[],
  riddle: number | null = null,
): Step[] {
  const word = riddle === null ? 'fault' : HIDDEN;
  const strikes = steps.map((step) => stepOf(node, resource, word, step));
  if (marked === null) return strikes;
  const leaveMark: Step = {
    node,
    namespace: '',
    change: 'create',
    action: { type: 'write', path: markPath(marked.name), content: writtenMark(marked.mark, riddle), mode: 0o644 },
    resource,
    why: `${word}: marked, so that it can be seen and healed`,
  };
  return [leaveMark, ...strikes];
}

export function healSteps(node: string, name: string, resource: ResourceRef, fault: FaultMark): Step[] {
  return [
    ...undoing(fault).map((step) => stepOf(node, resource, 'healing', step)),
    forgetStep(node, name, resource, 'healing: the mark of the fault goes with it'),
  ];
}

/** Takes away the mark alone, of what somebody has mended himself. */
export function forgetStep(node: string, name: string, resource: ResourceRef, why: string): Step {
  return { node, namespace: '', change: 'remove', action: { type: 'remove', path: markPath(name) }, resource, why };
}

/** Whether a step of the plan makes again what this fault broke, and not what another one did. */
export function mends(fault: FaultMark, { action, namespace }: Step): boolean {
  const path = 'path' in action ? action.path : '';
  const pidFile = 'pidFile' in action ? action.pidFile : '';
  switch (fault.fault) {
    case 'keepalived':
      return (
        (action.type === 'spawn' && pidFile.includes(`/ha_confs/${fault.router}.pid`)) ||
        path.endsWith(`/children/keepalived-${fault.router}`)
      );
    case 'agent':
      return action.type === 'spawn' && pidFile.endsWith('/l3-agent.pid');
    case 'dhcp':
      return (
        (action.type === 'spawn' && namespace === `qdhcp-${fault.network}`) ||
        path.endsWith(`/children/dnsmasq-${fault.network}`)
      );
    case 'config':
      return (
        path.endsWith(`/ha_confs/${fault.router}/keepalived.conf`) ||
        (action.type === 'signal' && pidFile.includes(`/ha_confs/${fault.router}.pid`))
      );
    case 'link':
    case 'partition':
    case 'impair':
    case 'mtu':
      return false;
  }
}

/** Whether what a MASTER lost went with this fault: the kernel takes routes and IPv6 from an interface that is down. */
export function lostBy(fault: FaultMark, { namespace }: Step): boolean {
  return (fault.fault === 'link' || fault.fault === 'mtu') && fault.namespace === namespace;
}
