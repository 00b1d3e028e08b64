/** What would mend a problem, told by whoever found it; how the text changes then is for those who edit it. */
import type { Path } from './problems.js';

export type FixValue = string | number | boolean;

export type Fix =
  /** Another value in the place of the one at `path`. */
  | { readonly change: 'replace'; readonly path: Path; readonly value: FixValue }
  /** Another name for the entry at `path`, and wherever the file refers to it. */
  | { readonly change: 'rename'; readonly path: Path; readonly name: string }
  /** The entry or item at `path` goes. */
  | { readonly change: 'remove'; readonly path: Path }
  /** One more attribute for the map at `path`; null where whoever edits it knows a good value. */
  | { readonly change: 'add'; readonly path: Path; readonly name: string; readonly value: FixValue | null }
  /** A range that no other subnet has in the place of the one at `path`. */
  | { readonly change: 'renumber'; readonly path: Path };

/** A host label that is like `name`, null when nothing of it can be kept. */
export function hostLabelLike(name: string): string | null {
  const label = plainLike(name)
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return label === '' ? null : label;
}

/** A name that is like `name` and may be one, null when nothing of it can be kept. */
export function nameLike(name: string): string | null {
  const plain = plainLike(name)
    .replace(/\p{C}|`|\$[({]?/gu, '')
    .slice(0, 255);
  return plain === '' ? null : plain;
}

/** A rename where there is a name to take. */
export function renamed(path: Path, name: string | null): readonly Fix[] {
  return name === null ? [] : [{ change: 'rename', path, name }];
}

/** Letters without their accents. */
function plainLike(name: string): string {
  return name.slice(0, 1000).normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Attributes of which Neutron makes a good value by itself. */
const MADE_BY_ITSELF = new Set([
  ...['id', 'mac_address', 'ip_address', 'fixed_ip', 'floating_ip_address', 'fixed_ip_address'],
  ...['provider:segmentation_id', 'mtu', 'gateway_ip', 'ip_version', 'ha_vr_id', 'ha_ports', 'created_at'],
]);

/** What helps wherever it happens, from the place of the problem alone. */
export function generalFixes(code: string, path: Path): readonly Fix[] {
  const last = path.at(-1);
  if (path.at(-2) === 'allocation_pools') {
    const pool: Fix = { change: 'remove', path };
    const gateway: Fix = { change: 'remove', path: [...path.slice(0, -2), 'gateway_ip'] };
    return code === 'GatewayConflictWithAllocationPools' ? [pool, gateway] : [pool];
  }
  const known = typeof last === 'string' && MADE_BY_ITSELF.has(last) && code !== 'UnrecognizedAttribute';
  return known ? [{ change: 'remove', path }] : [];
}
