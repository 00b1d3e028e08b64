/** The entry of the extension: what is registered at once, and nothing that costs time. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

export function activate(): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
}
