/** Shows where in the lab file something is declared. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Services } from '../services.js';
import type { About } from '../tree/row.js';
import type { EditableLab } from './file-edits.js';
import { rangeOfRow } from './range-of-row.js';

/** @throws LabError where Neutron makes it by itself */
export async function openInFile({ edits }: Services, entry: EditableLab, about: About): Promise<void> {
  const file = await edits.open(entry);
  const range = rangeOfRow(file, about);
  if (range === null)
    throw new LabError(
      'NotInFile',
      l10n.t('{0} is not declared by itself in the lab file.', about.name),
      l10n.t('Neutron makes it by itself.'),
    );
  const document = await vscode.workspace.openTextDocument(entry.uri);
  const selection = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  await vscode.window.showTextDocument(document, { selection });
}
