/** Values of attributes: what may be chosen from, and names of resources that are there. */
import { DEFAULT_NODES } from '../build/nodes.js';
import type { Path } from '../lab-file/problems.js';
import type { ReferenceKind } from '../lab-file/reference.js';
import type { Cursor, Proposal } from './completion.js';
import { choicesOf, expectedAt, referenceKinds, type Expected } from './expected.js';
import { freeCidr } from './free.js';
import { attribute, kindOf, textAttribute, type Declaration, type Names } from './names.js';
import type { Place } from './place.js';
import { literal, nameText } from './snippet-text.js';
import { isExternal } from './snippets.js';
import type { SyntaxNode } from './syntax.js';

export function completeValues(expected: Expected, place: Place, cursor: Cursor, names: Names): Proposal[] {
  const written = new Set(place.siblings.flatMap((node) => (node.kind === 'text' ? [node.text] : [])));
  const rank = ranking(place, names);
  const choices = choicesOf(expected).filter((choice) => !written.has(String(choice)));
  return [
    ...choices.map((choice) => value(String(choice), choice, cursor, choiceDetail(expected, choice))),
    ...referenceKinds(expected).flatMap((kind) =>
      candidates(kind, names)
        .filter((candidate) => !written.has(candidate.label))
        .map((candidate) => nameProposal(candidate, rank(candidate), cursor)),
    ),
    ...(place.path.at(-1) === 'cidr' ? freeRanges(names, cursor) : []),
  ];
}

function value(label: string, choice: string | number | boolean | null, cursor: Cursor, detail: string): Proposal {
  return {
    label: label === '' ? '""' : label,
    kind: 'value',
    detail,
    insert: literal(written(choice, cursor)),
    rank: 0,
  };
}

function written(choice: string | number | boolean | null, { quoted }: Cursor): string {
  if (quoted) return JSON.stringify(String(choice)).slice(1, -1);
  return typeof choice === 'string' ? nameText(choice) : String(choice);
}

function choiceDetail({ words }: Expected, choice: unknown): string {
  return words?.default === `\`${String(choice)}\`` ? 'default' : '';
}

function freeRanges(names: Names, cursor: Cursor): Proposal[] {
  return ([4, 6] as const).map((version) => value(freeCidr(names, version), freeCidr(names, version), cursor, 'free'));
}

interface Candidate {
  /** How the file refers to it. */
  readonly label: string;
  readonly kind: Declaration['kind'];
  readonly detail: string;
  readonly declaration: Declaration | null;
}

function candidates(kind: ReferenceKind, names: Names): Candidate[] {
  const declared = names.ofKind(kindOf(kind)).filter((one) => fits(one, kind));
  const found = declared.map((declaration) => ({
    label: refOf(declaration, names),
    kind: declaration.kind,
    detail: detailOf(declaration),
    declaration,
  }));
  return [...found, ...undeclared(kind, names)];
}

/** What is there although the file does not say so. */
function undeclared(kind: ReferenceKind, names: Names): Candidate[] {
  const bare = { detail: 'default', declaration: null };
  if (kind === 'security_group' && names.resolve('security_group', 'default').length === 0)
    return [{ ...bare, label: 'default', kind: 'security_group' }];
  if (kindOf(kind) !== 'node' || names.ofKind('node').length > 0) return [];
  const agent = agentOf(kind);
  return DEFAULT_NODES.filter(({ agents }) => agent === null || agents.includes(agent)).map(({ name }) => ({
    ...bare,
    label: name,
    kind: 'node',
  }));
}

/** By the name alone where that is enough. */
function refOf({ kind, name, longName }: Declaration, names: Names): string {
  return longName !== null && names.resolve(kind, name).length > 1 ? longName : name;
}

function fits(declaration: Declaration, kind: ReferenceKind): boolean {
  if (kind === 'external_network') return isExternal(declaration.value);
  const agent = agentOf(kind);
  return agent === null || textsOf(attribute(declaration.value, 'agents')).includes(agent);
}

function agentOf(kind: ReferenceKind): 'l3' | 'dhcp' | null {
  if (kind === 'l3_node') return 'l3';
  return kind === 'dhcp_node' ? 'dhcp' : null;
}

function textsOf(node: SyntaxNode | null): readonly string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
}

function detailOf({ kind, value: node, network }: Declaration): string {
  if (kind === 'subnet') return [textAttribute(node, 'cidr') ?? '', network?.name ?? ''].filter(Boolean).join(', ');
  if (kind === 'node') return textsOf(attribute(node, 'agents')).join(', ') || 'compute';
  if (kind === 'network') return isExternal(node) ? 'external' : '';
  if (kind === 'router') return textAttribute(node, 'ha') === 'true' ? 'HA' : 'legacy';
  if (kind === 'instance') return textsOf(attribute(node, 'networks')).join(', ');
  return kind === 'port' ? (textAttribute(node, 'network') ?? '') : '';
}

/** A router's interface is seldom on an external network, nor on a subnet that has a router already. */
function ranking({ path }: Place, names: Names): (candidate: Candidate) => number {
  if (!isInterface(path)) return () => 0;
  const attached = new Set(names.references.flatMap((one) => (isInterface(one.path) ? [one.node.text] : [])));
  return ({ label, declaration }) => {
    if (isExternal(declaration?.network?.value)) return 2;
    return attached.has(label) ? 1 : 0;
  };
}

function isInterface(path: Path): boolean {
  return path[0] === 'routers' && path[2] === 'interfaces';
}

function nameProposal({ label, kind, detail }: Candidate, rank: number, cursor: Cursor): Proposal {
  return { label, kind, detail, insert: literal(written(label, cursor)), rank };
}

/** The attribute that a value belongs to, through the lists around it. */
export function attributeAt(place: Place): { readonly name: string; readonly expected: Expected } | null {
  let { path } = place;
  while (typeof path.at(-1) === 'number') path = path.slice(0, -1);
  const name = path.at(-1);
  return typeof name === 'string' ? { name, expected: expectedAt(path) } : null;
}
