/** Events of a running lab as they happen: roles, nodes, and what the nodes say. */
import type { ContainerState } from '../docker/runtime.js';
import { indexLab } from '../model/lab-queries.js';
import type { Lab } from '../model/resources.js';
import type { NodeEvent } from './node/node-events.js';
import { NodeUnreachable, type Subscription, type WatchKind } from './node/node-session.js';
import {
  type ReplicaFacts,
  type ReplicaPlace,
  type Role,
  afterEngineEvent,
  afterEvent,
  observedFacts,
  replicaPlaces,
  roleOf,
} from './replica.js';
import type { RunningLab } from './running-lab.js';
import { type Readings, readNodes } from './status.js';

export interface Watching extends Subscription {
  /** What was seen when it began. */
  readonly first: Readings;
  /** Ends when it is stopped; rejects with EngineGoneError where nothing more will be heard. */
  readonly over: Promise<void>;
}

export type LabEvent =
  | {
      readonly type: 'role';
      /** Its name, for people; names may be shared. */
      readonly router: string;
      readonly routerId: string;
      readonly node: string;
      readonly role: Role;
      readonly before: Role;
      readonly remark: string | null;
      /** CLOCK_MONOTONIC of the node, seconds; null where the engine told it, which has another clock. */
      readonly t: number | null;
    }
  | { readonly type: 'node'; readonly node: string; readonly state: ContainerState }
  | { readonly type: 'raw'; readonly node: string; readonly event: NodeEvent };

interface Replica {
  readonly place: ReplicaPlace;
  facts: ReplicaFacts;
}

const STATE_AFTER: Readonly<Partial<Record<string, ContainerState>>> = {
  start: 'running',
  unpause: 'running',
  pause: 'paused',
  die: 'exited',
  destroy: 'dead',
};

/**
 * Watches all nodes that run, and those that start later.
 * @param extra what is wanted beside the events from which roles follow
 * @returns after the first look at every node: from then on no change is missed
 */
export async function watchLab(
  running: RunningLab,
  lab: Lab,
  onEvent: (event: LabEvent) => void,
  extra: readonly WatchKind[] = [],
): Promise<Watching> {
  const ending = new AbortController();
  const replicas: Replica[] = [];
  const byNode = new Map<string, Replica[]>();
  const subscriptions = new Map<string, Subscription>();
  const early: { node: string; event: NodeEvent }[] = [];
  let ready = false;

  const change = (replica: Replica, facts: ReplicaFacts, t: number | null): void => {
    const before = roleOf(replica.facts);
    replica.facts = facts;
    const now = roleOf(facts);
    if (before.role === now.role && before.remark === now.remark) return;
    const { router, node } = replica.place;
    onEvent({
      type: 'role',
      router: router.name,
      routerId: router.id,
      node,
      role: now.role,
      before: before.role,
      remark: now.remark,
      t,
    });
  };
  const take = (node: string, event: NodeEvent): void => {
    for (const replica of byNode.get(node) ?? [])
      change(replica, afterEvent(replica.place, replica.facts, event), event.t);
    onEvent({ type: 'raw', node, event });
  };
  const kinds: WatchKind[] = [...new Set<WatchKind>(['addresses', 'links', 'processes', ...extra])];
  const follow = async (node: string): Promise<void> => {
    const session = await running.session(node);
    const subscription = await session.watch(kinds, (event) => {
      if (ready) take(node, event);
      else early.push({ node, event });
    });
    subscriptions.set(node, subscription);
  };
  const refollow = async (node: string): Promise<void> => {
    try {
      await running.refresh();
      // A session with the node's former life has ended with it; one that somebody opened since then is shared.
      await follow(node);
      const document = await (await running.session(node)).observe();
      for (const replica of byNode.get(node) ?? []) {
        change(replica, observedFacts(replica.place, 'running', document), document.t);
      }
    } catch {
      // The node went again before it could be asked; its next start brings us back here.
    }
  };

  const watched = (async (): Promise<void> => {
    for await (const event of running.runtime.events(ending.signal)) {
      if (event.lab !== running.name) continue;
      const state = STATE_AFTER[event.type];
      if (state === undefined) continue;
      onEvent({ type: 'node', node: event.node, state });
      for (const replica of byNode.get(event.node) ?? []) change(replica, afterEngineEvent(replica.facts, state), null);
      if (event.type === 'start') void refollow(event.node);
    }
  })();
  const engineEvents = watched.catch(() => undefined);

  // What was listed before may be old: a node that has started since then tells of no start any more.
  await running.refresh();
  await Promise.all(
    running.containers
      .filter(({ state }) => state === 'running')
      .map(async ({ node }) => {
        await follow(node).catch((error: unknown) => {
          // It went since it was listed: its next start brings us back.
          if (!(error instanceof NodeUnreachable)) throw error;
        });
      }),
  );
  const first = await readNodes(running);
  for (const place of replicaPlaces(indexLab(lab))) {
    const reading = first.get(place.node);
    const state = reading === undefined || reading.state === 'missing' ? 'exited' : reading.state;
    const replica = { place, facts: observedFacts(place, state, reading?.document ?? null) };
    replicas.push(replica);
    byNode.set(place.node, [...(byNode.get(place.node) ?? []), replica]);
  }
  ready = true;
  for (const { node, event } of early) {
    if (event.t > (first.get(node)?.document?.t ?? 0)) take(node, event);
  }
  return {
    first,
    over: watched,
    stop: async () => {
      ending.abort();
      await Promise.allSettled([...subscriptions.values()].map((subscription) => subscription.stop()));
      await engineEvents;
    },
  };
}
