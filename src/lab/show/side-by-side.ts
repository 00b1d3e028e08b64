/** What a lab's own release of Neutron builds beside what another one would, for one thing on one node. Pure. */
import type { Release } from '../../model/release.js';
import type { Shown } from '../show.js';
import type { Part } from './part.js';

/**
 * @param own as it should be with the lab's own release, which comes to stand where else stands what is
 * @param other as it should be with the other one
 */
export function sideBySide(
  own: Shown,
  other: Shown,
  releases: { readonly own: Release; readonly other: Release },
): Shown {
  const key = ({ kind, title }: Part): string => `${kind} ${title}`;
  const others = new Map(other.parts.map((part) => [key(part), part]));
  const parts = own.parts.map((part) => ({ ...part, is: part.should, should: others.get(key(part))?.should ?? null }));
  const known = new Set(own.parts.map(key));
  const added = other.parts.filter((part) => !known.has(key(part))).map((part) => ({ ...part, is: null }));
  return { ...own, releases, parts: [...parts, ...added] };
}
