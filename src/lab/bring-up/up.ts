/** Makes a running lab equal to its blueprint: from nothing, from half of it, or from another one. */
import { chooseUnderlaySubnet } from '../../docker/free-subnet.js';
import type { NodeContainer, Runtime } from '../../docker/runtime.js';
import type { Lab, ResourceRef } from '../../model/resources.js';
import { observe } from '../../reconcile/observe.js';
import type { ObservedDocument } from '../../reconcile/observed-document.js';
import { planNode } from '../../reconcile/plan.js';
import type { Step } from '../../reconcile/step.js';
import { type Attached, attachLab } from '../attach.js';
import { type Blueprint, drawBlueprint, knownResources } from './blueprint.js';
import { converge } from './converge.js';
import { type EngineStep, type Survey, planEngine } from './engine-plan.js';
import { createUnderlay, runEngineStep } from './engine-steps.js';
import { readMarks } from '../break/fault-mark.js';
import { healSteps } from '../break/inject-and-heal-steps.js';
import { Interrupted } from '../lab-errors.js';
import type { StepResult } from '../node/node-events.js';
import { RunningLab } from '../running-lab.js';
import { hasHiddenFault } from '../status.js';
import { lostByMaster, seenTwice } from './lost-by-master.js';
import { assignAddresses } from './underlay.js';

export interface LabPlan {
  readonly lab: string;
  readonly engine: readonly EngineStep[];
  readonly steps: readonly Step[];
  /** A fault is to be found: `up` heals it, and the plan does not say which. */
  readonly hidden_fault?: true;
}

export type Progress =
  | { readonly type: 'engine'; readonly step: EngineStep; readonly state: 'begin' | 'done' }
  | { readonly type: 'planned'; readonly node: string; readonly steps: number }
  | { readonly type: 'step'; readonly node: string; readonly step: Step; readonly result: StepResult }
  | { readonly type: 'node'; readonly node: string; readonly state: 'begin' | 'done'; readonly changed: number };

export interface UpOptions {
  /** Tag of the node image. */
  readonly image: string;
  readonly version: string;
  /** The lab that ran until now: names for what is to be removed. */
  readonly previous?: Lab | null;
  /** What was just seen of the running lab, so that it need not be looked at again. */
  readonly attached?: Attached | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

async function survey(runtime: Runtime, lab: string, attached: Attached | null = null): Promise<Survey> {
  const [containers, underlays] = await Promise.all([
    attached?.running.containers ?? runtime.listNodes(lab),
    runtime.listUnderlays(lab),
  ]);
  return { containers, underlay: underlays[0] ?? null };
}

function addressesOf(containers: readonly NodeContainer[]): Record<string, string> {
  return Object.fromEntries(
    containers.flatMap((container) => (container.address === null ? [] : [[container.node, container.address]])),
  );
}

/** The healing of the faults that somebody left on a node, and then what differs. */
function stepsFor(
  node: string,
  document: ObservedDocument,
  blueprint: Blueprint,
  known: ReadonlyMap<string, ResourceRef>,
  hiddenToo: boolean,
): Step[] {
  const desired = blueprint.states.get(node) ?? { node, items: [] };
  const marks = readMarks(document.faults).filter(({ hidden }) => hiddenToo || !hidden);
  const self: ResourceRef = { kind: 'node', id: node, name: node };
  return [
    ...marks.flatMap(({ name, mark }) => healSteps(node, name, self, mark)),
    ...planNode(desired, observe(node, document), known),
    ...lostByMaster(blueprint.lab, desired, document),
  ];
}

const NOTHING: ObservedDocument = { t: 0, namespaces: {}, files: [], processes: [], faults: [] };

/** What `up` would do, with nothing done. Nodes that do not run yet are taken to be empty. */
export async function planLab(runtime: Runtime, lab: Lab, options: UpOptions): Promise<LabPlan> {
  const attached = options.attached ?? (await attachLab(runtime, lab.name));
  const found = await survey(runtime, lab.name, attached);
  const engine = planEngine(lab, found, options.image);
  const subnet = found.underlay?.subnet ?? chooseUnderlaySubnet(await runtime.usedSubnets(), runtime.engine.local);
  const names = lab.nodes.map((node) => node.name);
  const blueprint = drawBlueprint(lab, assignAddresses(subnet, names, addressesOf(found.containers)));
  const known = knownResources(options.previous ?? null, lab);
  const remade = new Set(engine.flatMap((step) => (step.action === 'create-node' ? [step.node] : [])));
  const hidden = attached !== null && hasHiddenFault(attached.readings);
  const before = hidden ? attached.recorded : null;
  const there = before?.nodes.map((node) => node.name) ?? [];
  const told = before && drawBlueprint(before, assignAddresses(subnet, there, addressesOf(found.containers)));
  const steps = names.flatMap((node) => {
    const document = remade.has(node) ? null : attached?.readings.get(node)?.document;
    const all = stepsFor(node, document ?? NOTHING, blueprint, known, false);
    if (told === null || !document) return all;
    // What is not as it was applied might be what is to be found.
    const drift = new Set(stepsFor(node, document, told, known, false).map((step) => JSON.stringify(step)));
    return all.filter((step) => !drift.has(JSON.stringify(step)));
  });
  attached?.running.close();
  return { lab: lab.name, engine, steps, ...(hidden ? { hidden_fault: true } : {}) };
}

export interface UpResult {
  readonly running: RunningLab;
  /** Engine steps and node steps that were run. */
  readonly changed: number;
  readonly blueprint: Blueprint;
}

/**
 * Observe, plan, apply, on all nodes at once. Idempotent: what is right already is left alone.
 * @throws StepFailed, Interrupted; what was done until then stays, and the next call goes on from there
 */
export async function up(runtime: Runtime, lab: Lab, options: UpOptions): Promise<UpResult> {
  const report = options.onProgress ?? ((): void => undefined);
  const stopIfAsked = (): void => {
    if (options.signal?.aborted === true) throw new Interrupted();
  };
  const attached = options.attached ?? null;
  const found = await survey(runtime, lab.name, attached);
  const engine = planEngine(lab, found, options.image);
  const own = (node: string | null): EngineStep[] => engine.filter((step) => step.node === node);
  stopIfAsked();

  let underlay = found.underlay;
  for (const step of own(null)) {
    report({ type: 'engine', step, state: 'begin' });
    underlay = await createUnderlay(runtime, lab.name, options.version);
    report({ type: 'engine', step, state: 'done' });
  }
  if (!underlay) throw new Interrupted();
  const place = underlay;
  const names = lab.nodes.map((node) => node.name);
  const replaced = new Set(engine.flatMap((step) => (step.action === 'remove-node' ? [step.node] : [])));
  const kept = found.containers.filter((container) => !replaced.has(container.node));
  const blueprint = drawBlueprint(lab, assignAddresses(place.subnet, names, addressesOf(kept)));
  const known = knownResources(options.previous ?? null, lab);
  const byNode = new Map(found.containers.map((container) => [container.node, container]));
  const surplus = found.containers.filter((container) => !names.includes(container.node)).map(({ node }) => node);
  const running = attached?.running ?? new RunningLab(runtime, lab.name, []);
  let changed = engine.length;

  /** Containers that were just made have nothing of ours: there is no need to look. */
  const fresh = new Set<string>();
  const prepare = async (node: string): Promise<void> => {
    let container = byNode.get(node);
    for (const step of own(node)) {
      stopIfAsked();
      report({ type: 'engine', step, state: 'begin' });
      const address = blueprint.addresses[node];
      const plug = address === undefined ? null : { underlay: place, address };
      container = await runEngineStep(runtime, step, container, plug && { ...plug, lab: lab.name, ...options });
      if (step.action === 'create-node' && container?.state === 'created') fresh.add(node);
      report({ type: 'engine', step, state: 'done' });
    }
    if (container) running.adopt({ ...container, state: 'running', address: blueprint.addresses[node] ?? null });
    else running.drop(node);
  };
  const unchanged = (node: string): ObservedDocument | null =>
    own(node).length === 0 ? (attached?.readings.get(node)?.document ?? null) : null;
  const configure = async (node: string): Promise<void> => {
    report({ type: 'node', node, state: 'begin', changed: 0 });
    const session = await running.session(node);
    stopIfAsked();
    const look = (): Promise<ObservedDocument> => session.observe();
    const first = fresh.has(node) ? NOTHING : (unchanged(node) ?? (await look()));
    const document = await seenTwice(lab, blueprint.states.get(node) ?? { node, items: [] }, first, look);
    const steps = stepsFor(node, document, blueprint, known, true);
    report({ type: 'planned', node, steps: steps.length });
    stopIfAsked();
    const ran = await converge(session, steps, {
      planAgain: async () => stepsFor(node, await look(), blueprint, known, true),
      onStep: (step, result) => {
        report({ type: 'step', node, step, result });
      },
    });
    changed += ran;
    report({ type: 'node', node, state: 'done', changed: ran });
  };
  try {
    // A node is set up as soon as it runs, while others are still starting.
    await settle([
      ...surplus.map(prepare),
      ...names.map(async (node) => {
        await prepare(node);
        stopIfAsked();
        await configure(node);
      }),
    ]);
    stopIfAsked();
  } catch (error) {
    running.close();
    throw error;
  }
  return { running, changed, blueprint };
}

/** Waits for all to end before the first error goes on, so that nothing is still being done behind it. */
async function settle(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
