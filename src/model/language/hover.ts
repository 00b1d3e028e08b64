/** Help for the word under the pointer: what an attribute means, and what a resource is in this lab. */
import type { LabIndex } from '../lab-queries.js';
import { describeInstance, describeNode, describeSecurityGroup } from '../teaching/hosts.js';
import { describeNetwork, describePort, describeSubnet } from '../teaching/networks.js';
import { describeFloatingIp, describeRouter } from '../teaching/routers.js';
import { attributeAt } from './complete-values.js';
import { targetsAt } from './definition.js';
import { attributeHelp } from './describe.js';
import { expectedAt, stepInto } from './expected.js';
import type { LabText } from './lab-text.js';
import type { Declaration, NameKind } from './names.js';
import { placeAt } from './place.js';
import type { Span } from './syntax.js';

export interface Hover extends Span {
  readonly markdown: string;
}

const DESCRIBE: Readonly<Record<NameKind, (index: LabIndex, id: string) => string | null>> = {
  node: describeNode,
  network: describeNetwork,
  subnet: describeSubnet,
  port: describePort,
  router: describeRouter,
  instance: describeInstance,
  security_group: describeSecurityGroup,
  floatingip: describeFloatingIp,
};

/** Null where there is nothing to say. */
export function hoverAt(lab: LabText, offset: number): Hover | null {
  const place = placeAt(lab.syntax(), offset);
  if (place === null) return null;
  const { start, end } = place.node;
  const resources = targetsAt(lab, offset).targets.flatMap((target) => describe(lab, target) ?? []);
  if (resources.length > 0) return { start, end, markdown: resources.join('\n\n---\n\n') };
  const attribute =
    place.role === 'key'
      ? { name: place.node.text, expected: stepInto(expectedAt(place.path), place.node.text) }
      : attributeAt(place);
  if (attribute?.expected.words === null || attribute === null) return null;
  return { start, end, markdown: attributeHelp(attribute.name, attribute.expected) };
}

function describe(lab: LabText, { kind, name, path }: Declaration): string | null {
  const known = lab.lab();
  if (known === null) return null;
  // Nodes have no id but their name.
  const id = kind === 'node' ? name : known.places.idAt(kind, path);
  return id === null ? null : DESCRIBE[kind](known.index, id);
}
