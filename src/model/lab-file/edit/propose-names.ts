/** Good names for what is new: free, and going on as those of its kind do. */
import { tryParseCidr } from '../../addresses.js';
import { DEFAULT_NODES } from '../../build/nodes.js';
import { isMap } from '../sections.js';
import type { DeclaredKind } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { SECTION, subnetPaths } from './targets.js';

const FIRST: Readonly<Record<Exclude<DeclaredKind, 'subnet'>, string>> = {
  network: 'net1',
  router: 'router1',
  instance: 'vm1',
  port: 'port1',
  floatingip: 'fip1',
  security_group: 'group1',
  node: 'compute1',
};

/**
 * After `web1` and `web2` comes `web3`; where no name of the kind ends in a number, `net1`, `router1`, `vm1`, ….
 * @param like The name to go on from, in place of the last one that ends in a number.
 */
export function nextName(file: OpenLabFile, kind: Exclude<DeclaredKind, 'subnet'>, like?: string): string {
  const names = namesOf(file, kind);
  const taken = new Set(names);
  const model = like ?? names.findLast((name) => /\d$/.test(name)) ?? FIRST[kind];
  if (!taken.has(model) && (like !== undefined || model === FIRST[kind])) return model;
  const [, stem = model, digits = ''] = /^(.*?)(\d*)$/.exec(model) ?? [];
  for (let nth = BigInt(digits === '' ? 1 : digits) + 1n; ; nth++) {
    const name = stem + String(nth).padStart(digits.length, '0');
    if (!taken.has(name)) return name;
  }
}

function namesOf(file: OpenLabFile, kind: Exclude<DeclaredKind, 'subnet'>): string[] {
  const section = valueOf(file, [SECTION[kind]]);
  if (isMap(section)) return Object.keys(section);
  return kind === 'node' ? DEFAULT_NODES.map(({ name }) => name) : [];
}

/** As the subnets of the other networks are called: `blue` has `blue-v4`, so `red` gets `red-v4`; a free name. */
export function subnetName(file: OpenLabFile, network: string, version: 4 | 6): string {
  const all = subnetPaths(file);
  const taken = new Set(all.map(({ label }) => label));
  const other = version === 4 ? 6 : 4;
  const alike = suffixOf(file, other)?.replace(String(other), String(version));
  const name = network + (suffixOf(file, version) ?? alike ?? `-v${String(version)}`);
  for (let nth = 1; ; nth++) {
    const free = nth === 1 ? name : `${name}-${String(nth)}`;
    if (!taken.has(free)) return free;
  }
}

/** What the last subnet of the version has behind the name of its network. */
function suffixOf(file: OpenLabFile, version: 4 | 6): string | null {
  const suffixes = subnetPaths(file).flatMap(({ network, label, path }) => {
    const cidr = valueOf(file, [...path, 'cidr']);
    const fits = typeof cidr === 'string' && tryParseCidr(cidr)?.version === version;
    return fits && label.startsWith(network) && label !== network ? [label.slice(network.length)] : [];
  });
  return suffixes.at(-1) ?? null;
}
