/** Finding an item of a list. */
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import type { DeclaredKind, ItemMatch } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { tryFind } from './targets.js';

/** What an item of a list may refer to. */
const REFERRED: readonly DeclaredKind[] = ['subnet', 'network', 'port', 'security_group', 'node'];

/** The place of the item, null when there is none. @param path Of the list. */
export function findItem(file: OpenLabFile, path: Path, match: ItemMatch): number | null {
  const list = valueOf(file, path);
  if (!Array.isArray(list)) return null;
  const items = list as readonly unknown[];
  const found = (test: (item: unknown, index: number) => boolean): number | null => {
    const index = items.findIndex(test);
    return index < 0 ? null : index;
  };
  if (typeof match === 'number') return match >= 0 && match < items.length ? match : null;
  if (typeof match !== 'string') return found((item) => isMap(item) && has(item, match));
  const { places } = file.analysis;
  const same = found((item) => item === match);
  if (same !== null) return same;
  const own = found((_, index) =>
    (['security_group_rule', 'port'] as const).some((kind) => places.idAt(kind, [...path, index]) === match),
  );
  if (own !== null) return own;
  for (const kind of REFERRED) {
    const target = tryFind(file, kind, match);
    if (target === null || target.id === null) continue;
    const step = places
      .references(kind, target.id)
      .find((reference) => path.every((one, depth) => reference.path[depth] === one))?.path[path.length];
    if (typeof step === 'number') return step;
  }
  return null;
}

function has(item: Readonly<Record<string, unknown>>, match: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(match).every(([key, value]) => sameValue(item[key], value));
}

/** Plain data, whatever the order of attributes. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]));
}
