/** The way from the command line to a running lab. */
import { openRuntime } from '../docker/dockerode-runtime.js';
import type { Runtime } from '../docker/runtime.js';
import { RunningLab } from '../lab/running-lab.js';
import type { Lab } from '../model/resources.js';
import { LabUnknown, NoLab, SeveralLabs } from './errors.js';
import type { EngineChoice, LabChoice } from './options.js';

/** @throws EngineNotFoundError and what else `findEngine` throws */
export async function openEngine({ dockerHost }: EngineChoice): Promise<Runtime> {
  return await openRuntime(dockerHost === undefined ? {} : { setting: dockerHost });
}

/** Every lab that has anything on the engine, also one whose `up` was interrupted before its first node. */
export async function labNames(runtime: Runtime): Promise<string[]> {
  const [containers, underlays] = await Promise.all([runtime.listNodes(), runtime.listUnderlays()]);
  return [...new Set([...containers, ...underlays].map(({ lab }) => lab))].sort();
}

/**
 * The lab that is named, else the only one there is.
 * @throws NoLab, SeveralLabs
 */
export async function chooseLab(runtime: Runtime, name: string | undefined): Promise<string> {
  if (name !== undefined) return name;
  const labs = await labNames(runtime);
  const [only] = labs;
  if (only === undefined) throw new NoLab();
  if (labs.length > 1) throw new SeveralLabs(labs);
  return only;
}

export interface LabAccess {
  readonly runtime: Runtime;
  readonly running: RunningLab;
  /** What it is meant to be, as its nodes recorded it; null where no node can tell. */
  readonly recorded: Lab | null;
}

/** Opens the lab for as long as `use` takes. @throws LabNotRunning, NoLab, SeveralLabs and the engine's errors */
export async function withRunningLab<T>(choice: LabChoice, use: (access: LabAccess) => Promise<T>): Promise<T> {
  const runtime = await openEngine(choice);
  try {
    using running = await RunningLab.attach(runtime, await chooseLab(runtime, choice.lab));
    return await use({ runtime, running, recorded: await running.recorded() });
  } finally {
    runtime.close();
  }
}

/** @throws LabUnknown */
export function knownLab({ running, recorded }: LabAccess): Lab {
  if (recorded === null) throw new LabUnknown(running.name);
  return recorded;
}
