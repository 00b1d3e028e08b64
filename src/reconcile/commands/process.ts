/** Files and the processes that read them. */
import type { FileItem, ProcessItem } from '../../neutron/node-state.js';
import { ROOT, UNNAMED } from '../../neutron/node-state.js';
import type { Draft } from '../phases.js';

export function writeFile(item: FileItem, change: 'create' | 'update'): Draft[] {
  const { path, content, mode } = item;
  return [{ phase: 'file', change, namespace: ROOT, action: { type: 'write', path, content, mode } }];
}

export function removePath(path: string, phase: 'release' | 'remove-file'): Draft[] {
  return [{ phase, change: 'remove', namespace: ROOT, action: { type: 'remove', path } }];
}

export function startProcess(item: ProcessItem, change: 'create' | 'update'): Draft[] {
  const { argv, pidFile, daemonizes, hostname, namespace } = item;
  return [
    {
      phase: 'start',
      change,
      namespace,
      action: { type: 'spawn', argv, pidFile, daemonizes, ...(hostname !== undefined && { hostname }) },
    },
  ];
}

function signalProcess(
  item: ProcessItem,
  signal: 'HUP' | 'TERM',
  change: Draft['change'],
  phase: Draft['phase'],
): Draft {
  return {
    phase,
    change,
    // keepalived takes a second to leave: in their own namespaces many of them leave at once.
    namespace: item.namespace === UNNAMED ? ROOT : item.namespace,
    action: { type: 'signal', signal, pidFile: item.pidFile, process: item.name },
  };
}

export function stopProcess(item: ProcessItem, change: 'update' | 'remove'): Draft[] {
  return [signalProcess(item, 'TERM', change, 'stop')];
}

export function reloadProcess(item: ProcessItem, phase: 'release-signal' | 'signal'): Draft[] {
  return [signalProcess(item, 'HUP', 'update', phase)];
}
