/** Quick fixes for what is wrong with a lab file. */
import * as vscode from 'vscode';
import { quickFixesFor, type QuickFix } from '../../model/language/quick-fixes.js';
import { messageOf, SOURCE } from './diagnostics.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOfProblem, workspaceEdit } from './ranges.js';

export class LabQuickFixes implements vscode.CodeActionProvider {
  static readonly METADATA = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  constructor(private readonly texts: LabTexts) {}

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const lab = this.texts.of(document);
    return diagnostics.flatMap((diagnostic) => {
      if (diagnostic.source !== SOURCE) return [];
      // Of this version of the text: the diagnostic may be that of the one before.
      const problem = lab
        .read()
        .problems.find((one) => messageOf(one) === diagnostic.message && rangeOfProblem(one).isEqual(diagnostic.range));
      if (problem === undefined) return [];
      return quickFixesFor(lab, problem).map((fix) => {
        const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
        action.edit = workspaceEdit(document, fix.edits);
        action.diagnostics = [diagnostic];
        action.isPreferred = fix.preferred;
        return action;
      });
    });
  }
}

function titleOf({ change, subject, result }: QuickFix): string {
  switch (change) {
    case 'replace':
    case 'renumber':
      return vscode.l10n.t('Replace {0} by {1}', subject, result);
    case 'rename':
      return vscode.l10n.t('Change {0} to {1}', subject, result);
    case 'remove':
      return vscode.l10n.t('Remove {0}', subject);
    case 'add':
      return vscode.l10n.t('Add {0}', result);
  }
}
