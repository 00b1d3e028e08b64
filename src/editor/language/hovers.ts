/** Help for the word under the pointer. */
import * as vscode from 'vscode';
import { hoverAt } from '../../model/language/hover.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOf } from './ranges.js';

export class LabHovers implements vscode.HoverProvider {
  constructor(private readonly texts: LabTexts) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    const hover = hoverAt(this.texts.of(document), document.offsetAt(position));
    // Not trusted: names in it are those of a file that may come from anybody.
    return hover === null
      ? null
      : new vscode.Hover(new vscode.MarkdownString(hover.markdown), rangeOf(document, hover));
  }
}
