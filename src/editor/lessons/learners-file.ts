/** The learner's lab file as an editor has it: what was typed counts, and what is written can be undone. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LearnersFile } from '../../lesson/run/learners-file.js';
import { LabError } from '../../model/errors.js';
import { saveDocument } from '../labs/save-document.js';
import { savedText } from '../run/lab-source.js';

/** A document that nobody shows may be let go of, with what was written into it, before it is saved: then once more. */
const TRIES = 4;

export function learnersFile(uri: vscode.Uri): LearnersFile {
  return {
    name: vscode.workspace.asRelativePath(uri),
    read: async () => await savedText(uri),
    write: async (text) => {
      for (let nth = 0; nth < TRIES; nth++) {
        // In an editor it stays, but that would cover the lesson.
        const save = nth < TRIES - 1 ? saveUnseen : saveDocument;
        if ((await written(uri, text)) && (await save(uri)) && (await textOf(uri)) === text) return;
      }
      throw new LabError(
        'FileNotWritten',
        l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(uri)),
        l10n.t('Is the folder writable?'),
      );
    },
  };
}

async function saveUnseen(uri: vscode.Uri): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  return !document.isDirty || (await document.save());
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

async function written(uri: vscode.Uri, text: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(uri, all, text);
  return await vscode.workspace.applyEdit(edit);
}
