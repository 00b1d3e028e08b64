/** A run that was recorded before, out of a file that a person chooses. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readTimeline } from '../../experiment/timeline/json-lines.js';
import { LabError } from '../../model/errors.js';
import type { RunsToCompare } from '../../picture/messages.js';
import { packed } from '../../picture/packed.js';

/** Of an hour with many probes; a timeline is a line of text an event. Bytes. */
const LARGEST = 200e6;

/** @returns Null when nobody chose one. @throws LabError where the file is no timeline */
export async function chooseRun(): Promise<RunsToCompare['runs'][number] | null> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Compare with which recorded run?'),
      openLabel: l10n.t('Compare'),
      filters: { [l10n.t('Recorded timelines')]: ['jsonl'] },
    })) ?? [];
  if (uri === undefined) return null;
  const name = vscode.workspace.asRelativePath(uri);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST)
    throw new LabError(
      'NoTimeline',
      l10n.t('{0} has {1} MB; no timeline is that long.', name, Math.round(size / 1e6)),
      l10n.t('Is it the right file?'),
    );
  const { header, events } = readTimeline(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  return { name, header, ...packed(events) };
}
