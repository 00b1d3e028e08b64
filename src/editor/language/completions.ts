/** Proposals at the cursor. */
import * as vscode from 'vscode';
import { completionsAt, type Completion } from '../../model/language/completion.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOf } from './ranges.js';

const { CompletionItemKind: Kind } = vscode;

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  section: Kind.Module,
  attribute: Kind.Property,
  value: Kind.Value,
  snippet: Kind.Snippet,
  node: Kind.Reference,
  network: Kind.Reference,
  subnet: Kind.Reference,
  port: Kind.Reference,
  router: Kind.Reference,
  instance: Kind.Reference,
  security_group: Kind.Reference,
  floatingip: Kind.Reference,
};

export class LabCompletions implements vscode.CompletionItemProvider {
  /** After these something else may be written than before. */
  static readonly TRIGGERS = [' ', '[', '{', ','];

  constructor(private readonly texts: LabTexts) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const found = completionsAt(this.texts.of(document), document.offsetAt(position));
    return found.map((completion, index) => this.item(document, position, completion, index));
  }

  private item(
    document: vscode.TextDocument,
    position: vscode.Position,
    { label, kind, detail, documentation, insert, span, rank, goesOn }: Completion,
    index: number,
  ): vscode.CompletionItem {
    const item = new vscode.CompletionItem({ label, description: detail }, KINDS[kind]);
    const replacing = rangeOf(document, span);
    item.documentation = new vscode.MarkdownString(documentation);
    item.insertText = new vscode.SnippetString(insert);
    item.range = { inserting: new vscode.Range(replacing.start, position), replacing };
    item.filterText = label;
    item.sortText = `${String(rank)} ${String(index).padStart(5, '0')}`;
    if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: vscode.l10n.t('Propose more') };
    return item;
  }
}
