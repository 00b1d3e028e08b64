/** Finding in the file what an edit is about, and what the file calls it. */
import { NeutronError } from '../../errors.js';
import { violation } from '../../neutron-errors.js';
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import { show } from '../text.js';
import type { YamlValue } from '../yaml-value.js';
import type { DeclaredKind, Target } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { EditRefused } from './refusals.js';

export const SECTION: Readonly<Record<Exclude<DeclaredKind, 'subnet'>, string>> = {
  node: 'nodes',
  network: 'networks',
  router: 'routers',
  port: 'ports',
  instance: 'instances',
  floatingip: 'floating_ips',
  security_group: 'security_groups',
};

export interface Found {
  readonly kind: Target['kind'];
  readonly path: Path;
  /** Null where so much is wrong that it has none. */
  readonly id: string | null;
  /** What the file calls it; a floating IP of a list by its address. */
  readonly name: string;
}

/** @throws NeutronError, EditRefused when there is none, or more than one. */
export function findTarget(file: OpenLabFile, target: Target): Found {
  if (target.kind === 'lab') return { kind: 'lab', path: [], id: null, name: '' };
  const { kind, ref } = target;
  const { places } = file.analysis;
  const paths = pathsOf(file, kind, ref);
  const [path, another] = paths;
  if (path === undefined) throw notFound(kind, ref);
  if (another !== undefined) {
    const names = paths.map((one) => `${String(one[1])}/${ref}`).join(' or ');
    throw new EditRefused(
      'AmbiguousName',
      `There is more than one ${word(kind)} ${show(ref)}.`,
      `Write which one: ${names}.`,
    );
  }
  return {
    kind,
    path,
    id: kind === 'node' ? String(path[1]) : places.idAt(kind, path),
    name: nameAt(file, kind, path),
  };
}

/** As `findTarget`, null when there is none. */
export function tryFind(file: OpenLabFile, kind: DeclaredKind, ref: string): Found | null {
  const [path, another] = pathsOf(file, kind, ref);
  if (path === undefined || another !== undefined) return null;
  return findTarget(file, { kind, ref });
}

export function word(kind: Target['kind']): string {
  return kind === 'floatingip' ? 'floating IP' : kind.replace('_', ' ');
}

function pathsOf(file: OpenLabFile, kind: DeclaredKind, ref: string): Path[] {
  if (kind === 'subnet') {
    const named = subnetPaths(file).filter(({ label }) => label === ref);
    const long = subnetPaths(file).filter(({ network, label }) => `${network}/${label}` === ref);
    if (named.length + long.length > 0)
      return (named.length === 1 || long.length === 0 ? named : long).map(({ path }) => path);
  } else {
    const section = valueOf(file, [SECTION[kind]]);
    if (isMap(section) && Object.hasOwn(section, ref)) return [[SECTION[kind], ref]];
  }
  const placed = file.analysis.places.of(kind, ref);
  // A port that Neutron makes by itself is no entry of `ports`.
  if (placed !== null) return kind === 'port' && placed[0] !== 'ports' ? [] : [placed];
  return kind === 'floatingip' ? floatingIpPaths(file, ref) : [];
}

function floatingIpPaths(file: OpenLabFile, address: string): Path[] {
  const fip = file.analysis.built?.floatingips.find((one) => one.floating_ip_address === address);
  const path = fip === undefined ? null : file.analysis.places.of('floatingip', fip.id);
  return path === null ? [] : [path];
}

export interface SubnetPlace {
  readonly network: string;
  /** Its name, in a list without one its CIDR. */
  readonly label: string;
  readonly path: Path;
}

export function subnetPaths(file: OpenLabFile): SubnetPlace[] {
  const networks = valueOf(file, ['networks']);
  if (!isMap(networks)) return [];
  return Object.entries(networks).flatMap(([network, value]) => {
    const subnets = isMap(value) ? value.subnets : undefined;
    const path: Path = ['networks', network, 'subnets'];
    if (isMap(subnets)) return Object.keys(subnets).map((label) => ({ network, label, path: [...path, label] }));
    if (!Array.isArray(subnets)) return [];
    return subnets.map((item: unknown, index) => {
      const { name, cidr } = isMap(item) ? item : {};
      const label = [name, cidr].find((one) => typeof one === 'string') ?? '';
      return { network, label, path: [...path, index] };
    });
  });
}

function nameAt(file: OpenLabFile, kind: DeclaredKind, path: Path): string {
  if (kind === 'subnet') {
    return subnetPaths(file).find((one) => one.path.join('\n') === path.join('\n'))?.label ?? '';
  }
  const key = path.at(-1);
  if (typeof key === 'string') return key;
  const id = file.analysis.places.idAt(kind, path);
  const fip = file.analysis.built?.floatingips.find((one) => one.id === id);
  return fip?.floating_ip_address ?? String(key);
}

/** How the file refers to a resource: its name, where that is not enough `NETWORK/SUBNET`. Null for what it does not declare. */
export function labelOf(file: OpenLabFile, kind: DeclaredKind, id: string): string | null {
  const path = file.analysis.places.of(kind, id);
  if (path === null || (kind === 'port' && path[0] !== 'ports') || path[0] === 'ha_networks') return null;
  if (kind !== 'subnet') return String(path.at(-1));
  const all = subnetPaths(file);
  const own = all.find((one) => one.path.join('\n') === path.join('\n'));
  if (own === undefined) return null;
  const unique = all.filter(({ label }) => label === own.label).length === 1;
  return unique ? own.label : `${own.network}/${own.label}`;
}

const KINDS: readonly DeclaredKind[] = ['subnet', 'network', 'router', 'port', 'instance', 'security_group'];
/** Attributes that are no references, whatever they look like. */
const OWN_WORDS = new Set(['id', 'name', 'project_id', 'mac_address']);

/** With the names of resources in the place of their ids. */
export function inWords(file: OpenLabFile, value: YamlValue, key = ''): YamlValue {
  if (typeof value === 'string') {
    if (OWN_WORDS.has(key) || !/^[0-9a-f]{8}-/.test(value)) return value;
    for (const kind of KINDS) {
      const label = labelOf(file, kind, value);
      if (label !== null) return label;
    }
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly YamlValue[]).map((item) => inWords(file, item, key));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inWords(file, inner, name)]));
}

function notFound(kind: DeclaredKind, ref: string): NeutronError | EditRefused {
  const name = show(ref);
  switch (kind) {
    case 'network':
      return new NeutronError(violation('NetworkNotFound', { net_id: name }));
    case 'subnet':
      return new NeutronError(violation('SubnetNotFound', { subnet_id: name }));
    case 'port':
      return new NeutronError(violation('PortNotFound', { port_id: name }));
    case 'router':
      return new NeutronError(violation('RouterNotFound', { router_id: name }));
    case 'floatingip':
      return new NeutronError(violation('FloatingIPNotFound', { floatingip_id: name }));
    case 'security_group':
      return new NeutronError(violation('SecurityGroupNotFound', { id: name }));
    case 'instance':
      return new EditRefused('InstanceNotFound', `There is no instance ${name}.`, 'Name an instance of this lab.');
    case 'node':
      return new EditRefused('NodeNotFound', `There is no node ${name}.`, 'Name a node of this lab.');
  }
}
