/** Help with lab files in the editor: nothing of it is loaded before one is open. */
import * as vscode from 'vscode';
import { isLabFile } from '../labs/lab-file-names.js';

export function registerLabFileLanguage(context: vscode.ExtensionContext): void {
  const opened = (document: vscode.TextDocument): boolean => isLabFile(document.uri);
  if (vscode.workspace.textDocuments.some(opened)) {
    void start(context);
    return;
  }
  const waiting = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!opened(document)) return;
    waiting.dispose();
    void start(context);
  });
  context.subscriptions.push(waiting);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const { LabFileLanguage } = await import('./lab-file-language.js');
  context.subscriptions.push(new LabFileLanguage());
}
