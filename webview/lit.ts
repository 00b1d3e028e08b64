/** What is lit just now: what belongs to the thing that the pointer is on, or to the chosen one. */
import type { Picture } from '../src/picture/picture.js';
import { relatedTo } from './related.js';
import { type State, useStore } from './store.js';

let last: { readonly picture: Picture; readonly key: string; readonly lit: ReadonlySet<string> } | null = null;

function litOf({ snapshot, hovered, chosen }: State): ReadonlySet<string> | null {
  const picture = snapshot?.picture ?? null;
  const key = hovered ?? chosen;
  if (picture === null || key === null) return null;
  if (last?.picture !== picture || last.key !== key) last = { picture, key, lit: relatedTo(picture, key) };
  return last.lit;
}

/** `lit`, `dim`, or nothing where nobody points at anything. */
export function useLight(key: string): '' | 'lit' | 'dim' {
  return useStore((state) => {
    const lit = litOf(state);
    return lit === null ? '' : lit.has(key) ? 'lit' : 'dim';
  });
}
