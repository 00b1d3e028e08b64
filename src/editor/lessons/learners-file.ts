/** The learner's lab file as an editor has it: what was typed counts, and what is written can be undone. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LearnersFile } from '../../lesson/run/learners-file.js';
import { LabError } from '../../model/errors.js';
import { savedText } from '../run/lab-source.js';

export function learnersFile(uri: vscode.Uri): LearnersFile {
  return {
    name: vscode.workspace.asRelativePath(uri),
    read: async () => await savedText(uri),
    write: async (text) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const edit = new vscode.WorkspaceEdit();
      const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
      edit.replace(uri, all, text);
      if ((await vscode.workspace.applyEdit(edit)) && (await document.save())) return;
      throw new LabError(
        'FileNotWritten',
        l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(uri)),
        l10n.t('Is the folder writable?'),
      );
    },
  };
}
