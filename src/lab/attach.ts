/** One look at a lab that may run: its containers, what each node says, and what it is meant to be. */
import type { Runtime } from '../docker/runtime.js';
import type { Lab } from '../model/resources.js';
import { LAB_FILE, RunningLab, parseRecordedLab } from './running-lab.js';
import { type Readings, readNodes } from './status.js';

export interface Attached {
  readonly running: RunningLab;
  readonly readings: Readings;
  /** Null where no node can tell. */
  readonly recorded: Lab | null;
}

/** The record is among the files that a node tells unasked, unless it is a large one. */
function recordedIn(readings: Readings): Lab | null {
  for (const { document } of readings.values()) {
    const content = document?.files.find(({ path }) => path === LAB_FILE)?.content;
    const lab = content === undefined ? null : parseRecordedLab(content);
    if (lab) return lab;
  }
  return null;
}

/**
 * All nodes at once, in one round.
 * @param onAsked called when the nodes have been asked and are at work: time for something else
 * @returns null where nothing of that name is on the engine
 */
export async function attachLab(
  runtime: Runtime,
  name: string,
  onAsked: () => void = () => undefined,
): Promise<Attached | null> {
  const containers = await runtime.listNodes(name);
  if (containers.length === 0) return null;
  const running = new RunningLab(runtime, name, containers);
  try {
    const up = containers.filter(({ state }) => state === 'running');
    await Promise.allSettled(up.map(async ({ node }) => await running.session(node)));
    onAsked();
    const readings = await readNodes(running);
    return { running, readings, recorded: recordedIn(readings) ?? (await running.recorded()) };
  } catch (error) {
    running.close();
    throw error;
  }
}
