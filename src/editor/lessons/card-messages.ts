/** What cards say and are told. */
import * as vscode from 'vscode';
import { LESSON_RENDERER } from '../manifest/lessons.js';
import { DisposableList } from '../disposable-list.js';
import { type FromRenderer, type ToRenderer, fromRenderer } from './card.js';
import type { LessonHost } from './lesson-host.js';

export type CardMessage = Exclude<FromRenderer, { type: 'hello' }>;

export class CardMessages implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly messaging = vscode.notebooks.createRendererMessaging(LESSON_RENDERER);

  /** @param take What a person does with a card of that notebook */
  constructor(host: LessonHost, take: (message: CardMessage, notebook: vscode.NotebookDocument) => Promise<void>) {
    this.own.add(
      this.messaging.onDidReceiveMessage(({ editor, message }) => {
        const read = fromRenderer.safeParse(message);
        if (!read.success) return;
        if (read.data.type === 'hello') {
          void this.messaging.postMessage({ type: 'words', words: host.words } satisfies ToRenderer, editor);
          return;
        }
        void take(read.data, editor.notebook);
      }),
    );
  }

  /** To whoever looks at that notebook. */
  tell(notebook: vscode.NotebookDocument, message: ToRenderer): void {
    for (const editor of vscode.window.visibleNotebookEditors)
      if (editor.notebook === notebook) void this.messaging.postMessage(message, editor);
  }

  dispose(): void {
    this.own.dispose();
  }
}
