/** What went wrong, beneath a cell: a sentence and what to do about it. */
import * as vscode from 'vscode';

export function toldError(error: unknown): vscode.NotebookCellOutput {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = typeof error === 'object' && error !== null && 'remedy' in error ? String(error.remedy) : '';
  return new vscode.NotebookCellOutput([
    vscode.NotebookCellOutputItem.stderr(remedy === '' ? message : `${message}\n${remedy}`),
  ]);
}
