/** The outline, breadcrumbs and "Go to symbol", and what can be folded. */
import * as vscode from 'vscode';
import { foldingRanges } from '../../model/language/folding.js';
import { symbolsOf, type OutlineSymbol } from '../../model/language/outline.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOf } from './ranges.js';

const { SymbolKind: Kind } = vscode;

const KINDS: Readonly<Record<OutlineSymbol['kind'], vscode.SymbolKind>> = {
  section: Kind.Namespace,
  option: Kind.Property,
  node: Kind.Package,
  network: Kind.Struct,
  subnet: Kind.Field,
  router: Kind.Class,
  interface: Kind.Interface,
  gateway: Kind.Event,
  route: Kind.Operator,
  port: Kind.Interface,
  instance: Kind.Object,
  floatingip: Kind.Key,
  security_group: Kind.Enum,
  rule: Kind.EnumMember,
};

export class LabStructure implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  constructor(private readonly texts: LabTexts) {}

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const shown = ({ name, detail, kind, selection, children, ...span }: OutlineSymbol): vscode.DocumentSymbol => {
      const symbol = new vscode.DocumentSymbol(
        // A name that is being typed may be empty, which the editor does not take.
        name === '' ? '…' : name,
        detail,
        KINDS[kind],
        rangeOf(document, span),
        rangeOf(document, selection),
      );
      symbol.children = children.map(shown);
      return symbol;
    };
    return symbolsOf(this.texts.of(document)).map(shown);
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return foldingRanges(this.texts.of(document)).map(
      ({ startLine, endLine, kind }) =>
        new vscode.FoldingRange(startLine, endLine, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined),
    );
  }
}
