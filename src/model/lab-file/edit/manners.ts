/** How a lab file is laid out by habit: the order of sections and attributes, and what stands on one line. */
import type { Path } from '../problems.js';
import * as schema from '../schema.js';
import type { Layout } from './render.js';
import type { Tree } from './tree.js';
import { treeAt } from './tree.js';

const SECTIONS: readonly string[] = Object.keys(schema.labFileSchema.shape);

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  nodes: Object.keys(schema.nodeSchema.unwrap().shape),
  networks: [...Object.keys(schema.networkSchema.shape), 'subnets'],
  routers: Object.keys(schema.routerSchema.unwrap().shape),
  ports: Object.keys(schema.portSchema.shape),
  instances: Object.keys(schema.instanceSchema.unwrap().shape),
  floating_ips: Object.keys(schema.floatingIpSchema.shape),
  security_groups: Object.keys(schema.securityGroupSchema.unwrap().shape),
};
const SUBNET = Object.keys(schema.subnetSchema.shape);

const LINE: Layout = { block: false };
const LINES: Layout = { block: true };
/** The value itself as a block, what is in it each on one line. */
const NETWORK: Layout = { block: true, inside: { subnets: LINES } };
const GROUP: Layout = { block: true, inside: { rules: LINES } };
const RESOURCES: Readonly<Record<string, Layout>> = { networks: NETWORK, routers: LINES, security_groups: GROUP };

/** Where the new entry of a map stands: behind which entry, -1 before all. */
export function placeFor(path: Path, container: Tree): number {
  const key = String(path.at(-1));
  const order = orderAt(path.slice(0, -1));
  const rank = order.indexOf(key);
  const last = container.entries.length - 1;
  if (rank < 0) return last;
  const ranks = container.entries.map((entry) => order.indexOf(entry.key?.text ?? ''));
  const before = ranks.findLastIndex((one) => one >= 0 && one < rank);
  if (before >= 0) return before;
  return ranks.some((one) => one > rank) ? -1 : last;
}

/** Of the attributes of a map. */
function orderAt(path: Path): readonly string[] {
  const [section] = path;
  if (path.length === 0) return SECTIONS;
  if (path.length === 2) return ATTRIBUTES[String(section)] ?? [];
  return path.length === 4 && path[2] === 'subnets' ? SUBNET : [];
}

/** By what its siblings look like; by habit where it has none. */
export function layoutFor(path: Path, root: Tree): Layout {
  const siblings = (treeAt(root, path.slice(0, -1))?.entries ?? [])
    .filter(({ key }, index) => (key === null ? index : key.text) !== path.at(-1))
    .map(({ value }) => value)
    .filter(({ entries }) => entries.length > 0);
  const habit = habitAt(path);
  if (!isNamed(path) || siblings.length === 0) return { ...habit, ...likeCousins(path, root) };
  const last = siblings.at(-1);
  if (last?.flow === true) return LINE;
  return { block: true, inside: { ...habit.inside, ...insideOf(siblings) } };
}

/** A resource or subnet, whose siblings are of its kind; attributes of one resource are each of another kind. */
function isNamed(path: Path): boolean {
  return path.length === 2 || (path.length === 4 && (path[2] === 'subnets' || path[2] === 'rules'));
}

/** The same attribute of the resources beside. */
function likeCousins(path: Path, root: Tree): Partial<Layout> {
  if (path.length !== 3) return {};
  const cousins = (treeAt(root, path.slice(0, 1))?.entries ?? []).map(({ value }) => value);
  return insideOf(cousins)[String(path[2])] ?? {};
}

function insideOf(siblings: readonly Tree[]): Record<string, Layout> {
  const result: Record<string, Layout> = {};
  for (const { entries } of siblings) {
    for (const { key, value } of entries) {
      if (key !== null && value.entries.length > 0) result[key.text] ??= { block: !value.flow };
    }
  }
  return result;
}

function habitAt(path: Path): Layout {
  const [section, , attribute] = path;
  const resource = RESOURCES[String(section)] ?? LINE;
  if (path.length === 1) return { block: true, inside: { '*': resource } };
  if (path.length === 2) return section === 'config' ? LINE : resource;
  return path.length === 3 && (attribute === 'subnets' || attribute === 'rules') ? LINES : LINE;
}

/** Whether a list or map that lost its last entry is left standing empty, since without it the file says another thing. */
export function staysEmpty(path: Path): boolean {
  const [section, , attribute] = path;
  // Without `nodes` a lab has those that it has by itself.
  if (path.length === 1) return section === 'nodes';
  // A resource of which nothing is said is one with all its defaults.
  if (path.length === 2 && section !== 'config') return true;
  // A port with an empty list of groups lets nothing pass, one without the list filters nothing.
  if (attribute === 'security_groups') return true;
  return section === 'ports' && attribute === 'fixed_ips';
}
