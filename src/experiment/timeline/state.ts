/** What a lab was like at a moment of its timeline. Pure. */
import type { EventOf, TimelineEvent, TimelineRole } from './event.js';
import type { Timeline } from './timeline.js';

export interface TimelineState {
  /** Up to which moment, milliseconds. */
  readonly t: number;
  /** By router and node. */
  readonly roles: ReadonlyMap<
    string,
    ReadonlyMap<string, { readonly role: TimelineRole; readonly remark: string | null }>
  >;
  /** By router and address (with its prefix length): the nodes that have it. */
  readonly holders: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  /** What became of the last request of each probe that something became of. */
  readonly probes: ReadonlyMap<string, EventOf<'probe'>>;
  /** Faults that are not healed, by their id. */
  readonly faults: ReadonlyMap<string, EventOf<'fault'>>;
  /** Nodes of which the engine told something. */
  readonly nodes: ReadonlyMap<string, EventOf<'node'>['state']>;
  /** Interfaces that are down or were deleted, as `node namespace device`. */
  readonly down: ReadonlySet<string>;
  readonly mark: EventOf<'mark'> | null;
}

/** The remark of a role that is UNKNOWN because nothing recorded at that time. */
export const UNWATCHED = 'nobody watched';

export const BEGINNING: TimelineState = {
  t: -Infinity,
  roles: new Map(),
  holders: new Map(),
  probes: new Map(),
  faults: new Map(),
  nodes: new Map(),
  down: new Set(),
  mark: null,
};

/** Everything up to and including `t`. */
export function stateAt({ events }: Timeline, t: number): TimelineState {
  let state = BEGINNING;
  for (const event of events) {
    if (event.t > t) break;
    state = afterEvent(state, event);
  }
  return { ...state, t };
}

/** For who follows event by event. */
export function afterEvent(state: TimelineState, event: TimelineEvent): TimelineState {
  const next = { ...state, t: event.t };
  switch (event.kind) {
    case 'role': {
      const own = new Map(state.roles.get(event.router)).set(event.node, { role: event.role, remark: event.remark });
      return { ...next, roles: new Map(state.roles).set(event.router, own) };
    }
    case 'holder': {
      const addresses = new Map(state.holders.get(event.router));
      const nodes = new Set(addresses.get(event.address));
      if (event.action === 'add') nodes.add(event.node);
      else nodes.delete(event.node);
      addresses.set(event.address, nodes);
      return { ...next, holders: new Map(state.holders).set(event.router, addresses) };
    }
    case 'probe':
      return { ...next, probes: new Map(state.probes).set(event.probe, event) };
    case 'fault': {
      const faults = new Map(state.faults);
      if (event.action === 'injected') faults.set(event.id, event);
      else faults.delete(event.id);
      return { ...next, faults };
    }
    case 'node':
      return afterNode(next, event);
    case 'link': {
      const down = new Set(state.down);
      const name = `${event.node} ${event.namespace} ${event.device}`;
      if (event.action === 'down' || event.action === 'del') down.add(name);
      else down.delete(name);
      return { ...next, down };
    }
    case 'mark':
      return { ...next, mark: event };
    case 'advert':
    case 'announcement':
    case 'process':
      return next;
  }
}

/** A node that ended took its addresses along; a paused one keeps them. */
function afterNode(state: TimelineState, { node, state: container }: EventOf<'node'>): TimelineState {
  const nodes = new Map(state.nodes).set(node, container);
  if (container === 'running' || container === 'paused') return { ...state, nodes };
  const holders = new Map(
    [...state.holders].map(([router, addresses]) => [
      router,
      new Map([...addresses].map(([address, own]) => [address, new Set([...own].filter((one) => one !== node))])),
    ]),
  );
  return { ...state, nodes, holders };
}
