/** Lab files that get another name, or that are in a folder which does. */
import * as vscode from 'vscode';
import { isLabFile, layoutFileOf } from '../labs/lab-file-names.js';

export type RenamedFile = vscode.FileRenameEvent['files'][number];

/** Where the lab file of that key is then; null where it stays, or is no lab file any more. */
export function renamedTo(key: string, files: readonly RenamedFile[]): vscode.Uri | null {
  for (const { oldUri, newUri } of files) {
    const [before, after] = [oldUri.toString(), newUri.toString()];
    if (key !== before && !key.startsWith(`${before}/`)) continue;
    const uri = vscode.Uri.parse(`${after}${key.slice(before.length)}`);
    return isLabFile(uri) ? uri : null;
  }
  return null;
}

/** What was put elsewhere in the picture goes with the lab file. A file that is there already stays as it is. */
export async function moveLayouts(files: readonly RenamedFile[]): Promise<void> {
  for (const { oldUri, newUri } of files) {
    if (!isLabFile(oldUri) || !isLabFile(newUri)) continue;
    const [before, after] = [layoutFileOf(oldUri), layoutFileOf(newUri)];
    if (before.toString() === after.toString()) continue;
    await vscode.workspace.fs.rename(before, after, { overwrite: false }).then(undefined, () => undefined);
  }
}
