/** What is wrong with each lab file that is open, in the words of the model. */
import * as vscode from 'vscode';
import type { Problem } from '../../model/lab-file/problems.js';
import { DisposableList } from '../disposable-list.js';
import type { LabTexts } from './lab-texts.js';
import { rangeOfProblem } from './ranges.js';

/** Milliseconds after the last key: nobody reads about a line that is half written. */
const QUIET = 250;

/** By which our diagnostics are told from those of others. */
export const SOURCE = 'Neutron Lab';

export class LabDiagnostics implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly shown = this.own.add(vscode.languages.createDiagnosticCollection('neutron-lab'));
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(private readonly texts: LabTexts) {
    for (const document of texts.open()) this.check(document);
    this.own.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.check(document);
      }),
    );
    this.own.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.checkSoon(document);
      }),
    );
    this.own.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.forget(uri);
      }),
    );
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.own.dispose();
  }

  private checkSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.check(document);
      }, QUIET),
    );
  }

  private check(document: vscode.TextDocument): void {
    this.waiting.delete(document.uri.toString());
    if (document.isClosed || !this.texts.open().includes(document)) return;
    this.shown.set(document.uri, this.texts.of(document).read().problems.map(diagnosticOf));
    this.texts.remember(document);
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.waiting.get(uri.toString()));
    this.waiting.delete(uri.toString());
    this.shown.delete(uri);
  }
}

export function diagnosticOf(problem: Problem): vscode.Diagnostic {
  const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
  const severity = problem.severity === 'error' ? error : warning;
  const diagnostic = new vscode.Diagnostic(rangeOfProblem(problem), messageOf(problem), severity);
  diagnostic.source = SOURCE;
  diagnostic.code = problem.code;
  return diagnostic;
}

export function messageOf({ message, remedy }: Problem): string {
  return `${message}\n${remedy}`;
}
