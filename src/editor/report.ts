/** How an error is told to a person: what is wrong, what to do, and a button where we can do it. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LabError } from '../model/errors.js';
import type { CommandId } from './manifest/commands.js';

/** A button that mends what is wrong. */
export interface Mending {
  readonly title: string;
  readonly command: CommandId | 'workbench.actions.view.problems';
  readonly arguments?: readonly unknown[];
}

/** By what it has: what a bundle of its own throws is of another class of the same name. */
function isLabError(error: unknown): error is LabError {
  return error instanceof Error && 'code' in error && 'remedy' in error && typeof error.remedy === 'string';
}

/** Whether somebody asked for it to end: that is no error. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof vscode.CancellationError) return true;
  return isLabError(error) && (error.code === 'Interrupted' || error.code === 'Cancelled');
}

/** Tells it once; the whole of it stands in the log. */
export async function report(error: unknown, log: vscode.LogOutputChannel, ...mendings: Mending[]): Promise<void> {
  if (isCancelled(error)) return;
  const known = isLabError(error);
  if (known) log.error(`${error.code}: ${error.message} ${error.remedy}`);
  else log.error(error instanceof Error ? error : String(error));
  const text = known ? `${error.message} ${error.remedy}` : error instanceof Error ? error.message : String(error);
  const details = l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(text, ...mendings.map(({ title }) => title), details);
  if (chosen === details) log.show(true);
  const mending = mendings.find(({ title }) => title === chosen);
  if (mending) await vscode.commands.executeCommand(mending.command, ...(mending.arguments ?? []));
}
