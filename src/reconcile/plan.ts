/** From the difference to the steps that close it, each with the resource it is for and the reason. */
import type { ResourceRef } from '../model/resources.js';
import { type DesiredItem, type Item, type NodeState, ROOT } from '../neutron/node-state.js';
import { withZonesOf } from '../neutron/security-groups/conntrack-zones.js';
import { createAddress, createFlood, removeAddress, removeFlood, removeRoute, setRoute } from './commands/address.js';
import {
  createIpset,
  removeEbtables,
  removeIpset,
  updateEbtables,
  updateIpset,
  updateRootRuleset,
} from './commands/firewall.js';
import { createLink, removeLink, updateLink } from './commands/link.js';
import {
  createNamespace,
  createRuleset,
  removeNamespace,
  setHostname,
  setSysctl,
  updateRuleset,
} from './commands/namespace.js';
import { reloadProcess, removePath, startProcess, stopProcess, writeFile } from './commands/process.js';
import { type Change, diff } from './diff.js';
import { forgetConnections } from './forget.js';
import { isAgentInput, isOurs, madeOf, ownerByName, ownershipOf, owningPath } from './ownership.js';
import { type Draft, type Phase, inOrder } from './phases.js';
import { makeRoom } from './rebuild.js';
import { restartsForOrigins } from './route-origin.js';
import type { Step } from './step.js';

function createItem(item: DesiredItem, change: 'create' | 'update'): Draft[] {
  switch (item.kind) {
    case 'namespace':
      return createNamespace(item);
    case 'link':
      return createLink(item);
    case 'address':
      return createAddress(item);
    case 'route':
      return setRoute(item, change);
    case 'fdb':
      return createFlood(item);
    case 'sysctl':
      return setSysctl(item, change);
    case 'ruleset':
      return item.namespace === ROOT ? updateRootRuleset(item, '', change) : createRuleset(item);
    case 'ipset':
      return createIpset(item);
    case 'ebtables':
      return updateEbtables(item.text, '', change);
    case 'file':
      return writeFile(item, change);
    case 'process':
      return startProcess(item, change);
  }
}

function updateItem(item: DesiredItem, observed: Item): Draft[] {
  if (item.kind === 'link' && observed.kind === 'link') return updateLink(item, observed).drafts;
  if (item.kind === 'namespace') return setHostname(item.namespace, item.hostname ?? '', 'update');
  if (item.kind === 'ipset' && observed.kind === 'ipset') return updateIpset(item, observed);
  if (item.kind === 'ebtables' && observed.kind === 'ebtables')
    return updateEbtables(item.text, observed.text, 'update');
  if (item.kind === 'ruleset' && observed.kind === 'ruleset')
    return item.namespace === ROOT ? updateRootRuleset(item, observed.text, 'update') : updateRuleset(item, observed);
  return createItem(item, 'update');
}

function removeItem(item: Item): Draft[] {
  switch (item.kind) {
    case 'namespace':
      return removeNamespace(item);
    case 'link':
      return removeLink(item);
    case 'address':
      return removeAddress(item);
    case 'route':
      return removeRoute(item);
    case 'fdb':
      return removeFlood(item);
    case 'process':
      return stopProcess(item, 'remove');
    case 'ipset':
      return removeIpset(item);
    case 'ebtables':
      return removeEbtables(item);
    case 'sysctl':
      return setSysctl({ ...item, value: '0' }, 'remove');
    case 'ruleset':
    case 'file':
      return [];
  }
}

function draftsOf(change: Change): Draft[] {
  switch (change.type) {
    case 'create':
      return createItem(change.desired, 'create');
    case 'update':
      return updateItem(change.desired, change.observed);
    case 'replace':
      if (change.observed.kind === 'process') {
        return [...stopProcess(change.observed, 'update'), ...createItem(change.desired, 'update')];
      }
      return [...removeItem(change.observed), ...createItem(change.desired, 'create')];
    case 'remove':
      return removeItem(change.observed);
  }
}

function whyOf(change: Change): string {
  switch (change.type) {
    case 'create':
      return change.desired.why;
    case 'update':
    case 'replace':
      return `${change.desired.why} (now ${change.differences.join(', ')})`;
    case 'remove':
      return 'nothing in the lab asks for it any more';
  }
}

/** A veth goes with both its ends: to remove the second one as well would fail. */
function withoutSecondEnds(changes: readonly Change[]): Change[] {
  const peers = new Set(
    changes.flatMap((change) =>
      change.type === 'remove' && change.observed.kind === 'link' && change.observed.type === 'veth'
        ? [change.observed.peer]
        : [],
    ),
  );
  return changes.filter(
    (change) =>
      change.type !== 'remove' ||
      change.observed.kind !== 'link' ||
      change.observed.type !== 'tap' ||
      !peers.has(change.observed.name),
  );
}

/** Paths that belong to a resource of which nothing is desired here any more. */
function abandonedPaths(desired: readonly DesiredItem[], observed: readonly Item[]): string[] {
  const paths = (items: readonly Item[]): Set<string> =>
    new Set(
      items.flatMap((item) => {
        const path = item.kind === 'file' ? item.path : item.kind === 'process' ? item.pidFile : null;
        const owner = path === null ? null : owningPath(path);
        return owner === null ? [] : [owner];
      }),
    );
  const wanted = paths(desired);
  for (const path of [...wanted]) wanted.add(madeOf(path) ?? path);
  return [...paths(observed)].filter((path) => !wanted.has(path));
}

/** Conntrack zones are a node's own numbers: those that it has stay, so that connections live on. */
function withNodesZones(desired: readonly DesiredItem[], observed: readonly Item[]): DesiredItem[] {
  const rules = observed.find((item) => item.kind === 'ruleset' && item.namespace === ROOT && item.family === 4);
  const text = rules?.kind === 'ruleset' ? rules.text : '';
  return desired.map((item) =>
    item.kind === 'ruleset' && item.namespace === ROOT ? { ...item, text: withZonesOf(item.text, text) } : item,
  );
}

function directory(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** SIGHUP for a process that goes on running while one of its files changes, or one beside them goes. */
function reloads(
  desired: readonly DesiredItem[],
  changes: readonly Change[],
  abandoned: readonly string[],
): { item: DesiredItem; draft: Draft }[] {
  const thinned = new Set(abandoned.map(directory));
  const changedFiles = new Set(
    changes.flatMap((change) => {
      const item = change.type === 'remove' ? change.observed : change.desired;
      return item.kind === 'file' ? [item.path] : [];
    }),
  );
  const restarted = new Set(
    changes.flatMap((change) =>
      change.type !== 'remove' && change.desired.kind === 'process' ? [change.desired.pidFile] : [],
    ),
  );
  return desired.flatMap((item) => {
    if (item.kind !== 'process' || restarted.has(item.pidFile)) return [];
    const drafts = [
      ...(item.reloads.some((path) => thinned.has(directory(path))) ? reloadProcess(item, 'release-signal') : []),
      ...(item.reloads.some((path) => changedFiles.has(path)) ? reloadProcess(item, 'signal') : []),
    ];
    return drafts.map((draft) => ({ item, draft }));
  });
}

/**
 * The steps for one node.
 * @param known resources by id and by the first 11 characters of it, to name what is to be removed
 */
export function planNode(
  desired: NodeState<DesiredItem>,
  observed: NodeState,
  known: ReadonlyMap<string, ResourceRef>,
): Step[] {
  const ownership = ownershipOf(observed.items, desired.items);
  const wantedNamespaces = new Set(
    desired.items.flatMap((item) => (item.kind === 'namespace' ? [item.namespace] : [])),
  );
  const goingNamespaces = new Set(
    observed.items.flatMap((item) =>
      item.kind === 'namespace' && isOurs(item, ownership) && !wantedNamespaces.has(item.namespace)
        ? [item.namespace]
        : [],
    ),
  );
  const removable = (item: Item): boolean => {
    // Whatever runs in a namespace that goes would keep it alive; what else is in it goes with it.
    if ('namespace' in item && item.kind !== 'namespace' && goingNamespaces.has(item.namespace)) {
      return item.kind === 'process' && !item.pidFile.endsWith('-vrrp');
    }
    return isOurs(item, ownership);
  };

  const { kept, removed } = makeRoom(desired.items, observed.items);
  const differences = [
    ...removed.map((item): Change => ({ type: 'remove', observed: item })),
    ...withoutSecondEnds(diff(withNodesZones(desired.items, kept), kept, removable)),
  ];
  const changes = [...differences, ...restartsForOrigins(desired.items, kept, differences)];
  const steps: (Step & { phase: Phase })[] = [];
  const add = (draft: Draft, resource: ResourceRef, why: string): void => {
    steps.push({ node: desired.node, ...draft, resource, why });
  };

  for (const change of changes) {
    const resource =
      change.type === 'remove' ? ownerByName(change.observed, desired.node, known) : change.desired.resource;
    for (const draft of draftsOf(change)) add(draft, resource, whyOf(change));
  }
  const abandoned = abandonedPaths(desired.items, observed.items);
  for (const path of abandoned) {
    const item: Item = { kind: 'file', path, content: '', mode: 0 };
    for (const draft of removePath(path, isAgentInput(path) ? 'release' : 'remove-file')) {
      add(draft, ownerByName(item, desired.node, known), 'nothing in the lab asks for it any more');
    }
  }
  const self: ResourceRef = { kind: 'node', id: desired.node, name: desired.node };
  for (const draft of forgetConnections(desired.items, observed.items)) {
    add(draft, self, 'a connection that is established would live on although no rule allows it any more');
  }
  for (const { item, draft } of reloads(desired.items, changes, abandoned)) {
    add(draft, item.resource, 'its configuration changed: it reads it again without a restart');
  }
  return inOrder(steps).map(withoutPhase);
}

function withoutPhase({ node, namespace, change, action, resource, why }: Step): Step {
  return { node, namespace, change, action, resource, why };
}

/** What a person would type, for plans, logs and lessons. Never given to a shell by us. */
export function commandLine(step: Pick<Step, 'namespace' | 'action'>): string {
  const { action } = step;
  const inside = step.namespace === ROOT ? '' : `ip netns exec ${step.namespace} `;
  switch (action.type) {
    case 'run':
      return `${inside}${action.argv.map(quote).join(' ')}${action.stdin === undefined ? '' : ' <<EOF …'}`;
    case 'spawn':
      return `${inside}${action.argv.map(quote).join(' ')}${action.daemonizes ? '' : ' &'}`;
    case 'write':
      return `write ${action.path}`;
    case 'remove':
      return `rm -r ${quote(action.path)}`;
    case 'signal':
      return `kill -${action.signal} $(cat ${quote(action.pidFile)})  # ${action.process}`;
  }
}

/** As a POSIX shell would need it, so that a line can be copied. */
function quote(word: string): string {
  return /^[\w@%+=:,./!-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
