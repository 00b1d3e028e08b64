/** The way from the command line to a running lab. */
import { existsSync } from 'node:fs';
import { openRuntime } from '../docker/dockerode-runtime.js';
import type { Runtime } from '../docker/runtime.js';
import { RunningLab } from '../lab/running-lab.js';
import { writtenName } from '../model/lab-file/likely-name.js';
import type { Lab } from '../model/resources.js';
import { LabUnknown, NoLab, SeveralLabs } from './errors.js';
import { parseLab } from './lab-file.js';
import { readLabText } from './lab-path.js';
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

/** A lab is named by its name, or by the file or folder it was made from; a file that is broken by now still has its name. */
async function labNamed(word: string): Promise<string> {
  const isPath = /[\\/]|^\.|\.ya?ml$/.test(word);
  if (!isPath || !existsSync(word)) return word;
  const text = await readLabText(word);
  return writtenName(text.text) ?? parseLab(text).lab.name;
}

/**
 * The lab that is named, else the only one there is.
 * @param word Its name, or the path of its file or of the folder that holds it
 * @throws NoLab, SeveralLabs, LabFileNotFound
 */
export async function chooseLab(runtime: Runtime, word: string | undefined): Promise<string> {
  if (word !== undefined) return await labNamed(word);
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
