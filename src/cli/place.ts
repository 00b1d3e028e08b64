/** On which node of a lab a router, a network or an instance is looked at, entered or broken. */
import { NoSuchTarget } from '../lab/lab-errors.js';
import { type Readings, statusOf } from '../lab/status.js';
import type { Lab, Router } from '../model/resources.js';
import type { LabThing } from './lab-words.js';

/** The nodes that it is on: hosts of a router, of a network's DHCP server, of an instance. */
function placesOf(lab: Lab, thing: LabThing): readonly string[] {
  switch (thing.kind) {
    case 'router':
      return lab.router_l3_agents[thing.router.id] ?? [];
    case 'network':
      return lab.network_dhcp_agents[thing.network.id] ?? [];
    case 'instance':
      return [thing.instance.node];
  }
}

/**
 * The node of the MASTER, or of the legacy router; the first replica's where nobody is MASTER.
 * @param look asks the nodes; not called where the answer does not depend on them
 */
export async function activeNode(lab: Lab, router: Router, look: () => Promise<Readings>): Promise<string | undefined> {
  const hosts = lab.router_l3_agents[router.id] ?? [];
  if (!router.ha || hosts.length < 2) return hosts[0];
  const status = statusOf(lab, await look()).routers.find(({ id }) => id === router.id);
  return status?.active_on[0] ?? hosts[0];
}

/**
 * The node that is asked for, else the one where the thing is at work.
 * @param word how the person called the thing, for the error
 * @throws NoSuchTarget where the thing is not on the node that is asked for, or on none
 */
export async function chooseNode(
  lab: Lab,
  thing: LabThing,
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
  const node = asked ?? (thing.kind === 'router' ? await activeNode(lab, thing.router, look) : places[0]);
  if (node === undefined) throw new NoSuchTarget(`${thing.kind} that is on a node`, word, []);
  return node;
}
