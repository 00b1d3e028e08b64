/** What is wrong with a lesson whose text is open, in the words of `lesson lint`; what only a run can tell is not among it. */
import * as vscode from 'vscode';
import { lintLesson } from '../../lesson/lint/lint.js';
import { DisposableList } from '../disposable-list.js';
import { diagnosticOf } from '../language/diagnostics.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import { readText } from './read-text.js';

/** Milliseconds after the last key. */
const QUIET = 250;

export class LessonProblems implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly shown = this.own.add(vscode.languages.createDiagnosticCollection('neutron-lab-lessons'));
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor() {
    for (const document of vscode.workspace.textDocuments) void this.check(document);
    this.own.add(vscode.workspace.onDidOpenTextDocument((document) => void this.check(document)));
    this.own.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.checkSoon(document);
      }),
    );
    this.own.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.shown.delete(uri);
      }),
    );
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.own.dispose();
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!isLesson(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.check(document);
      }, QUIET),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    if (!isLesson(document)) return;
    const { version } = document;
    const text = document.getText();
    const reading = readText(text);
    // Some other Markdown may be called so.
    if (reading.head === null && !text.startsWith('---')) return;
    const lab = reading.head && vscode.Uri.joinPath(document.uri, '..', reading.head.lab);
    const start = lab && (await textAt(lab));
    if (document.isClosed || document.version !== version) return;
    this.shown.set(document.uri, lintLesson(text, reading, start).map(diagnosticOf));
  }
}

/** As it is on the screen, else on the disk; null where there is none. */
async function textAt(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** A cell of a notebook is a document of its own, and none of these. */
function isLesson({ uri }: vscode.TextDocument): boolean {
  return uri.scheme !== 'vscode-notebook-cell' && uri.path.endsWith(`/${LESSON_FILE}`);
}
