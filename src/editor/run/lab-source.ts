/** The lab that a file means at this moment, with what runs under its name. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Runtime } from '../../docker/runtime.js';
import { type Intent, readIntent } from '../../lab/bring-up/intent.js';
import { LabError } from '../../model/errors.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { readLabFile } from '../../model/lab-file/read.js';
import type { Lab } from '../../model/resources.js';
import type { LabEntry } from '../labs/lab-entry.js';

/** A file with errors is not realised; its problems stand in the Problems view. */
export class LabFileErrors extends LabError {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    super(
      'LabFileInvalid',
      errors.length === 1 ? l10n.t('{0} has 1 error.', file) : l10n.t('{0} has {1} errors.', file, errors.length),
      errors.length === 1 && first
        ? l10n.t('Line {0}: {1} Nothing was changed.', first.line, first.message)
        : l10n.t('Nothing was changed.'),
    );
  }
}

/** Its text as it is on disk from now on: what was typed is saved first. */
export async function savedText(uri: vscode.Uri): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty && !(await document.save())) {
    throw new LabError(
      'LabFileNotSaved',
      l10n.t('{0} could not be saved.', vscode.workspace.asRelativePath(uri)),
      l10n.t('Save it, then try again.'),
    );
  }
  return document.getText();
}

/** @throws LabFileErrors */
export async function intentOf(runtime: Runtime, uri: vscode.Uri, text: string): Promise<Intent> {
  return await readIntent(runtime, text, (held) => parse(uri, text, held));
}

/** @throws LabFileErrors, before anything is asked of an engine */
export function checked(uri: vscode.Uri, text: string): Lab {
  return parse(uri, text, null).lab;
}

function parse(uri: vscode.Uri, text: string, held: Lab | null): { lab: Lab; warnings: readonly Problem[] } {
  const { lab, problems } = readLabFile(text, { file: uri.path, ...(held ? { held } : {}) });
  if (lab === null) throw new LabFileErrors(vscode.workspace.asRelativePath(uri), problems);
  return { lab, warnings: problems };
}

/** @throws LabError where no file declares it */
export function fileOf({ uri, name }: LabEntry): vscode.Uri {
  if (uri) return uri;
  throw new LabError(
    'LabFileNotFound',
    l10n.t('No lab file of this workspace declares {0}.', name),
    l10n.t('Open the folder with its file.'),
  );
}
