/** A recording that goes on after nobody has watched, or after the lab became another one. Pure. */
import type { Readings } from '../lab/status.js';
import type { EventOf, TimelineEvent } from './timeline/event.js';
import { BEGINNING, type TimelineState, UNWATCHED, afterEvent } from './timeline/state.js';
import { inOrder, ofKind } from './timeline/timeline.js';

/**
 * What is said of the time in which nobody watched: it begins with the last that was recorded, and of it nobody knows which
 * replica had which role, nor who had the addresses.
 */
export function unwatched(events: readonly TimelineEvent[]): TimelineEvent[] {
  const t = events.reduce((last, event) => Math.max(last, event.t), -Infinity);
  const state = stateAfter(events);
  const common = { t, source: 'tool' } as const;
  const roles = [...state.roles].flatMap(([router, replicas]) =>
    [...replicas].map(([node, { role }]): TimelineEvent => ({
      ...{ ...common, kind: 'role', node, router, role: 'UNKNOWN', before: role, remark: UNWATCHED },
    })),
  );
  const holders = heldIn(state, events).map((event): TimelineEvent => ({ ...event, ...common, action: 'del' }));
  return [...roles, ...holders];
}

/**
 * What of a beginning is news to who has `events`, and what has ended in between.
 * @param beginning as LabTranslator tells it
 * @param first what the nodes said at that moment
 */
export function newsAt(
  t: number,
  events: readonly TimelineEvent[],
  beginning: readonly TimelineEvent[],
  first: Readings,
): TimelineEvent[] {
  const state = stateAfter(events);
  const held = heldIn(state, events);
  const holds = ofKind(beginning, 'holder');
  const roles = ofKind(beginning, 'role').filter(({ router, node, role, remark }) => {
    const known = state.roles.get(router)?.get(node);
    return known?.role !== role || known.remark !== remark;
  });
  const gone = held.filter((one) => !holds.some((other) => alike(one, other)));
  const come = holds.filter((one) => !held.some((other) => alike(one, other)));
  return [
    ...nodesNow(t, state, first),
    ...linksUpNow(t, state, first),
    ...roles,
    ...gone.map((event): TimelineEvent => ({ ...event, t, action: 'del' })),
    ...come,
  ];
}

function stateAfter(events: readonly TimelineEvent[]): TimelineState {
  return inOrder(events).reduce(afterEvent, BEGINNING);
}

function alike(one: EventOf<'holder'>, other: EventOf<'holder'>): boolean {
  return one.router === other.router && one.address === other.address && one.node === other.node;
}

/** How it was told that they came, of all who have an address now. */
function heldIn(state: TimelineState, events: readonly TimelineEvent[]): EventOf<'holder'>[] {
  const came = ofKind(events, 'holder').filter(
    ({ router, address, node, action }) =>
      action === 'add' && (state.holders.get(router)?.get(address)?.has(node) ?? false),
  );
  return came.filter((one, nth) => !came.slice(nth + 1).some((later) => alike(one, later)));
}

function nodesNow(t: number, state: TimelineState, first: Readings): TimelineEvent[] {
  return [...first].flatMap(([node, reading]): TimelineEvent[] => {
    const now = reading.state;
    if (now !== 'running' && now !== 'paused' && now !== 'exited' && now !== 'dead') return [];
    if ((state.nodes.get(node) ?? 'running') === now) return [];
    return [{ kind: 'node', t, node, source: 'engine', state: now }];
  });
}

/** Of the interfaces that were down, those that are not. */
function linksUpNow(t: number, state: TimelineState, first: Readings): TimelineEvent[] {
  return [...state.down].flatMap((name): TimelineEvent[] => {
    const [node = '', namespace = '', device = ''] = name.split(' ');
    const links = first.get(node)?.document?.namespaces[namespace]?.addr ?? [];
    const link = links.find(({ ifname }) => ifname === device);
    if (!link?.flags?.includes('UP')) return [];
    return [{ kind: 'link', t, node, source: 'kernel', namespace, device, action: 'up' }];
  });
}
