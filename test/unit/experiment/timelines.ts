/** Events of a timeline, for tests. Times are milliseconds. */
import type { EventOf, TimelineRole } from '../../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../../src/experiment/timeline/timeline.js';

export const header: Omit<TimelineHeader, 'probes'> = {
  timeline: 1,
  lab: 'ha-router',
  title: 'The node of the MASTER loses its power',
  nodes: ['network1', 'network2', 'network3', 'compute1'],
  routers: [
    {
      id: 'edge',
      name: 'edge',
      ha: true,
      vrid: 39,
      nodes: ['network1', 'network2', 'network3'],
      advertInt: 2,
      priority: 50,
    },
  ],
  clock: { wall: 1_795_000_000_000, t: 0 },
};

export function role(t: number, node: string, now: TimelineRole): EventOf<'role'> {
  return { kind: 'role', t, node, source: 'kernel', router: 'edge', role: now, before: null, remark: null };
}

export function holder(t: number, node: string, action: 'add' | 'del'): EventOf<'holder'> {
  return {
    kind: 'holder',
    t,
    node,
    source: 'kernel',
    router: 'edge',
    device: 'qr-1',
    address: '192.168.10.1/24',
    action,
  };
}

export function advert(t: number, node: string, direction: 'out' | 'in', priority = 50): EventOf<'advert'> {
  return {
    kind: 'advert',
    t,
    node,
    source: 'wire',
    router: 'edge',
    direction,
    sender: '169.254.192.5',
    vrid: 39,
    priority,
  };
}

export function node(t: number, name: string, state: EventOf<'node'>['state']): EventOf<'node'> {
  return { kind: 'node', t, node: name, source: 'engine', state };
}

export function fault(t: number, action: 'injected' | 'healed'): EventOf<'fault'> {
  return {
    kind: 'fault',
    t,
    node: 'network1',
    source: 'tool',
    action,
    id: '1',
    fault: 'node',
    what: 'network1 loses its power',
  };
}

export function request(seq: number, sent: number, outcome: EventOf<'probe'>['outcome']): EventOf<'probe'> {
  const lost = outcome === 'lost';
  const t = lost ? sent + 1000 : outcome === 'late' ? sent + 1500 : sent + 0.5;
  return {
    kind: 'probe',
    t,
    node: 'compute1',
    source: 'probe',
    probe: 'ping1',
    seq,
    outcome,
    sent,
    rtt: lost ? null : t - sent,
  };
}

export function started(t: number, node: string): EventOf<'process'> {
  return { kind: 'process', t, node, source: 'kernel', name: 'keepalived', action: 'start', of: 'edge', pid: 4711 };
}
