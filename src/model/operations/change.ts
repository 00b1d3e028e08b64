/** Changing one resource of a lab, and ids for new ones. A lab is never changed in place. */
import type { RequestBody } from '../attributes/attribute.js';
import { PROJECT_ID, resourceId } from '../ids.js';
import type { Lab } from '../resources.js';

interface Identified {
  readonly id: string;
}

export function replace<T extends Identified>(list: readonly T[], item: T): readonly T[] {
  return list.map((one) => (one.id === item.id ? item : one));
}

export function without<T extends Identified>(list: readonly T[], ids: Iterable<string>): readonly T[] {
  const gone = new Set(ids);
  return list.filter((one) => !gone.has(one.id));
}

export function omit<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}

/** Linux device names carry 11 characters of an id. */
const SHOWN_ID_LENGTH = 11;

/**
 * An id that follows from names as a lab file's does, so that a resource has the same one whichever way it came; with a
 * number behind the names where that one is taken, since Neutron lets names be equal.
 */
export function newId(lab: Lab, taken: readonly Identified[], ...names: readonly string[]): string {
  const shown = new Set(taken.map(({ id }) => id.slice(0, SHOWN_ID_LENGTH)));
  for (let nth = 0; ; nth++) {
    const id = nth === 0 ? resourceId(lab.name, ...names) : resourceId(lab.name, ...names, String(nth));
    if (!shown.has(id.slice(0, SHOWN_ID_LENGTH))) return id;
  }
}

/** The project that a request names, else the one that the lab's resources belong to. */
export function projectOf(lab: Lab, body: RequestBody): string {
  const given = body.project_id ?? body.tenant_id;
  if (typeof given === 'string' && given !== '') return given;
  return [...lab.networks, ...lab.routers].find(({ project_id: id }) => id !== '')?.project_id ?? PROJECT_ID;
}
