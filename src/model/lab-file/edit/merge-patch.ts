/** A JSON Merge Patch (RFC 7396) on the text of a lab file: what it does not name keeps its bytes. */
import { readDocument } from '../document.js';
import type { Path } from '../problems.js';
import { type YamlValue, isCollection, isList } from '../yaml-value.js';
import { type Change, EditableText } from './change.js';
import { applyTextEdits } from './piece-table.js';

/** The text must be one that the reader of lab files takes. @throws EditRefused where a path leads through what is no map */
export function mergePatch(text: string, patch: Readonly<Record<string, unknown>>): string {
  const { root } = readDocument(text);
  const changes = changesOf(root.value, patch as YamlValue, []);
  return changes.reduce(
    (now, change) => applyTextEdits(now, new EditableText(now, readDocument(now).yaml).edits(change)),
    text,
  );
}

/** What the patch changes in a value, leaf by leaf. */
function changesOf(value: unknown, patch: YamlValue, path: Path): Change[] {
  if (!isCollection(patch) || isList(patch)) return same(value, patch) ? [] : [{ op: 'set', path, value: patch }];
  if (!isMap(value)) {
    // The document itself may be empty; then its sections are put in one after the other.
    if (path.length > 0) return saysNothing(patch) ? [] : [{ op: 'set', path, value: withoutNulls(patch) }];
    return Object.entries(patch).flatMap(([key, inner]) => (inner === null ? [] : changesOf(undefined, inner, [key])));
  }
  return Object.entries(patch).flatMap(([key, inner]): Change[] => {
    const own = Object.hasOwn(value, key);
    if (inner === null) return own ? [{ op: 'remove', paths: [[...path, key]] }] : [];
    return changesOf(own ? value[key] : undefined, inner, [...path, key]);
  });
}

/**
 * RFC 7396, section 2: in what is new, null means that there is nothing. Where nothing else is said of a map, it is not made either: of
 * what is taken out a lab file keeps no empty shell.
 */
function withoutNulls(value: YamlValue): YamlValue {
  if (!isCollection(value) || isList(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, YamlValue][] =>
    inner === null || saysNothing(inner) ? [] : [[key, withoutNulls(inner)]],
  );
  return Object.fromEntries(entries);
}

/** It names things, and all of them are to be gone. */
function saysNothing(value: YamlValue): boolean {
  if (!isCollection(value) || isList(value)) return false;
  const inner = Object.values(value);
  return inner.length > 0 && inner.every((one) => one === null || saysNothing(one));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal data. */
function same(one: unknown, other: unknown): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
