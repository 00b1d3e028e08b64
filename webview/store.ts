/** What the page knows and what a person has chosen in it: one value, replaced whole. */
import { useSyncExternalStore } from 'react';
import type { Positions, Snapshot } from '../src/picture/messages.js';
import type { Picture } from '../src/picture/picture.js';
import type { Way } from './path/ways.js';
import type { Transport } from './transport.js';

/** One end of a path. */
export interface End {
  /** For a person. */
  readonly label: string;
  readonly node: string;
  readonly namespace: string;
  /** What others reach it by. */
  readonly address: string;
}

export interface OpenConsole {
  readonly id: string;
  readonly title: string;
  /** Of the row that says where. */
  readonly row: string;
}

export interface PathState {
  readonly from: End | null;
  readonly to: End | null;
  /** Oldest first; the last is the one of now. */
  readonly ways: readonly Way[];
  /** When the one began that a person wants to see, milliseconds since 1970; null: the one of the moment that is shown. */
  readonly chosen: number | null;
}

export type Mode = 'networks' | 'both' | 'nodes';

export interface State {
  readonly snapshot: Snapshot | null;
  /** What the pointer is on. */
  readonly hovered: string | null;
  /** What was clicked on. */
  readonly chosen: string | null;
  readonly mode: Mode;
  readonly table: boolean;
  /** The way of a packet that is shown; null: none. */
  readonly path: PathState | null;
  /** Open consoles, in the order in which they stand; null: none are shown. */
  readonly consoles: readonly OpenConsole[] | null;
  /** What was moved here, before the host knows. */
  readonly dragged: Positions;
}

const FIRST: State = {
  snapshot: null,
  hovered: null,
  chosen: null,
  mode: 'both',
  table: false,
  path: null,
  consoles: null,
  dragged: {},
};

class Store {
  private state = FIRST;
  private readonly listeners = new Set<() => void>();
  transport: Transport | null = null;

  get now(): State {
    return this.state;
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes a snapshot; one that is older than what is shown is dropped. */
  take(snapshot: Snapshot): void {
    const before = this.state.snapshot;
    if (before !== null && snapshot.revision <= before.revision) return;
    const picture = snapshot.picture === null ? null : reused(before?.picture ?? null, snapshot.picture);
    this.set({ snapshot: { ...snapshot, picture } });
  }
}

export const store = new Store();

/** @param select Gives the same value again while nothing of it changed */
export function useStore<T>(select: (state: State) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.now));
}

export function usePicture(): Picture | null {
  return useStore(({ snapshot }) => snapshot?.picture ?? null);
}

type ListName = { [K in keyof Picture]: Picture[K] extends readonly object[] ? K : never }[keyof Picture];
const LISTS: readonly ListName[] = ['networks', 'routers', 'instances', 'floating', 'nodes'];

/** The new picture, made of the old one's parts where they are alike, so that only what changed is drawn again. */
function reused(before: Picture | null, now: Picture): Picture {
  if (before === null) return now;
  const lists = LISTS.map((list) => {
    const old = new Map(before[list].map((one) => [JSON.stringify(one), one]));
    return [list, now[list].map((one) => old.get(JSON.stringify(one)) ?? one)];
  });
  return { ...now, ...(Object.fromEntries(lists) as Pick<Picture, ListName>) };
}
