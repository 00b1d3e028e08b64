/** Stands in VS Code for the Lessons view and for the notebooks of lessons, whose code is read when one of them is asked for. */
import * as vscode from 'vscode';
import type { LessonRow } from '../lessons/rows.js';
import { CONTEXT } from '../manifest/context-keys.js';
import { LESSON_NOTEBOOK } from '../manifest/lessons.js';
import { LESSONS_VIEW } from '../manifest/views.js';

export interface ServedLessons {
  /** @param changed Called from now on when rows are otherwise. */
  rows(parent: LessonRow | undefined, changed: () => void): Promise<LessonRow[]>;
  serializer(): Promise<vscode.NotebookSerializer>;
}

export function registerLateLessons(load: () => Promise<ServedLessons>): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const rows: vscode.TreeDataProvider<LessonRow> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (parent) => {
      const lessons = await load();
      const found = await lessons.rows(parent, () => {
        changed.fire(undefined);
      });
      void vscode.commands.executeCommand('setContext', CONTEXT.lessonsRead, true);
      return found;
    },
    getTreeItem: ({ item }) => item,
  };
  const serializer = async (): Promise<vscode.NotebookSerializer> => await (await load()).serializer();
  return vscode.Disposable.from(
    changed,
    vscode.window.registerTreeDataProvider(LESSONS_VIEW, rows),
    vscode.workspace.registerNotebookSerializer(
      LESSON_NOTEBOOK,
      {
        deserializeNotebook: async (content, token) => (await serializer()).deserializeNotebook(content, token),
        serializeNotebook: async (data, token) => (await serializer()).serializeNotebook(data, token),
      },
      // Each time it is opened, a lesson begins anew.
      { transientOutputs: true },
    ),
  );
}
