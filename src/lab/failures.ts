/** Breaks a running lab on purpose, and mends it. */
import { LabError } from '../model/errors.js';
import { indexLab } from '../model/lab-queries.js';
import type { Lab, ResourceRef } from '../model/resources.js';
import { observe } from '../reconcile/observe.js';
import type { ObservedDocument } from '../reconcile/observed-document.js';
import { planNode } from '../reconcile/plan.js';
import type { Step } from '../reconcile/step.js';
import { applySteps } from './apply.js';
import { drawBlueprint, knownResources } from './blueprint.js';
import { type FaultMark, healSteps, injectSteps, markPath, readMarks } from './faults.js';
import { type ReplicaPlace, replicaPlaces } from './replica.js';
import type { RunningLab } from './running-lab.js';

export type KeepalivedFault = 'kill' | 'kill-parent' | 'terminate';

export type Fault =
  /** The power goes (SIGKILL to all), or with `graceful` the node is shut down in order. */
  | { readonly kind: 'node'; readonly node: string; readonly graceful: boolean }
  /** Nothing of the node's user space runs any more, its kernel forwards on. */
  | { readonly kind: 'freeze'; readonly node: string }
  | { readonly kind: 'keepalived'; readonly node: string; readonly router: string; readonly how: KeepalivedFault }
  /** An interface goes down: the node's underlay, or a router's device on the node. */
  | {
      readonly kind: 'link';
      readonly node: string;
      readonly router: string | null;
      readonly device: 'underlay' | 'ha' | 'qr' | 'qg';
    }
  /** Two groups of nodes lose each other: all of their traffic, or a router's advertisements only. */
  | {
      readonly kind: 'partition';
      readonly node: string;
      readonly from: readonly string[];
      readonly router: string | null;
    };

function replicaOf(lab: Lab, router: string, node: string): ReplicaPlace {
  const places = replicaPlaces(indexLab(lab)).filter((place) => place.router.id === router);
  const place = places.find((one) => one.node === node);
  if (place) return place;
  throw new LabError(
    'RouterNotHostedByL3Agent',
    `The node "${node}" hosts no replica of that router.`,
    places.length === 0 ? 'It is not an HA router.' : `It is hosted by ${places.map((one) => one.node).join(', ')}.`,
  );
}

async function apply(running: RunningLab, node: string, steps: readonly Step[]): Promise<void> {
  await applySteps(await running.session(node), steps);
}

async function observeNode(running: RunningLab, node: string): Promise<ObservedDocument> {
  return await (await running.session(node)).observe();
}

function selfRef(node: string): ResourceRef {
  return { kind: 'node', id: node, name: node };
}

/** The interface of a node that a link fault pulls. */
function faultyDevice(
  lab: Lab,
  document: ObservedDocument,
  fault: Extract<Fault, { kind: 'link' }>,
  address: string | null,
): { namespace: string; device: string } {
  if (fault.device === 'underlay') {
    // By its address: the order of the engine's interfaces changes after a reconnect.
    const link = (document.namespaces['']?.addr ?? []).find((entry) =>
      (entry.addr_info ?? []).some((info) => info.local === address),
    );
    return { namespace: '', device: link?.ifname ?? 'eth0' };
  }
  const { namespace } = replicaOf(lab, fault.router ?? '', fault.node);
  const prefix = `${fault.device}-`;
  const device = (document.namespaces[namespace]?.addr ?? []).find((entry) => entry.ifname?.startsWith(prefix))?.ifname;
  if (device !== undefined) return { namespace, device };
  throw new LabError(
    'NoSuchTarget',
    `The router has no ${prefix} interface on "${fault.node}".`,
    'Is it up? See `neutron-lab status`.',
  );
}

async function injectKeepalived(
  running: RunningLab,
  lab: Lab,
  fault: Extract<Fault, { kind: 'keepalived' }>,
): Promise<void> {
  const place = replicaOf(lab, fault.router, fault.node);
  const document = await observeNode(running, fault.node);
  const pid = (file: string): string[] =>
    document.processes.filter((process) => process.pidFile === file).map((process) => String(process.pid));
  const parent = pid(place.pidFile);
  const child = pid(`${place.pidFile}-vrrp`);
  const victims = fault.how === 'kill' ? [...parent, ...child] : parent;
  if (parent.length === 0) {
    throw new LabError(
      'NoSuchTarget',
      `keepalived does not run on "${fault.node}" for that router.`,
      'Heal it first: `neutron-lab heal`.',
    );
  }
  const mark: FaultMark = { fault: 'keepalived', router: fault.router, how: fault.how };
  const resource: ResourceRef = { kind: 'router', id: place.router.id, name: place.router.name };
  const kill: Step = {
    node: fault.node,
    namespace: '',
    change: 'remove',
    action:
      fault.how === 'terminate'
        ? // Waits until it has left: who mends at once would take it for running.
          { type: 'signal', signal: 'TERM', pidFile: place.pidFile, process: 'keepalived' }
        : { type: 'run', argv: ['kill', '-KILL', ...victims] },
    resource,
    why:
      fault.how === 'terminate'
        ? 'fault: keepalived is told to leave, and says so to its peers with an advertisement of priority 0'
        : 'fault: keepalived dies without a word',
  };
  await apply(running, fault.node, [...injectSteps(fault.node, `keepalived-${fault.router}`, resource, mark), kill]);
}

async function injectPartition(
  running: RunningLab,
  lab: Lab,
  fault: Extract<Fault, { kind: 'partition' }>,
): Promise<void> {
  const name = `partition-${fault.router ?? 'underlay'}`;
  const cut = async (node: string, peers: readonly string[]): Promise<void> => {
    const place = fault.router === null ? null : replicaOf(lab, fault.router, node);
    const addresses =
      fault.router === null
        ? peers.flatMap((peer) => running.container(peer).address ?? [])
        : peers.map((peer) => replicaOf(lab, fault.router ?? '', peer).haAddress);
    const mark: FaultMark = {
      fault: 'partition',
      namespace: place?.namespace ?? '',
      peers: addresses,
      protocol: place ? 'vrrp' : 'vxlan',
    };
    await apply(running, node, injectSteps(node, name, selfRef(node), mark));
  };
  await Promise.all([cut(fault.node, fault.from), ...fault.from.map((peer) => cut(peer, [fault.node]))]);
}

/** @returns when the fault has happened */
export async function inject(running: RunningLab, lab: Lab, fault: Fault): Promise<void> {
  const container = running.container(fault.node);
  switch (fault.kind) {
    case 'node':
      if (fault.graceful) await running.runtime.stop(container.id, 10);
      else await running.runtime.kill(container.id);
      running.forget(fault.node);
      await running.refresh();
      return;
    case 'freeze':
      await running.runtime.pause(container.id);
      await running.refresh();
      return;
    case 'keepalived':
      await injectKeepalived(running, lab, fault);
      return;
    case 'link': {
      const place = faultyDevice(lab, await observeNode(running, fault.node), fault, container.address);
      const mark: FaultMark = { fault: 'link', ...place };
      await apply(running, fault.node, injectSteps(fault.node, `link-${place.device}`, selfRef(fault.node), mark));
      return;
    }
    case 'partition':
      await injectPartition(running, lab, fault);
  }
}

/**
 * Mends a node: starts or thaws it, takes back the faults that are marked there, and makes it again what the
 * lab asks for. Other nodes are left as they are.
 * @returns how many steps it took
 */
export async function mend(running: RunningLab, lab: Lab, node: string): Promise<number> {
  const container = running.container(node);
  let changed = 0;
  if (container.state === 'paused') await running.runtime.unpause(container.id);
  else if (container.state !== 'running') await running.runtime.start(container.id);
  if (container.state !== 'running') {
    changed += 1;
    await running.refresh();
  }
  const addresses = Object.fromEntries(
    running.containers.flatMap((one) => (one.address === null ? [] : [[one.node, one.address]])),
  );
  const document = await observeNode(running, node);
  const desired = drawBlueprint(lab, addresses).states.get(node) ?? { node, items: [] };
  const steps = [
    ...readMarks(document.faults).flatMap(({ name, mark }) => healSteps(node, name, selfRef(node), mark)),
    ...planNode(desired, observe(node, document), knownResources(lab)),
  ];
  if (steps.length > 0) await apply(running, node, steps);
  return changed + steps.length;
}

/** Takes back one kind of fault on a node and leaves the others: `name` is that of its mark. */
export async function removeFault(running: RunningLab, lab: Lab, node: string, name: string): Promise<number> {
  const document = await observeNode(running, node);
  const found = readMarks(document.faults).find((one) => one.name === name);
  if (!found) {
    throw new LabError(
      'NoSuchFault',
      `There is no fault ${markPath(name)} on "${node}".`,
      '`neutron-lab status` lists the faults.',
    );
  }
  const steps = healSteps(node, name, selfRef(node), found.mark);
  await apply(running, node, steps);
  return steps.length + (found.mark.fault === 'keepalived' ? await mend(running, lab, node) : 0);
}
