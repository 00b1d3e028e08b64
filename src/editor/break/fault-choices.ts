/** What can be broken where, as values: from a row of the tree to the fault, and what is said of it. Pure. */
import * as l10n from '@vscode/l10n';
import type { Fault } from '../../lab/break/fault.js';
import type { LabStatus } from '../../lab/status.js';
import type { CommandId } from '../manifest/commands.js';
import type { About } from '../tree/row.js';

/** Where something is broken: a node, and the router whose replica is meant where one is. */
export interface Place {
  readonly node: string;
  readonly router: { readonly id: string; readonly name: string } | null;
}

export interface FaultChoice {
  readonly label: string;
  /** What it is like, for whoever chooses. */
  readonly detail: string;
  /** Of a replica; else of a whole node. */
  readonly ofReplica: boolean;
  readonly fault: (place: Place, others: readonly string[]) => Fault;
  /** What was done, a sentence. */
  readonly done: (place: Place) => string;
}

const routerId = ({ router }: Place): string => router?.id ?? '';
const routerName = ({ router }: Place): string => router?.name ?? '';

/** Commands of the Break menu. Those that ask for more are left to their handler. */
export const FAULT_COMMANDS = {
  'neutron-lab.powerOffNode': (): FaultChoice => ({
    label: l10n.t('Power off the node'),
    detail: l10n.t('Every process is killed at once; namespaces, addresses and routes are gone.'),
    ofReplica: false,
    fault: ({ node }) => ({ kind: 'node', node, graceful: false }),
    done: ({ node }) => l10n.t('{0} is without power.', node),
  }),
  'neutron-lab.shutDownNode': (): FaultChoice => ({
    label: l10n.t('Shut the node down in order'),
    detail: l10n.t('keepalived takes its leave with priority 0, so that another node takes over at once.'),
    ofReplica: false,
    fault: ({ node }) => ({ kind: 'node', node, graceful: true }),
    done: ({ node }) => l10n.t('{0} was shut down.', node),
  }),
  'neutron-lab.freezeNode': (): FaultChoice => ({
    label: l10n.t('Freeze the node'),
    detail: l10n.t('No process of it runs, while its kernel forwards on.'),
    ofReplica: false,
    fault: ({ node }) => ({ kind: 'freeze', node }),
    done: ({ node }) => l10n.t('{0} is frozen.', node),
  }),
  'neutron-lab.cutOffNode': (): FaultChoice => ({
    label: l10n.t('Pull the cable of the node'),
    detail: l10n.t('Its underlay interface goes down: it loses every other node.'),
    ofReplica: false,
    fault: ({ node }) => ({ kind: 'link', node, router: null, device: 'underlay' }),
    done: ({ node }) => l10n.t('{0} is cut off from the other nodes.', node),
  }),
  'neutron-lab.killKeepalived': (): FaultChoice => ({
    label: l10n.t('Kill keepalived'),
    detail: l10n.t('Both of its processes die without a word; its addresses stay behind.'),
    ofReplica: true,
    fault: (place) => ({ kind: 'keepalived', node: place.node, router: routerId(place), how: 'kill' }),
    done: (place) => l10n.t('keepalived of {0} was killed on {1}.', routerName(place), place.node),
  }),
  'neutron-lab.killKeepalivedParent': (): FaultChoice => ({
    label: l10n.t('Kill the parent process of keepalived'),
    detail: l10n.t('The VRRP process notices, and leaves.'),
    ofReplica: true,
    fault: (place) => ({ kind: 'keepalived', node: place.node, router: routerId(place), how: 'kill-parent' }),
    done: (place) => l10n.t('keepalived of {0} lost its parent process on {1}.', routerName(place), place.node),
  }),
  'neutron-lab.terminateKeepalived': (): FaultChoice => ({
    label: l10n.t('End keepalived in order'),
    detail: l10n.t('SIGTERM: it removes its addresses and advertises priority 0.'),
    ofReplica: true,
    fault: (place) => ({ kind: 'keepalived', node: place.node, router: routerId(place), how: 'terminate' }),
    done: (place) => l10n.t('keepalived of {0} was told to end on {1}.', routerName(place), place.node),
  }),
  'neutron-lab.haLinkDown': (): FaultChoice =>
    linkChoice('ha', l10n.t('keepalived tracks it: the replica goes to FAULT.')),
  'neutron-lab.qrLinkDown': (): FaultChoice =>
    linkChoice('qr', l10n.t('Neutron does not track it: the MASTER stays MASTER and forwards nothing there.')),
  'neutron-lab.qgLinkDown': (): FaultChoice =>
    linkChoice('qg', l10n.t('Neutron does not track it: the MASTER stays MASTER and loses the outside.')),
  'neutron-lab.splitBrain': (): FaultChoice => ({
    label: l10n.t('Split brain: lose its advertisements'),
    detail: l10n.t('Nobody hears the replica’s advertisements, and it hears nobody’s: two are MASTER.'),
    ofReplica: true,
    fault: (place, others) => ({ kind: 'partition', node: place.node, from: others, router: routerId(place) }),
    done: (place) =>
      l10n.t('{0} and the others have lost each other’s advertisements of {1}.', place.node, routerName(place)),
  }),
} as const satisfies Partial<Record<CommandId, () => FaultChoice>>;

export type FaultCommand = keyof typeof FAULT_COMMANDS;

function linkChoice(device: 'ha' | 'qr' | 'qg', detail: string): FaultChoice {
  return {
    label: l10n.t('Take down the {0} interface', `${device}-`),
    detail,
    ofReplica: true,
    fault: (place) => ({ kind: 'link', node: place.node, router: routerId(place), device }),
    done: (place) => l10n.t('The {0} interface of {1} is down on {2}.', `${device}-`, routerName(place), place.node),
  };
}

/** Where a row stands: of a router, where its MASTER is. Null where that is nowhere. */
export function placeOf(about: About, status: LabStatus): Place | null {
  if (about.kind === 'router') {
    const router = status.routers.find(({ id }) => id === about.id);
    const node = router?.active_on[0];
    return router && node !== undefined ? { node, router: { id: router.id, name: router.name } } : null;
  }
  if (about.node === undefined) return null;
  const router = about.kind === 'replica' && about.owner ? { id: about.owner.id, name: about.owner.name } : null;
  return { node: about.node, router };
}

/** Who loses whom: the other nodes of the router, or of the lab. */
export function othersOf({ node, router }: Place, status: LabStatus): string[] {
  const all = router
    ? (status.routers.find(({ id }) => id === router.id)?.replicas.map((replica) => replica.node) ?? [])
    : status.nodes.filter(({ state }) => state === 'running').map(({ name }) => name);
  return all.filter((name) => name !== node).sort();
}

/** Everything of a lab that can be broken, the MASTERs first: for a list without a tree. */
export function placesOf(status: LabStatus): { readonly place: Place; readonly role: string | null }[] {
  const running = new Set(status.nodes.filter(({ state }) => state === 'running').map(({ name }) => name));
  const replicas = status.routers.flatMap(({ id, name, replicas: own }) =>
    own
      .filter(({ node }) => running.has(node))
      .map(({ node, role }) => ({ place: { node, router: { id, name } }, role })),
  );
  return [
    ...replicas.filter(({ role }) => role === 'MASTER'),
    ...[...running].map((node) => ({ place: { node, router: null }, role: null })),
    ...replicas.filter(({ role }) => role !== 'MASTER'),
  ];
}
