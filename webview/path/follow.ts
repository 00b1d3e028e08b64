/** Asks for the way of a packet, and again when the lab is another one. */
import type { Walked } from '../../src/picture/messages.js';
import { type End, type PathState, store } from '../store.js';

let asked = 0;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Milliseconds that a change has to settle: an agent that becomes MASTER adds its addresses one by one. */
const SETTLE = 400;

export function choosePath(from: End | null, to: End | null): void {
  store.set({ path: { from, to, hops: [], before: [] } });
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

export function takeWalked({ id, hops }: Walked): void {
  const { path } = store.now;
  if (id !== asked || path === null) return;
  const same = JSON.stringify(hops) === JSON.stringify(path.hops);
  if (same) return;
  const before = path.hops.length > 0 && placesOf(path) !== placesOf({ ...path, hops }) ? path.hops : path.before;
  store.set({ path: { ...path, hops, before } });
}

function placesOf({ hops }: PathState): string {
  return hops.map(({ node, namespace, kind }) => `${node} ${namespace} ${kind}`).join('|');
}
