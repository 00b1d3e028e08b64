/** A plan that waits for a decision, and whether it is still what would be done. */
import type * as vscode from 'vscode';
import type { Runtime } from '../../docker/runtime.js';
import { wantedImageTag } from '../../docker/image.js';
import { type LabPlan, planLab } from '../../lab/bring-up/up.js';
import { checked, intentOf } from '../run/lab-source.js';

export interface Planned {
  readonly uri: vscode.Uri;
  /** What the file said. */
  readonly text: string;
  readonly plan: LabPlan;
}

/** @throws LabFileErrors and the engine's errors */
export async function makePlan(runtime: Runtime, uri: vscode.Uri, text: string, version: string): Promise<Planned> {
  checked(uri, text);
  const { lab, previous, attached } = await intentOf(runtime, uri, text);
  const plan = await planLab(runtime, lab, { image: await wantedImageTag(), version, previous, attached });
  return { uri, text, plan };
}

/** The same steps in the same order: then what was looked at is what is done. */
export function samePlan(one: LabPlan, other: LabPlan): boolean {
  return JSON.stringify([one.engine, one.steps]) === JSON.stringify([other.engine, other.steps]);
}
