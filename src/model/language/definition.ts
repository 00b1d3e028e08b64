/** From a name to where it is declared, and to all places that use it. */
import type { LabText } from './lab-text.js';
import { kindOf, type Declaration, type Reference } from './names.js';
import { placeAt } from './place.js';
import type { Span, TextNode } from './syntax.js';

export interface Definition {
  /** The name or id at the offset. */
  readonly origin: Span;
  /** The name where it is declared. */
  readonly name: Span;
}

export interface TargetsAt {
  readonly node: TextNode | null;
  readonly targets: readonly Declaration[];
  /** Null at the declaration itself. */
  readonly reference: Reference | null;
}

/** What the text at an offset names: itself at a declaration; several where a name is ambiguous. */
export function targetsAt(lab: LabText, offset: number): TargetsAt {
  const place = placeAt(lab.syntax(), offset);
  if (place === null) return { node: null, targets: [], reference: null };
  const { node } = place;
  const names = lab.names();
  const declared = names.declarations.find((declaration) => declaration.node === node);
  if (declared !== undefined) return { node, targets: [declared], reference: null };
  const own = names.references.filter((reference) => reference.node === node);
  const reference = own[0] ?? null;
  const targets = own.flatMap(({ kind }) => names.resolve(kindOf(kind), node.text));
  return { node, targets, reference };
}

export function definitionAt(lab: LabText, offset: number): Definition[] {
  const { node, targets } = targetsAt(lab, offset);
  return node === null ? [] : targets.map((target) => ({ origin: span(node), name: span(target.node) }));
}

/** In the order of the text. */
export function referencesAt(lab: LabText, offset: number, { declaration = true } = {}): Span[] {
  const { targets } = targetsAt(lab, offset);
  const names = lab.names();
  const uses = names.references.filter((reference) =>
    names.resolve(kindOf(reference.kind), reference.node.text).some((target) => targets.includes(target)),
  );
  const nodes = [...(declaration ? targets.map((target) => target.node) : []), ...uses.map(({ node }) => node)];
  return [...new Set(nodes)].map(span).sort((one, other) => one.start - other.start);
}

function span({ start, end }: Span): Span {
  return { start, end };
}
