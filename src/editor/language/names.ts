/** From names to where they are declared and used, and to other names. */
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { definitionAt, referencesAt } from '../../model/language/definition.js';
import { prepareRenameAt, renameAt } from '../../model/language/rename.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOf, workspaceEdit } from './ranges.js';

export class LabNames implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider {
  constructor(private readonly texts: LabTexts) {}

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.LocationLink[] {
    const found = definitionAt(this.texts.of(document), document.offsetAt(position));
    return found.map(({ origin, name }) => ({
      originSelectionRange: rangeOf(document, origin),
      targetUri: document.uri,
      targetRange: rangeOf(document, name),
    }));
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration: declaration }: vscode.ReferenceContext,
  ): vscode.Location[] {
    const found = referencesAt(this.texts.of(document), document.offsetAt(position), { declaration });
    return found.map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    return told(() => {
      const renamed = prepareRenameAt(this.texts.of(document), document.offsetAt(position));
      return { range: rangeOf(document, renamed), placeholder: renamed.name };
    });
  }

  provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, name: string): vscode.WorkspaceEdit {
    return told(() => workspaceEdit(document, renameAt(this.texts.of(document), document.offsetAt(position), name)));
  }
}

/** The editor shows the message of what is thrown, and nothing else of it. */
function told<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw error instanceof LabError ? new Error(`${error.message} ${error.remedy}`) : error;
  }
}
