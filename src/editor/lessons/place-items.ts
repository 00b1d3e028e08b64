/** In the corner of each command, where it runs; a click opens a terminal there. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import { LESSON_NOTEBOOK, SHELL } from '../manifest/lessons.js';
import { placeBefore } from './notebook/cells.js';
import { writtenNotebook } from './notebook/serializer.js';

export class LessonPlaces implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  private readonly own = new DisposableList();

  constructor() {
    this.own.add(vscode.notebooks.registerNotebookCellStatusBarItemProvider(LESSON_NOTEBOOK, this));
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    if (cell.document.languageId !== SHELL) return [];
    const { cells } = writtenNotebook(cell.notebook);
    const on = placeBefore(cells, cell.index + 1);
    const item = new vscode.NotebookCellStatusBarItem(
      `$(terminal) ${l10n.t('on {0}', on)}`,
      vscode.NotebookCellStatusBarAlignment.Left,
    );
    item.tooltip = l10n.t('Runs on {0}, in the lab of this lesson', on);
    return [item];
  }

  dispose(): void {
    this.own.dispose();
  }
}
