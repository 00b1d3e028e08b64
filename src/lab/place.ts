/** On which node of a lab a router, a network or an instance is looked at, entered or broken. */
import { NoSuchTarget } from './lab-errors.js';
import { type Readings, statusOf } from './status.js';
import { type Subject, mainPlace, placesOf } from './subject.js';
import type { Lab, Router } from '../model/resources.js';

/**
 * The node of the MASTER, or of the legacy router; the first replica's where nobody is MASTER.
 * @param look asks the nodes; not called where the answer does not depend on them
 */
export async function activeNode(
  lab: Lab,
  { id, name }: Pick<Router, 'id' | 'name'>,
  look: () => Promise<Readings>,
): Promise<string | undefined> {
  const router = { kind: 'router', id, name } as const;
  const hosts = placesOf(lab, router);
  return hosts.length < 2 ? hosts[0] : mainPlace(lab, router, statusOf(lab, await look()));
}

/**
 * The node that is asked for, else the one where the thing is at work.
 * @param word how the person called the thing, for the error
 * @throws NoSuchTarget where the thing is not on the node that is asked for, or on none
 */
export async function chooseNode(
  lab: Lab,
  thing: Subject,
  { word, asked, look }: { word: string; asked: string | undefined; look: () => Promise<Readings> },
): Promise<string> {
  const places = placesOf(lab, thing);
  if (asked !== undefined && !places.includes(asked)) {
    throw new NoSuchTarget(
      `${thing.kind} on node "${asked}"`,
      word,
      places.map((place) => `one on ${place}`),
    );
  }
  const node = asked ?? (thing.kind === 'router' ? await activeNode(lab, thing, look) : places[0]);
  if (node === undefined) throw new NoSuchTarget(`${thing.kind} that is on a node`, word, []);
  return node;
}
