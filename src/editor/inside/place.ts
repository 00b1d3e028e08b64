/** From a row of the Labs view to the place that it stands for: a node, a namespace, an instance. Pure. */
import * as l10n from '@vscode/l10n';
import type { ExecTarget } from '../../lab/exec-target.js';
import type { LabStatus } from '../../lab/status.js';
import { type Subject, mainPlace, namespaceOf, placesOf, subjectsOf } from '../../lab/subject.js';
import type { Lab } from '../../model/resources.js';
import type { About } from '../tree/row.js';

export interface Place {
  readonly target: ExecTarget;
  /** `web1`, `network1`, `qrouter edge · network1`. */
  readonly title: string;
  /** A codicon. */
  readonly icon: string;
  /** Whose namespace it is; null for a node itself, or a namespace that is not of the lab's making. */
  readonly subject: Subject | null;
}

/** What a running lab says that is needed to tell a place. */
export interface Running {
  readonly lab: Lab;
  readonly status: LabStatus | null;
}

/** The router, network or instance that a row is about, or belongs to. */
export function subjectOf({ kind, id, owner, namespace }: About, lab: Lab): Subject | null {
  const subjects = subjectsOf(lab);
  if (namespace !== undefined && namespace !== '') {
    const own = subjects.find((subject) => namespaceOf(subject) === namespace);
    if (own) return own;
  }
  const [wantedKind, wantedId] = owner ? [owner.kind, owner.id] : [kind, id];
  return subjects.find((subject) => subject.kind === wantedKind && subject.id === wantedId) ?? null;
}

/** Null where the row is at no place: a security group, or a network without a DHCP server. */
export function placeOf(about: About, { lab, status }: Running): Place | null {
  const subject = subjectOf(about, lab);
  const node = about.node ?? (subject ? mainPlace(lab, subject, status) : undefined);
  if (node === undefined) return null;
  if (subject) return placeOfSubject(subject, node);
  return about.namespace === undefined || about.namespace === ''
    ? placeOfNode(node)
    : placeOfNamespace(about.namespace, node);
}

export function placeOfNode(node: string): Place {
  return { target: { node, namespace: '', instance: false }, title: node, icon: 'server', subject: null };
}

function placeOfNamespace(namespace: string, node: string): Place {
  const target = { node, namespace, instance: false };
  return { target, title: `${namespace} · ${node}`, icon: 'symbol-namespace', subject: null };
}

export function placeOfSubject(subject: Subject, node: string): Place {
  const { kind, name } = subject;
  const target = { node, namespace: namespaceOf(subject), instance: kind === 'instance' };
  if (kind === 'instance') return { target, title: name, icon: 'vm', subject };
  const word = kind === 'router' ? 'qrouter' : 'qdhcp';
  return {
    target,
    title: `${word} ${name} · ${node}`,
    icon: kind === 'router' ? 'symbol-namespace' : 'server-process',
    subject,
  };
}

export interface PlaceGroup {
  readonly title: string;
  readonly places: readonly (Place & { readonly description: string })[];
}

/** Every place of a lab where a terminal can be opened. */
export function allPlaces({ lab, status }: Running): PlaceGroup[] {
  const of = (kind: Subject['kind']): PlaceGroup['places'] =>
    subjectsOf(lab)
      .filter((subject) => subject.kind === kind)
      .flatMap((subject) =>
        placesOf(lab, subject).map((node) => ({
          ...placeOfSubject(subject, node),
          description: kind === 'instance' ? l10n.t('on {0}', node) : roleThere(status, subject, node),
        })),
      );
  const nodes = lab.nodes.map(({ name, agents }) => ({ ...placeOfNode(name), description: agents.join(', ') }));
  return [
    { title: l10n.t('Instances'), places: of('instance') },
    { title: l10n.t('Nodes'), places: nodes },
    { title: l10n.t('Routers'), places: of('router') },
    { title: l10n.t('DHCP servers'), places: of('network') },
  ].filter(({ places }) => places.length > 0);
}

function roleThere(status: LabStatus | null, { kind, id }: Subject, node: string): string {
  if (kind !== 'router') return '';
  const router = status?.routers.find((one) => one.id === id);
  return router?.replicas.find((replica) => replica.node === node)?.role ?? '';
}
