/** Asks for the way of a packet, and again when the lab is another one. */
import type { FollowFrom, Walked } from '../../src/picture/messages.js';
import { useClock } from '../clock/clock-state.js';
import { timelines } from '../clock/use-track.js';
import { type End, type PathState, store, useStore } from '../store.js';
import { endsOf } from './ends.js';
import { type Way, otherWay, shownWay, withWay } from './ways.js';

let asked = 0;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Milliseconds that a change has to settle: an agent that becomes MASTER adds its addresses one by one. */
const SETTLE = 400;

export function choosePath(from: End | null, to: End | null): void {
  store.set({ path: { from, to, ways: [], chosen: null } });
  ask();
}

/** After each change of the picture. */
export function askAgainSoon(): void {
  if (store.now.path === null) return;
  timer ??= setTimeout(() => {
    timer = null;
    ask();
  }, SETTLE);
}

function ask(): void {
  const { from, to } = store.now.path ?? {};
  if (!from || !to) return;
  asked += 1;
  const { node, namespace } = from;
  store.transport?.post({ type: 'walk', id: asked, from: { node, namespace }, to: to.address });
}

/** From a menu: the person chooses where to, or has chosen already. */
export function takeFollow({ from }: FollowFrom): void {
  const picture = store.now.snapshot?.picture ?? null;
  if (picture === null) return;
  const end = endsOf(picture).find(({ label }) => label.startsWith(`${from} `)) ?? null;
  store.set({ table: false });
  choosePath(end, store.now.path?.to ?? null);
}

export function takeWalked({ id, hops }: Walked): void {
  const { path } = store.now;
  if (id !== asked || path === null || hops.length === 0) return;
  if (JSON.stringify(hops) === JSON.stringify(path.ways.at(-1)?.hops)) return;
  const ways = withWay(path.ways, { at: timelines.now.now, wall: Date.now(), hops });
  store.set({ path: { ...path, ways } });
}

/** The way that is shown, of the moment that is looked at or the one that a person chose, and what it is compared with. */
export function useWays(path: PathState | null): { readonly shown: Way | null; readonly other: Way | null } {
  const moment = useClock(({ cursor }) => cursor);
  const shown = path === null ? null : shownWay(path.ways, path.chosen, moment);
  return { shown, other: path === null || shown === null ? null : otherWay(path.ways, shown) };
}

export function usePath(): PathState | null {
  return useStore((state) => state.path);
}
