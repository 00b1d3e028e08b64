/** From the model's offsets to the editor's ranges. */
import * as vscode from 'vscode';
import type { TextEdit } from '../../model/lab-file/edit/text-edit.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Span } from '../../model/language/syntax.js';

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function rangeOfProblem({ line, column, endLine, endColumn }: Problem): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    edits.map((one) => vscode.TextEdit.replace(rangeOf(document, one), one.text)),
  );
  return edit;
}
