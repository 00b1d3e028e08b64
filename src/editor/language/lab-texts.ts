/** The lab file of each open document, read once a version, however many ask. */
import * as vscode from 'vscode';
import { labText, type KnownLab, type LabText } from '../../model/language/lab-text.js';
import { isLabFile } from '../labs/lab-file-names.js';

interface Kept {
  readonly version: number;
  readonly lab: LabText;
}

export class LabTexts implements vscode.Disposable {
  private readonly kept = new Map<string, Kept>();
  /** The last lab of each document that could be built, for help while a line is half written. */
  private readonly known = new Map<string, KnownLab>();
  private readonly closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    this.kept.delete(uri.toString());
    this.known.delete(uri.toString());
  });

  of(document: vscode.TextDocument): LabText {
    const key = document.uri.toString();
    const before = this.kept.get(key);
    if (before?.version === document.version) return before.lab;
    const lab = labText(document.getText(), document.uri.path, this.known.get(key) ?? null);
    this.kept.set(key, { version: document.version, lab });
    return lab;
  }

  /** To be called once a version was read anyway. */
  remember(document: vscode.TextDocument): void {
    const known = this.of(document).lab();
    if (known !== null) this.known.set(document.uri.toString(), known);
  }

  open(): vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri, languageId }) => isLabFile(uri) && languageId === 'yaml');
  }

  dispose(): void {
    this.closing.dispose();
  }
}
