/** From one value to another with as few changes as possible, so that comments and order inside it stay. */
import type { Change } from './change.js';
import { sameValue } from './items.js';
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import { isCollection, isEmpty, isList, type YamlMap, type YamlValue } from '../yaml-value.js';

/** @param old Undefined where nothing stands. */
export function reconcile(path: Path, old: unknown, value: YamlValue): Change[] {
  const gone: Path[] = [];
  const changes = compare(path, old, value, gone);
  return gone.length === 0 ? changes : [...changes, { op: 'remove', paths: gone }];
}

function compare(path: Path, old: unknown, value: YamlValue, gone: Path[]): Change[] {
  if (old !== undefined && sameValue(old, value)) return [];
  if (isCollection(value) && !isEmpty(value)) {
    if (isList(value) && Array.isArray(old)) return lists(path, old as readonly unknown[], value, gone);
    if (!isList(value) && isMap(old)) return maps(path, old, value, gone);
  }
  return [{ op: 'set', path, value }];
}

function maps(path: Path, old: Readonly<Record<string, unknown>>, value: YamlMap, gone: Path[]): Change[] {
  const kept = Object.keys(old).filter((key) => key in value);
  if (kept.length === 0) return [{ op: 'set', path, value }];
  gone.push(
    ...Object.keys(old)
      .filter((key) => !(key in value))
      .map((key) => [...path, key]),
  );
  return Object.entries(value).flatMap(([key, inner]) => compare([...path, key], old[key], inner, gone));
}

function lists(path: Path, old: readonly unknown[], value: readonly YamlValue[], gone: Path[]): Change[] {
  if (old.length === value.length) {
    return value.flatMap((item, index) => compare([...path, index], old[index], item, gone));
  }
  const kept: number[] = [];
  for (const item of value) {
    const next = old.findIndex((one, index) => index > (kept.at(-1) ?? -1) && sameValue(one, item));
    if (next < 0) break;
    kept.push(next);
  }
  if (kept.length === 0) return [{ op: 'set', path, value }];
  gone.push(...[...old.keys()].filter((index) => !kept.includes(index)).map((index) => [...path, index]));
  return value.slice(kept.length).map((item) => ({ op: 'append', path, value: item }));
}
