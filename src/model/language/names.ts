/** Which names a lab file gives to resources, and where it uses them. Works on a file that is broken, too. */
import type { Path } from '../lab-file/problems.js';
import type { ReferenceKind } from '../lab-file/reference.js';
import { referenceKinds, ROOT, stepInto, type Expected } from './expected.js';
import type { MapEntry, MapNode, SyntaxNode, TextNode } from './syntax.js';

export type NameKind = 'node' | 'network' | 'subnet' | 'port' | 'router' | 'instance' | 'security_group' | 'floatingip';

/** A resource of the file, with the text that names it. */
export interface Declaration {
  readonly kind: NameKind;
  readonly name: string;
  /** `NETWORK/SUBNET`, which stays unique where the name does not. Of subnets only. */
  readonly longName: string | null;
  /** Where the file gives one. */
  readonly id: string | null;
  readonly path: Path;
  /** The name where it is given. */
  readonly node: TextNode;
  readonly value: SyntaxNode | null;
  /** Of a subnet, the network's declaration. */
  readonly network: Declaration | null;
}

export interface Reference {
  readonly kind: ReferenceKind;
  readonly path: Path;
  readonly node: TextNode;
}

export interface Names {
  readonly declarations: readonly Declaration[];
  readonly references: readonly Reference[];
  /** What a name or an id stands for; several where it is ambiguous. */
  resolve(kind: NameKind, ref: string): readonly Declaration[];
  ofKind(kind: NameKind): readonly Declaration[];
}

const SECTIONS: ReadonlyMap<string, NameKind> = new Map([
  ['nodes', 'node'],
  ['networks', 'network'],
  ['routers', 'router'],
  ['ports', 'port'],
  ['instances', 'instance'],
  ['security_groups', 'security_group'],
  ['floating_ips', 'floatingip'],
]);

export function kindOf(reference: ReferenceKind): NameKind {
  if (reference === 'external_network') return 'network';
  return reference === 'l3_node' || reference === 'dhcp_node' ? 'node' : reference;
}

/** @param without A word that is being typed, and is no name yet. */
export function namesOf(root: SyntaxNode | null, without: TextNode | null = null): Names {
  const declarations = root?.kind === 'map' ? declarationsOf(root).filter(({ node }) => node !== without) : [];
  const references: Reference[] = [];
  collect(root, ROOT, [], references);
  const byKind = new Map<NameKind, Declaration[]>();
  const byRef = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    push(byKind, declaration.kind, declaration);
    const { kind, name, longName, id } = declaration;
    for (const ref of new Set([name, longName, id])) if (ref !== null) push(byRef, `${kind} ${ref}`, declaration);
  }
  return {
    declarations,
    references,
    resolve: (kind, ref) => byRef.get(`${kind} ${ref}`) ?? [],
    ofKind: (kind) => byKind.get(kind) ?? [],
  };
}

function declarationsOf(root: MapNode): Declaration[] {
  return root.entries.flatMap(({ key: section, value }) => {
    const kind = SECTIONS.get(section.text);
    if (kind === undefined || value?.kind !== 'map') return [];
    return value.entries.flatMap((entry) => {
      const declaration = declare(kind, entry, [section.text, entry.key.text], null);
      return kind === 'network' ? [declaration, ...subnetsOf(declaration)] : [declaration];
    });
  });
}

function subnetsOf(network: Declaration): Declaration[] {
  const subnets = attribute(network.value, 'subnets');
  const path = [...network.path, 'subnets'];
  if (subnets?.kind === 'map')
    return subnets.entries.map((entry) => declare('subnet', entry, [...path, entry.key.text], network));
  if (subnets?.kind !== 'list') return [];
  return subnets.items.flatMap((value, index): Declaration[] => {
    const name = attribute(value, 'name');
    if (name?.kind !== 'text') return [];
    return [declare('subnet', { key: name, value }, [...path, index], network)];
  });
}

function declare(
  kind: NameKind,
  { key, value }: Pick<MapEntry, 'key' | 'value'>,
  path: Path,
  network: Declaration | null,
): Declaration {
  const id = attribute(value, 'id');
  return {
    kind,
    name: key.text,
    longName: network === null ? null : `${network.name}/${key.text}`,
    id: id?.kind === 'text' ? id.text : null,
    path,
    node: key,
    value,
    network,
  };
}

export function attribute(node: SyntaxNode | null | undefined, name: string): SyntaxNode | null {
  return node?.kind === 'map' ? (node.entries.find(({ key }) => key.text === name)?.value ?? null) : null;
}

/** The text of an attribute, null where it has none. */
export function textAttribute(node: SyntaxNode | null | undefined, name: string): string | null {
  const value = attribute(node, name);
  return value?.kind === 'text' ? value.text : null;
}

function collect(node: SyntaxNode | null, expected: Expected, path: Path, found: Reference[]): void {
  if (node === null || expected.types.length === 0) return;
  if (node.kind === 'text') {
    for (const kind of referenceKinds(expected)) found.push({ kind, path, node });
  } else if (node.kind === 'map') {
    for (const { key, value } of node.entries) collect(value, stepInto(expected, key.text), [...path, key.text], found);
  } else {
    for (const [index, item] of node.items.entries()) collect(item, stepInto(expected, index), [...path, index], found);
  }
}

function push<K>(map: Map<K, Declaration[]>, key: K, declaration: Declaration): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [declaration]);
  else list.push(declaration);
}
