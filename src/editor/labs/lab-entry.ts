/** A lab as the editor knows it: what its file declares, and what runs under its name. */
import type * as vscode from 'vscode';
import type { NodeContainer } from '../../docker/runtime.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Lab } from '../../model/resources.js';

/** What is being done with a lab in this window. */
export interface Work {
  readonly kind: 'up' | 'down' | 'failover';
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
  /** Its containers are there, and none of them knows what the lab is meant to be: nobody set them up yet. */
  readonly blank: boolean;
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

/** An `up` was interrupted, or the machine was switched off: the next `up` goes on from there. */
export function isIncomplete({ containers, work, blank }: LabEntry, nodes: number | null): boolean {
  if (work !== null || containers.length === 0) return false;
  if (blank || containers.every(({ state }) => state !== 'running' && state !== 'paused')) return true;
  return nodes !== null && containers.length < nodes;
}
