/** Where a new lab file goes. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

export interface LabFolder {
  readonly uri: vscode.Uri;
  /** It is not open yet: the window is to open it when the file is there. */
  readonly opens: boolean;
}

/**
 * The only folder of the workspace, or the one that is chosen. Null when nobody chose one.
 * @param what Of which its folder is asked for, where no folder is open
 */
export async function chooseFolder(what: 'lab' | 'lesson'): Promise<LabFolder | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only, ...more] = folders;
  if (only === undefined) {
    const [uri] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        title:
          what === 'lab' ? l10n.t('In which folder shall the lab be?') : l10n.t('In which folder shall the lesson be?'),
        openLabel: what === 'lab' ? l10n.t('Put the Lab Here') : l10n.t('Put the Lesson Here'),
      })) ?? [];
    return uri === undefined ? null : { uri, opens: true };
  }
  if (more.length === 0) return { uri: only.uri, opens: false };
  const chosen = await vscode.window.showWorkspaceFolderPick({ placeHolder: l10n.t('In which folder?') });
  return chosen === undefined ? null : { uri: chosen.uri, opens: false };
}

/** @returns False when there is such a file already; it stays as it is. */
export async function writeNew(uri: vscode.Uri, text: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false, ignoreIfExists: false });
  return await vscode.workspace.applyEdit(edit);
}
