/** What went wrong, beneath a cell: what it is and what to do about it, a sentence a line, since an output is not wrapped. */
import * as vscode from 'vscode';

export function toldError(error: unknown): vscode.NotebookCellOutput {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = typeof error === 'object' && error !== null && 'remedy' in error ? String(error.remedy) : '';
  const lines = [message, remedy].flatMap((text) => text.split(/(?<=[.!?]) (?=\p{Lu})/u)).filter((text) => text !== '');
  return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.stderr(lines.join('\n'))]);
}
