/** What depends on a resource, an interface or a gateway, and what becomes of it when that goes. */
import type { ItemMatch, Target } from './edits.js';
import type { Dependent, Going } from './dependent.js';
import { Search } from './going.js';
import { findItem } from './items.js';
import type { OpenLabFile } from './open.js';
import { notThere } from './refusals.js';
import { findTarget, type Found } from './targets.js';

/** A part of a resource. */
export interface Part {
  readonly list: 'interfaces' | 'networks' | 'external_gateway_info';
  /** Of a gateway it does not matter. */
  readonly item: ItemMatch;
}

/**
 * Those of a resource, or of one interface or gateway of a router, or one attachment of an instance, in the order in
 * which they were found: for the question before a deletion.
 * @throws LabError when there is no such resource
 */
export function dependentsOf(file: OpenLabFile, target: Target, part?: Part): readonly Dependent[] {
  const found = findTarget(file, target);
  return part === undefined ? goingWith(file, found).dependents : goingWithPart(file, found, part).dependents;
}

/** All that goes with a resource. */
export function goingWith(file: OpenLabFile, found: Found): Going {
  const search = new Search(file);
  search.resource(found);
  return search;
}

/** @throws EditRefused when there is no such part. */
export function goingWithPart(file: OpenLabFile, found: Found, { list, item }: Part): Going {
  const search = new Search(file);
  const path = [...found.path, list];
  if (list === 'external_gateway_info') search.gateway(found.path);
  else {
    const index = findItem(file, path, item);
    if (index === null) throw notThere([...path, typeof item === 'object' ? '' : item]);
    if (list === 'interfaces') search.interface([...path, index]);
    else search.attachment([...path, index]);
  }
  return search;
}
