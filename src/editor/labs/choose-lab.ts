/** From what a command was given to the lab that is meant. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { type LabEntry, isRunning } from './lab-entry.js';
import { isLabFile } from './lab-file-names.js';

/** A row, a lab file from the explorer or the editor's title, or nothing: then the lab in use, or the one that is chosen. */
export type LabWord = TreeNode | vscode.Uri | string | undefined;

export interface ChooseOptions {
  /** Only those with a file, or only those that run. */
  readonly which?: 'file' | 'running';
  readonly title: string;
}

/** @throws LabError where there is none; CancellationError where nobody wants one */
export async function chooseLab(services: Services, word: LabWord, options: ChooseOptions): Promise<LabEntry> {
  const { labs, inUse } = services;
  await labs.files.all();
  const key = keyOf(word);
  const named = key === null ? undefined : labs.get(key);
  if (named) return take(services, named);
  const fit = labs.entries().filter((entry) => fits(entry, options));
  const current = inUse.entry;
  if (current && fit.some((entry) => entry.key === current.key)) return take(services, current);
  const [only, ...more] = fit;
  if (!only) {
    throw options.which === 'running'
      ? new LabError('LabNotRunning', l10n.t('No lab runs.'), l10n.t('Bring one up first.'))
      : new LabError('LabFileNotFound', l10n.t('There is no lab file here.'), l10n.t('Make one: *New Lab*.'));
  }
  if (more.length === 0) return take(services, only);
  const items = fit.map((entry) => ({
    label: entry.name,
    description: entry.uri ? vscode.workspace.asRelativePath(entry.uri) : l10n.t('on the engine'),
    iconPath: new vscode.ThemeIcon(isRunning(entry) ? 'vm-running' : 'beaker'),
    entry,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: options.title, matchOnDescription: true });
  if (!chosen) throw new vscode.CancellationError();
  return take(services, chosen.entry);
}

function take({ inUse }: Services, entry: LabEntry): LabEntry {
  inUse.choose(entry.key);
  return entry;
}

function fits(entry: LabEntry, { which }: ChooseOptions): boolean {
  if (which === 'file') return entry.uri !== null;
  return which === 'running' ? entry.containers.length > 0 : true;
}

function keyOf(word: LabWord): string | null {
  if (typeof word === 'string') return word;
  if (word instanceof vscode.Uri) return isLabFile(word) ? word.toString() : null;
  return word?.row.about.lab ?? null;
}
