/** A lab as the editor knows it: what its file declares, and what runs under its name. */
import type * as vscode from 'vscode';
import type { NodeContainer } from '../../docker/runtime.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Lab } from '../../model/resources.js';

/** What is being done with a lab in this window. */
export interface Work {
  readonly kind: 'up' | 'down' | 'mend';
  /** For people: `3 of 5 nodes`. */
  readonly progress: string;
}

export interface LabEntry {
  /** The address of its file, or `engine:NAME` where no file of this workspace declares it. */
  readonly key: string;
  readonly name: string;
  readonly uri: vscode.Uri | null;
  /** Empty where nothing of it is on the engine. */
  readonly containers: readonly NodeContainer[];
  /** Given while somebody follows it. */
  readonly live: LiveLab | null;
  readonly work: Work | null;
}

/** What a lab file says, in the light of what runs. */
export interface Declared {
  readonly text: string;
  readonly lab: Lab | null;
  readonly problems: readonly Problem[];
}

export function isRunning({ containers }: LabEntry): boolean {
  return containers.some(({ state }) => state === 'running' || state === 'paused');
}
