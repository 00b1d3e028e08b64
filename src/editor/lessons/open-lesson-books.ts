/** The lessons whose notebooks are open, from when one of their cells is first asked for until they are closed. */
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import { LESSON_NOTEBOOK } from '../manifest/lessons.js';
import type { LearnersProgress } from './learners-progress.js';
import type { LessonHost } from './lesson-host.js';
import { OpenLesson } from './open-lesson.js';

export class OpenLessonBooks implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly books = new Map<vscode.NotebookDocument, OpenLesson>();

  constructor(
    private readonly host: LessonHost,
    private readonly progress: LearnersProgress,
  ) {
    this.own.add(
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        this.books.get(notebook)?.dispose();
        this.books.delete(notebook);
      }),
    );
  }

  of(notebook: vscode.NotebookDocument): OpenLesson {
    const book = this.books.get(notebook) ?? new OpenLesson(this.host, notebook, this.progress);
    this.books.set(notebook, book);
    return book;
  }

  /** The one in front; null where another editor is. */
  get active(): OpenLesson | null {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    return notebook?.notebookType === LESSON_NOTEBOOK ? this.of(notebook) : null;
  }

  /** Null where it is not open. */
  at(uri: vscode.Uri): OpenLesson | null {
    const notebook = vscode.workspace.notebookDocuments.find(
      (one) => one.notebookType === LESSON_NOTEBOOK && one.uri.toString() === uri.toString(),
    );
    return notebook ? this.of(notebook) : null;
  }

  dispose(): void {
    for (const book of this.books.values()) book.dispose();
    this.own.dispose();
  }
}
