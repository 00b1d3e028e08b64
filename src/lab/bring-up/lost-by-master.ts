/**
 * What the MASTER of an HA router has lost: addresses and routes that keepalived put there and does not put there again.
 * The kernel drops them where an interface goes down or a person deletes them; keepalived does not follow those that Neutron
 * marks with `no_track`, and believes until the next failover that they are there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { containsAddress, ipVersion } from '../../model/addresses.js';
import { indexLab } from '../../model/lab-queries.js';
import type { Lab } from '../../model/resources.js';
import { haConfDirectory } from '../../neutron/l3/keepalived-conf.js';
import type { DesiredItem, NodeState } from '../../neutron/node-state.js';
import type { ObservedDocument } from '../../reconcile/observed-document.js';
import type { Step } from '../../reconcile/step.js';
import { type ReplicaPlace, observedFacts, replicaPlaces, roleOf } from '../replica.js';
import { observedInterfaces } from '../show/addresses.js';
import { observedRouteLines, routeFamily, virtualRouteLine } from '../show/routes.js';
import { type Virtual, type VirtualRoute, virtualOf } from '../show/virtual.js';

/** Milliseconds in which a replica that becomes MASTER, or ends to be, has all that is its own, or nothing. */
const CHANGE_OF_ROLE = 300;

/**
 * Looks again where something seems to be lost: a replica may have been seen in the middle of a change of its role.
 * @returns what was seen last
 */
export async function seenTwice(
  lab: Lab,
  desired: NodeState<DesiredItem>,
  first: ObservedDocument,
  observe: () => Promise<ObservedDocument>,
): Promise<ObservedDocument> {
  if (lostByMaster(lab, desired, first).length === 0) return first;
  await sleep(CHANGE_OF_ROLE);
  return await observe();
}

/** The steps that put it there again, in the words of keepalived. They go after those that bring interfaces up. */
export function lostByMaster(lab: Lab, desired: NodeState<DesiredItem>, document: ObservedDocument): Step[] {
  return replicaPlaces(indexLab(lab))
    .filter(({ node }) => node === desired.node)
    .flatMap((place) => lostOf(place, desired, document));
}

function lostOf(place: ReplicaPlace, desired: NodeState<DesiredItem>, document: ObservedDocument): Step[] {
  const { router, node, namespace } = place;
  const facts = observedFacts(place, 'running', document);
  if (roleOf(facts).role !== 'MASTER' || facts.keepalivedPid === null) return [];
  const path = `${haConfDirectory(router.id)}/keepalived.conf`;
  const there = document.files.find((file) => file.path === path)?.content ?? '';
  const wanted =
    desired.items.flatMap((item) => (item.kind === 'file' && item.path === path ? [item.content] : []))[0] ?? '';
  const virtual = inBoth(virtualOf(wanted), virtualOf(there));
  const seen = document.namespaces[namespace];
  if (!seen) return [];
  const interfaces = observedInterfaces(seen);
  const step = (argv: readonly string[], what: string): Step => ({
    node,
    namespace,
    change: 'create',
    action: { type: 'run', argv },
    resource: { kind: 'router', id: router.id, name: router.name },
    why: `keepalived is MASTER here and believes that this ${what} is there; it is gone`,
  });
  const addresses = virtual.addresses
    .filter(({ device }) => interfaces.some((one) => one.device === device))
    .filter(
      ({ device, address }) =>
        !interfaces.some((one) => one.device === device && one.addresses.some((has) => has.address === address)),
    )
    .map(({ address, device, scope }) =>
      step(
        [
          ...['ip', 'address', 'replace', address, 'dev', device],
          ...(scope === 'link' ? ['scope', 'link'] : []),
          // As keepalived adds it: the other replica had it a moment ago, and it is used at once.
          ...(address.includes(':') ? ['nodad'] : []),
        ],
        'address',
      ),
    );
  const routes = virtual.routes.flatMap((route) => {
    const device = deviceOf(route, virtual);
    if (device === null || !interfaces.some((one) => one.device === device)) return [];
    const family = routeFamily(route);
    const line = virtualRouteLine({ ...route, device }, []);
    if (observedRouteLines(family === 6 ? seen.route6 : seen.route4).includes(line)) return [];
    return [
      step(
        [
          ...['ip', `-${String(family)}`, 'route', 'replace', route.destination],
          ...(route.via === null ? [] : ['via', route.via]),
          ...['dev', device, 'proto', route.protocol],
          ...(route.scope === 'link' && family === 4 ? ['scope', 'link'] : []),
        ],
        'route',
      ),
    ];
  });
  return [...addresses, ...routes];
}

/** What only one of two files has is coming or going: keepalived is told of the other file, and acts by itself. */
function inBoth(one: Virtual, other: Virtual): Virtual {
  const among = (list: readonly object[]): ((entry: object) => boolean) => {
    const texts = new Set(list.map((entry) => JSON.stringify(entry)));
    return (entry) => texts.has(JSON.stringify(entry));
  };
  return { addresses: one.addresses.filter(among(other.addresses)), routes: one.routes.filter(among(other.routes)) };
}

/** Where a route without a device goes: to the network of its next hop. */
function deviceOf({ device, via }: VirtualRoute, { addresses }: Virtual): string | null {
  if (device !== null || via === null) return device;
  const onLink = addresses.find(
    ({ address }) => address.includes(':') === (ipVersion(via) === 6) && containsAddress(address, via),
  );
  return onLink?.device ?? null;
}
