/** Everything that the editor knows about the text of a lab file, registered at once. */
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import { LAB_FILES } from '../labs/lab-file-names.js';
import { LabCompletions } from './completions.js';
import { LabDiagnostics } from './diagnostics.js';
import { LabHovers } from './hovers.js';
import { LabNames } from './names.js';
import { LabQuickFixes } from './quick-fixes.js';
import { LabStructure } from './structure.js';
import { LabTexts } from './lab-texts.js';

const SELECTOR: vscode.DocumentSelector = { language: 'yaml', pattern: LAB_FILES };

export class LabFileLanguage implements vscode.Disposable {
  private readonly own = new DisposableList();

  constructor() {
    const texts = this.own.add(new LabTexts());
    const names = new LabNames(texts);
    const structure = new LabStructure(texts);
    this.own.add(new LabDiagnostics(texts));
    const { languages } = vscode;
    for (const registered of [
      languages.registerCompletionItemProvider(SELECTOR, new LabCompletions(texts), ...LabCompletions.TRIGGERS),
      languages.registerHoverProvider(SELECTOR, new LabHovers(texts)),
      languages.registerDefinitionProvider(SELECTOR, names),
      languages.registerReferenceProvider(SELECTOR, names),
      languages.registerRenameProvider(SELECTOR, names),
      languages.registerDocumentSymbolProvider(SELECTOR, structure, { label: 'Neutron Lab' }),
      languages.registerFoldingRangeProvider(SELECTOR, structure),
      languages.registerCodeActionsProvider(SELECTOR, new LabQuickFixes(texts), LabQuickFixes.METADATA),
    ])
      this.own.add(registered);
  }

  dispose(): void {
    this.own.dispose();
  }
}
