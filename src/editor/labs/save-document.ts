/** Saving what was edited. */
import * as vscode from 'vscode';

/**
 * A document that no editor shows may have been let go of between edit and save; in an editor it stays.
 * @returns whether the file is on disk as its document is
 */
export async function saveDocument(uri: vscode.Uri): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (!document.isDirty || (await document.save())) return true;
  const shown = await vscode.window.showTextDocument(uri, { preserveFocus: true });
  return !shown.document.isDirty || (await shown.document.save());
}
