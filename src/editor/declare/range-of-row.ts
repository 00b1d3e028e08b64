/** Where in the text a row of the view is declared. Pure. */
import { findItem } from '../../model/lab-file/edit/items.js';
import type { OpenLabFile } from '../../model/lab-file/edit/open.js';
import { tryFind } from '../../model/lab-file/edit/targets.js';
import type { Located } from '../../model/lab-file/document.js';
import type { Path } from '../../model/lab-file/problems.js';
import type { About } from '../tree/row.js';
import { targetOfRow } from './row-target.js';

/** Offsets of the name of the entry, or of the item of a list. Null for what Neutron makes by itself. */
export function rangeOfRow(file: OpenLabFile, about: About): { readonly start: number; readonly end: number } | null {
  const path = pathOfRow(file, about);
  return path === null ? null : rangeAt(file.analysis.document?.root, path);
}

const LISTS: Readonly<Record<string, string>> = { interface: 'interfaces', port: 'networks', rule: 'rules' };

function pathOfRow(file: OpenLabFile, { kind, id, owner, node }: About): Path | null {
  if (kind === 'lab') return ['lab'];
  if (kind === 'group')
    return [id === 'floatingIps' ? 'floating_ips' : id === 'securityGroups' ? 'security_groups' : id];
  if (kind === 'agent') return node === undefined ? null : ['nodes', node, 'agents'];
  const own = targetOfRow({ kind, id });
  const holder = own ?? (owner === undefined ? null : targetOfRow(owner));
  if (holder === null || holder.kind === 'lab') return null;
  const path = tryFind(file, holder.kind, holder.ref)?.path ?? null;
  if (own !== null || path === null) return path;
  if (kind === 'gateway') return [...path, 'external_gateway_info'];
  if (kind === 'replica' || kind === 'namespace') return path;
  const list = LISTS[kind] ?? 'routes';
  const [destination = '', nexthop = ''] = id.split(' ');
  const at = findItem(file, [...path, list], kind === 'route' ? { destination, nexthop } : id);
  return at === null ? path : [...path, list, at];
}

function rangeAt(root: Located | undefined, path: Path): { start: number; end: number } | null {
  let node = root;
  let key: readonly [number, number] | null = null;
  for (const step of path) {
    const entry = typeof step === 'string' ? node?.entries?.get(step) : undefined;
    key = entry?.key ?? null;
    node = entry?.node ?? (typeof step === 'number' ? node?.items?.[step] : undefined);
    if (node === undefined) return null;
  }
  const range = key ?? node?.range;
  return range === undefined ? null : { start: range[0], end: range[1] };
}
