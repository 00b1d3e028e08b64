/** Each kind of edit as changes of the text. */
import { DEFAULT_NODES } from '../../build/nodes.js';
import { NeutronError } from '../../errors.js';
import { violation } from '../../neutron-errors.js';
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import type { YamlValue } from '../yaml-value.js';
import { goingWith, goingWithPart } from './dependents.js';
import type {
  AddEdit,
  Attribute,
  DeleteEdit,
  InsertEdit,
  LabFileEdit,
  RemoveEdit,
  RenameEdit,
  Target,
  UnsetEdit,
} from './edits.js';
import type { Going } from './dependent.js';
import { findItem, sameValue } from './items.js';
import { valueOf, type OpenLabFile } from './open.js';
import { reconcile } from './reconcile.js';
import { gatewayInUse, interfaceInUse, refuseInUse } from './refuse-in-use.js';
import { EditRefused, notThere } from './refusals.js';
import { checkFree, qualified, renameWords } from './rename.js';
import { findTarget, inWords, labelOf, SECTION, type Found } from './targets.js';
import type { Work } from './work.js';

/** @throws LabError when the edit is refused; `work` is of no use then. */
export function perform(work: Work, edit: LabFileEdit): void {
  switch (edit.do) {
    case 'all':
      for (const one of edit.edits) perform(work, one);
      return;
    case 'add':
      add(work, edit);
      return;
    case 'set':
      set(work, find(work, edit.target), pathOf(edit.attribute), edit.value);
      return;
    case 'change': {
      const found = find(work, edit.target);
      for (const [name, value] of Object.entries(edit.set)) set(work, found, [name], value);
      const there = edit.unset
        .map((name) => [...found.path, name])
        .filter((path) => valueOf(work.file, path) !== undefined);
      if (there.length > 0) work.change({ op: 'remove', paths: there });
      return;
    }
    case 'unset':
      unset(work, edit);
      return;
    case 'insert':
      insert(work, edit);
      return;
    case 'remove':
      removeItem(work, edit);
      return;
    case 'rename':
      rename(work, edit);
      return;
    case 'delete':
      deleteResource(work, edit);
      return;
  }
}

/** As a lab without `nodes` has its own, the first edit of one writes them out. */
function find(work: Work, target: Target): Found {
  if (target.kind === 'node') writeNodesOut(work);
  return findTarget(work.file, target);
}

function writeNodesOut(work: Work): void {
  const nodes = valueOf(work.file, ['nodes']);
  if (nodes !== undefined && nodes !== null) return;
  const value = DEFAULT_NODES.map(({ name, agents }): [string, YamlValue] => [
    name,
    agents.length === 0 ? {} : { agents: [...agents] },
  ]);
  work.change({ op: 'set', path: ['nodes'], value: Object.fromEntries(value) });
}

function add(work: Work, { kind, name, attributes, network }: AddEdit): void {
  if (kind === 'node') writeNodesOut(work);
  const value = inWords(work.file, attributes);
  if (kind === 'subnet') {
    addSubnet(work, name, value, network ?? '');
    return;
  }
  const section = [SECTION[kind]];
  const there = valueOf(work.file, section);
  if (kind === 'floatingip' && name === '' && !isMap(there)) {
    work.change({ op: 'append', path: section, value });
    return;
  }
  if (Array.isArray(there)) {
    throw new EditRefused(
      'NoName',
      'The floating IPs of this file are a list and have no names.',
      'Leave the name out.',
    );
  }
  const key = kind === 'floatingip' && name === '' ? freeKey(there) : name;
  checkFree(work.file, kind, [...section, key], key);
  if (isMap(there) && Object.hasOwn(there, key)) refuseTaken(work, kind, section, key);
  work.change({ op: 'set', path: [...section, key], value });
}

function refuseTaken(work: Work, kind: Exclude<AddEdit['kind'], 'subnet'>, section: Path, key: string): void {
  checkFree(work.file, kind, [...section, `${key}\0`], key);
}

function addSubnet(work: Work, name: string, value: YamlValue, network: string): void {
  const { path } = findTarget(work.file, { kind: 'network', ref: network });
  const section = [...path, 'subnets'];
  checkFree(work.file, 'subnet', [...section, '\0'], name);
  const words = qualified(work.file, name, String(path[1]));
  if (words.length > 0) work.rewrite(words);
  if (Array.isArray(valueOf(work.file, section))) {
    work.change({ op: 'append', path: section, value: { name, ...(value as Readonly<Record<string, YamlValue>>) } });
  } else work.change({ op: 'set', path: [...section, name], value });
}

function freeKey(section: unknown): string {
  const keys = new Set(isMap(section) ? Object.keys(section) : []);
  let nth = 1;
  while (keys.has(`fip${String(nth)}`)) nth++;
  return `fip${String(nth)}`;
}

function set(work: Work, found: Found, attribute: Path, given: YamlValue): void {
  const path = [...found.path, ...attribute];
  const value = inWords(work.file, given, String(attribute.at(-1)));
  if (found.kind === 'router' && attribute[0] === 'external_gateway_info')
    checkGateway(work.file, found, attribute, value);
  if (found.kind === 'network' && attribute[0] === 'router:external' && value === false)
    checkExternal(work.file, found);
  work.change(...reconcile(path, valueOf(work.file, path), value));
}

/** Another external network is another gateway. */
function checkGateway(file: OpenLabFile, found: Found, [, key]: Path, value: YamlValue): void {
  const before = valueOf(file, [...found.path, 'external_gateway_info']);
  if (!isMap(before)) return;
  const old = before.network ?? before.network_id;
  const whole = isMap(value) ? (value.network ?? value.network_id) : undefined;
  const next = key === undefined ? whole : key === 'network' || key === 'network_id' ? value : old;
  if (sameNetwork(file, old, next)) return;
  const blocking = goingWithPart(file, found, { list: 'external_gateway_info', item: 0 }).dependents;
  if (blocking.length > 0) throw gatewayInUse(found.name, String(old), blocking);
}

function sameNetwork(file: OpenLabFile, one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const id = (ref: string): string | null => findTarget(file, { kind: 'network', ref }).id;
  return one === other || id(one) === id(other);
}

function checkExternal(file: OpenLabFile, found: Found): void {
  const gateway = goingWith(file, found).dependents.some(({ relation }) => relation === 'gateway');
  if (gateway) throw new NeutronError(violation('ExternalNetworkInUse', { net_id: `'${found.name}'` }));
}

function unset(work: Work, { target, attribute, cascade }: UnsetEdit): void {
  const found = find(work, target);
  const path = [...found.path, ...pathOf(attribute)];
  if (valueOf(work.file, path) === undefined) return;
  if (found.kind !== 'router' || path.join() !== [...found.path, 'external_gateway_info'].join()) {
    work.change({ op: 'remove', paths: [path] });
    return;
  }
  const going = goingWithPart(work.file, found, { list: 'external_gateway_info', item: 0 });
  const info = valueOf(work.file, path);
  const network = isMap(info) ? (info.network ?? info.network_id) : '';
  const blocking = going.dependents.filter(({ blocks }) => blocks);
  if (cascade !== true && blocking.length > 0) throw gatewayInUse(found.name, String(network), blocking);
  work.change({ op: 'remove', paths: going.paths });
}

/** Lists in which one thing stands once; asking for it again is no mistake. */
const SETS = new Set(['routes', 'security_groups', 'agents', 'l3_agents', 'dhcp_agents', 'dns_nameservers']);

function insert(work: Work, { target, list, item }: InsertEdit): void {
  const path = [...find(work, target).path, list];
  const value = inWords(work.file, item, list);
  const there = valueOf(work.file, path);
  if (SETS.has(list) && Array.isArray(there) && there.some((one) => sameValue(one, value))) return;
  work.change({ op: 'append', path, value });
}

function removeItem(work: Work, { target, list, item, cascade }: RemoveEdit): void {
  const found = find(work, target);
  const path = [...found.path, list];
  const index = findItem(work.file, path, item);
  if (index === null) throw missingItem(found, path, item);
  const isInterface = found.kind === 'router' && list === 'interfaces';
  if (!isInterface && !(found.kind === 'instance' && list === 'networks')) {
    work.change({ op: 'remove', paths: [[...path, index]] });
    return;
  }
  const going = goingWithPart(work.file, found, { list: isInterface ? 'interfaces' : 'networks', item: index });
  const blocking = going.dependents.filter(({ blocks }) => blocks);
  if (cascade !== true && blocking.length > 0) {
    throw interfaceInUse(found.name, interfaceName(work.file, [...path, index], item), blocking);
  }
  work.change({ op: 'remove', paths: going.paths });
}

function interfaceName(file: OpenLabFile, path: Path, item: RemoveEdit['item']): string {
  const { places } = file.analysis;
  const meaning = places.meaning(path) ?? places.meaning([...path, 'subnet']);
  const label = meaning === null ? null : labelOf(file, 'subnet', meaning.id);
  return label ?? (typeof item === 'object' ? '' : String(item));
}

function missingItem({ kind, name }: Found, path: Path, item: RemoveEdit['item']): EditRefused | NeutronError {
  if (kind === 'router' && path.at(-1) === 'interfaces' && typeof item === 'string') {
    return new NeutronError(
      violation('RouterInterfaceNotFoundForSubnet', { router_id: `'${name}'`, subnet_id: `'${item}'` }),
    );
  }
  return notThere(typeof item === 'object' ? path : [...path, item]);
}

function rename(work: Work, { target, name }: RenameEdit): void {
  const found = find(work, target);
  if (found.name === name) return;
  if (found.kind === 'lab') {
    work.change(...reconcile(['lab'], valueOf(work.file, ['lab']), name));
    return;
  }
  const words = renameWords(work.file, found, name);
  const hasId = valueOf(work.file, [...found.path, 'id']) !== undefined;
  const keyed =
    typeof found.path.at(-1) === 'string' &&
    words.some(({ path }) => path.length === found.path.length + 1 && path.at(-1) !== 'name');
  work.rewrite(words, keyed ? { path: found.path, name } : undefined);
  if (found.id === null || found.kind === 'node' || !work.keeps(found.id)) return;
  const path = keyed ? [...found.path.slice(0, -1), name] : found.path;
  if (!hasId && (keyed || typeof path.at(-1) === 'number'))
    work.change({ op: 'set', path: [...path, 'id'], value: found.id });
}

function deleteResource(work: Work, { target, cascade }: DeleteEdit): void {
  const found = find(work, target);
  const going: Going = goingWith(work.file, found);
  if (cascade !== true) refuseInUse(found, going);
  work.change({ op: 'remove', paths: found.path.length === 0 ? [] : going.paths });
}

function pathOf(attribute: Attribute): Path {
  return typeof attribute === 'string' ? [attribute] : attribute;
}
