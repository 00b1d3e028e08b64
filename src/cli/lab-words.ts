/** What a word on the command line means within a lab: a node, a router, a network, an instance. Pure. */
import { NoSuchTarget } from '../lab/lab-errors.js';
import { instanceNamespace, qdhcpNamespace, qrouterNamespace } from '../model/names.js';
import type { Instance, Lab, Network, Router } from '../model/resources.js';
import { UsageError } from './errors.js';

export type LabThing =
  | { readonly kind: 'router'; readonly name: string; readonly router: Router }
  | { readonly kind: 'network'; readonly name: string; readonly network: Network }
  | { readonly kind: 'instance'; readonly name: string; readonly instance: Instance };

/** The namespace that a thing has on each of its nodes. */
export function namespaceOf(thing: LabThing): string {
  switch (thing.kind) {
    case 'router':
      return qrouterNamespace(thing.router.id);
    case 'network':
      return qdhcpNamespace(thing.network.id);
    case 'instance':
      return instanceNamespace(thing.instance.name);
  }
}

function allThings(lab: Lab): LabThing[] {
  return [
    ...lab.routers.map((router): LabThing => ({ kind: 'router', name: router.name, router })),
    ...lab.networks.map((network): LabThing => ({ kind: 'network', name: network.name, network })),
    ...lab.instances.map((instance): LabThing => ({ kind: 'instance', name: instance.name, instance })),
  ];
}

function idOf(thing: LabThing): string {
  switch (thing.kind) {
    case 'router':
      return thing.router.id;
    case 'network':
      return thing.network.id;
    case 'instance':
      return thing.instance.id;
  }
}

/**
 * @param word A name, an id, a namespace's name, or `router:NAME`, `network:NAME`, `instance:NAME`
 * @returns null where nothing has that name
 * @throws UsageError where more than one thing has it
 */
export function findThing(lab: Lab, word: string): LabThing | null {
  const things = allThings(lab);
  const exact = things.find((thing) => namespaceOf(thing) === word || idOf(thing) === word);
  if (exact) return exact;
  const [, kind, name] = /^(router|network|instance):(.*)$/s.exec(word) ?? [];
  const found = things.filter((thing) =>
    kind === undefined ? thing.name === word : thing.kind === kind && thing.name === name,
  );
  if (found.length > 1) {
    const choices = [...new Set(found.map((thing) => `${thing.kind}:${thing.name}`))];
    const byKind = choices.length > 1;
    throw new UsageError(
      `"${word}" is the name of ${byKind ? 'several things' : `more than one ${found[0]?.kind ?? 'thing'}`}.`,
      byKind ? `Write ${choices.join(' or ')}.` : `Write the id: ${found.map(idOf).join(' or ')}.`,
    );
  }
  return found[0] ?? null;
}

/** @throws NoSuchTarget, UsageError */
export function findRouter(lab: Lab, word: string): Router {
  const router = routerCalled(lab, word);
  if (router) return router;
  throw new NoSuchTarget(
    'router',
    word,
    lab.routers.map(({ name }) => name),
  );
}

/** Null where no router has that name or id. @throws UsageError where several have it */
export function routerCalled(lab: Lab, word: string): Router | null {
  const things = lab.routers.filter(({ name, id }) => name === word || id === word);
  if (things.length > 1) {
    throw new UsageError(
      `"${word}" is the name of more than one router.`,
      `Write the id: ${things.map(({ id }) => id).join(' or ')}.`,
    );
  }
  return things[0] ?? null;
}

/** The HA router that is meant where none is named: the only one among `candidates`. @throws UsageError */
export function onlyHaRouter(candidates: readonly Router[], where: string): Router {
  const routers = candidates.filter(({ ha }) => ha);
  const [only] = routers;
  if (only === undefined) throw new UsageError(`There is no HA router ${where}.`, 'A router with `ha: true` has VRRP.');
  if (routers.length > 1) {
    const names = routers.map(({ name }) => name).join(', ');
    throw new UsageError(
      `There are ${String(routers.length)} HA routers ${where}: ${names}.`,
      'Say which one is meant.',
    );
  }
  return only;
}
