/** Breaks a running lab on purpose, and mends it. */
import { LabError } from '../../model/errors.js';
import type { ContainerState } from '../../docker/runtime.js';
import { qrouterNamespace } from '../../model/names.js';
import type { Lab, Router } from '../../model/resources.js';
import { observe } from '../../reconcile/observe.js';
import type { ObservedDocument } from '../../reconcile/observed-document.js';
import { planNode } from '../../reconcile/plan.js';
import type { Step } from '../../reconcile/step.js';
import { applySteps } from '../bring-up/apply.js';
import { drawBlueprint, knownResources } from '../bring-up/blueprint.js';
import { lostByMaster, seenTwice } from '../bring-up/lost-by-master.js';
import { ASK_FOR_NETEM, FORGET_ASKING, impair, remarksOn } from './impairment.js';
import { refuseLegacy } from './legacy.js';
import { type Ground, type Strike, selfRef, strikesOf, underlayDevice } from './strike.js';
import { type ReadMark, isOfRouter, markPath, readMarks } from './fault-mark.js';
import type { Fault, FaultOf } from './fault.js';
import { healSteps, injectSteps, lostBy, mends } from './inject-and-heal-steps.js';
import { NodeUnreachable } from '../node/node-session.js';
import { refuseBesideHidden } from './hidden.js';
import type { RunningLab } from '../running-lab.js';

/** Seconds that a node is given to shut down in order. */
const GRACE = 10;

async function apply(running: RunningLab, node: string, steps: readonly Step[]): Promise<void> {
  await applySteps(await running.session(node), steps);
}

async function observeNode(running: RunningLab, node: string): Promise<ObservedDocument> {
  return await (await running.session(node)).observe();
}

async function groundOf(running: RunningLab, lab: Lab, node: string): Promise<Ground> {
  const document = await observeNode(running, node);
  return { lab, document, address: (other) => running.container(other).address };
}

async function impairmentOf(running: RunningLab, ground: Ground, fault: FaultOf<'impair'>): Promise<Strike> {
  const { node, delay, jitter, loss, rate } = fault;
  const impairment = { delay, jitter, loss, rate };
  const session = await running.session(node);
  const { code } = await session.run('', ASK_FOR_NETEM);
  if (code === 0) await session.run('', FORGET_ASKING);
  const means = code === 0 ? 'netem' : 'parts';
  const device = underlayDevice(node, ground);
  return {
    node,
    resource: selfRef(node),
    marked: { name: 'impair', mark: { fault: 'impair', device, ...impairment, means } },
    steps: impair(device, impairment, means),
  };
}

export interface Injection {
  /** What was done in another way than one would think. */
  readonly remarks: readonly string[];
  /** What was left on the nodes: by these names `removeFault` takes it back. */
  readonly marks: readonly { readonly node: string; readonly name: string }[];
}

const NO_MARKS: Injection = { remarks: [], marks: [] };

/**
 * @param riddle What it is to be found for (`ReadMark`); null: everybody may see it
 * @returns when the fault has happened
 * @throws LabError where there is nothing that could be broken so
 */
export async function inject(
  running: RunningLab,
  lab: Lab,
  fault: Fault,
  riddle: number | null = null,
): Promise<Injection> {
  const container = running.container(fault.node);
  refuseLegacy(fault, lab);
  switch (fault.kind) {
    case 'node':
      if (fault.graceful) await running.runtime.stop(container.id, GRACE);
      else {
        if (container.state === 'running') await unplug(running, fault.node, container.address);
        await running.runtime.kill(container.id);
      }
      running.forget(fault.node);
      await running.refresh();
      return NO_MARKS;
    case 'restart':
      await inject(running, lab, { kind: 'node', node: fault.node, graceful: true });
      await mend(running, lab, fault.node);
      return NO_MARKS;
    case 'freeze':
      await running.runtime.pause(container.id);
      await running.refresh();
      return NO_MARKS;
    case 'impair': {
      const ground = await groundOf(running, lab, fault.node);
      if (riddle === null) await refuseBesideHidden(running);
      if (readMarks(ground.document.faults).some(({ name }) => name === 'impair'))
        throw new LabError(
          'FaultIsThere',
          `The link of "${fault.node}" is impaired already.`,
          `Heal it first: \`neutron-lab heal ${fault.node} --fault impair\`.`,
        );
      const strike = await impairmentOf(running, ground, fault);
      const marks = await strikeAll(running, [strike], riddle);
      const { mark } = strike.marked ?? {};
      return { marks, remarks: mark?.fault === 'impair' ? remarksOn(fault, mark.means) : [] };
    }
    default: {
      const ground = await groundOf(running, lab, fault.node);
      return { remarks: [], marks: await strikeAll(running, strikesOf(fault, ground), riddle, ground.document) };
    }
  }
}

/**
 * Nothing leaves a node without power. The kernel, though, takes the namespaces of a killed container down piece by piece:
 * a router whose rules are gone and whose addresses are not resets the connections that it translated a moment before.
 */
async function unplug(running: RunningLab, node: string, address: string | null): Promise<void> {
  if (address === null) return;
  try {
    const session = await running.session(node);
    const { stdout } = await session.run('', ['ip', '-o', 'address', 'show', 'to', address]);
    const device = /^\d+: ([^\s@]+)/.exec(stdout)?.[1];
    if (device !== undefined) await session.run('', ['ip', 'link', 'set', 'dev', device, 'down']);
  } catch (error) {
    // Who cannot be asked any more is killed all the same.
    if (!(error instanceof NodeUnreachable)) throw error;
  }
}

/** @param before What the node said: what is hidden there stays so, also where the same is broken once more */
async function strikeAll(
  running: RunningLab,
  strikes: readonly Strike[],
  riddle: number | null,
  before?: ObservedDocument,
): Promise<Injection['marks']> {
  const riddles = new Map(readMarks(before?.faults ?? []).map((one) => [one.name, one.riddle]));
  await Promise.all(
    strikes.map(({ node, resource, marked, steps }) => {
      const kept = marked === null ? null : (riddles.get(marked.name) ?? null);
      return apply(running, node, injectSteps(node, resource, marked, steps, riddle ?? kept));
    }),
  );
  return strikes.flatMap(({ node, marked }) => (marked ? [{ node, name: marked.name }] : []));
}

interface Look {
  readonly document: ObservedDocument;
  /** What the node lacks of what the lab asks for. */
  readonly plan: readonly Step[];
  readonly lost: readonly Step[];
}

async function lookAt(running: RunningLab, lab: Lab, node: string): Promise<Look> {
  const addresses = Object.fromEntries(
    running.containers.flatMap((one) => (one.address === null ? [] : [[one.node, one.address]])),
  );
  const desired = drawBlueprint(lab, addresses).states.get(node) ?? { node, items: [] };
  const look = (): Promise<ObservedDocument> => observeNode(running, node);
  const document = await seenTwice(lab, desired, await look(), look);
  return {
    document,
    plan: planNode(desired, observe(node, document), knownResources(lab)),
    lost: lostByMaster(lab, desired, document),
  };
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
  const { document, plan, lost } = await lookAt(running, lab, node);
  const steps = [
    ...readMarks(document.faults).flatMap(({ name, mark }) => healSteps(node, name, selfRef(node), mark)),
    ...plan,
    ...lost,
  ];
  if (steps.length > 0) await apply(running, node, steps);
  return changed + steps.length;
}

/** Takes back one fault on a node and leaves the others: `name` is that of its mark. @throws LabError `NoSuchFault` */
export async function removeFault(running: RunningLab, lab: Lab, node: string, name: string): Promise<number> {
  const steps = await stepsToHeal(running, lab, node, (one) => one.name === name);
  if (steps.length === 0) {
    throw new LabError(
      'NoSuchFault',
      `There is no fault ${markPath(name)} on "${node}".`,
      '`neutron-lab status` lists the faults.',
    );
  }
  await apply(running, node, steps);
  return steps.length;
}

/**
 * Those that take back some of the faults of a node, and leave what the others broke.
 * @param too what somebody broke by hand, and left no mark of
 */
async function stepsToHeal(
  running: RunningLab,
  lab: Lab,
  node: string,
  wanted: (one: ReadMark) => boolean,
  too: (step: Step) => boolean = () => false,
): Promise<Step[]> {
  const { document, plan, lost } = await lookAt(running, lab, node);
  const marks = readMarks(document.faults).filter(wanted);
  return [
    ...marks.flatMap(({ name, mark }) => healSteps(node, name, selfRef(node), mark)),
    ...plan.filter((step) => too(step) || marks.some(({ mark }) => mends(mark, step))),
    ...lost.filter((step) => too(step) || marks.some(({ mark }) => lostBy(mark, step))),
  ];
}

/** What healing a router did and did not. */
export interface RouterMended {
  /** How many steps it took, on which nodes. */
  readonly changed: number;
  readonly nodes: readonly string[];
  /** What is amiss with a node that hosts it, and strikes more than this router. */
  readonly left: readonly {
    readonly node: string;
    readonly state: ContainerState;
    readonly faults: readonly string[];
  }[];
}

/**
 * Takes back what was broken of one router, on every node that answers, also by hand, and leaves all other faults.
 * @param name only the fault of this name @throws LabError `NoSuchFault` where no node has one of this name
 */
export async function mendRouter(
  running: RunningLab,
  lab: Lab,
  { id, name: routerName }: Pick<Router, 'id' | 'name'>,
  name?: string,
): Promise<RouterMended> {
  const hosts = new Set(lab.router_l3_agents[id] ?? []);
  const ofRouter = ({ namespace, resource }: Step): boolean =>
    name === undefined && (namespace === qrouterNamespace(id) || resource.id === id);
  const nodes = await Promise.all(
    running.containers.map(async ({ node, state }) => {
      if (state !== 'running') return { node, state, steps: [], faults: [] };
      const wanted = (one: ReadMark): boolean => isOfRouter(one.mark, id) && (name === undefined || one.name === name);
      const marks = readMarks((await observeNode(running, node)).faults);
      const others = marks.filter((one) => !one.hidden && !isOfRouter(one.mark, id));
      const looked = marks.some(wanted) || (hosts.has(node) && name === undefined);
      const steps = looked ? await stepsToHeal(running, lab, node, wanted, ofRouter) : [];
      return { node, state, steps, faults: others.map((one) => one.name) };
    }),
  );
  const broken = nodes.filter(({ steps }) => steps.length > 0);
  if (name !== undefined && broken.length === 0) {
    throw new LabError(
      'NoSuchFault',
      `No node has a fault ${markPath(name)} of the router "${routerName}".`,
      '`neutron-lab status` lists the faults.',
    );
  }
  await Promise.all(
    broken.map(async ({ node, steps }) => {
      await apply(running, node, steps);
    }),
  );
  return {
    changed: broken.reduce((sum, { steps }) => sum + steps.length, 0),
    nodes: broken.map(({ node }) => node),
    left: nodes
      .filter(({ node, state, faults }) => hosts.has(node) && (state !== 'running' || faults.length > 0))
      .map(({ node, state, faults }) => ({ node, state, faults })),
  };
}
