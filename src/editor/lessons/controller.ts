/** Runs the cells of lessons. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Cell } from '../../lesson/format/lesson.js';
import { CELL_LANGUAGES, LESSON_NOTEBOOK, SHELL } from '../manifest/lessons.js';
import { isCancelled } from '../report.js';
import type { OpenLesson } from './open-lesson.js';
import type { OpenLessonBooks } from './open-lesson-books.js';
import { type CellRun, type Outcome } from './run/cell-run.js';
import { runCheck } from './run/check.js';
import { runCommand } from './run/command.js';
import { runDeclare } from './run/declare.js';
import { runExperiment } from './run/experiment.js';
import { runInject } from './run/inject.js';
import { runPredict } from './run/predict.js';
import { runShow } from './run/show-lab.js';
import { toldError } from './told-error.js';

/** Does something with a cell, as its run or as a button of its card. */
export type CellTask = (run: CellRun) => Promise<Outcome>;

export class LessonController implements vscode.Disposable {
  private readonly controller: vscode.NotebookController;
  private readonly selected = new WeakSet<vscode.NotebookDocument>();
  /** Commands that run, each with its notebook. */
  private readonly commands = new Map<AbortController, vscode.NotebookDocument>();
  private readonly closing: vscode.Disposable;

  constructor(
    private readonly books: OpenLessonBooks,
    /** Its id. */
    private readonly extension: string,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.controller = vscode.notebooks.createNotebookController('neutron-lab.lessons', LESSON_NOTEBOOK, 'Neutron Lab');
    this.controller.supportedLanguages = [SHELL, ...Object.values(CELL_LANGUAGES).map(({ id }) => id)];
    this.controller.description = l10n.t('Runs the cells in the lab of the lesson');
    this.controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      if (selected) this.selected.add(notebook);
      else this.selected.delete(notebook);
    });
    // Nobody is there any more who could stop them, and some never end.
    this.closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length === 0) return;
      for (const [command, notebook] of this.commands) if (!hasTab(notebook)) command.abort();
    });
    this.controller.executeHandler = async (cells, notebook) => {
      const book = this.books.of(notebook);
      for (const cell of cells) {
        const goOn = await this.run(book, cell, cells.length > 1, ofCell);
        // What comes after would tell of a lab that is not as the lesson has it.
        if (!goOn) return;
      }
    };
  }

  /** Where there is one kernel only, nobody has to choose it. */
  prefer(notebook: vscode.NotebookDocument): void {
    this.controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  }

  /** VS Code does so when a cell is run; a card may be used before. */
  private async select(notebook: vscode.NotebookDocument): Promise<void> {
    if (this.selected.has(notebook)) return;
    const chosen = new Promise<void>((resolve) => {
      const waiting = this.controller.onDidChangeSelectedNotebooks((change) => {
        if (change.notebook !== notebook || !change.selected) return;
        waiting.dispose();
        resolve();
      });
    });
    const editor = vscode.window.visibleNotebookEditors.find((one) => one.notebook === notebook);
    const { id } = this.controller;
    await vscode.commands.executeCommand('notebook.selectKernel', {
      id,
      extension: this.extension,
      notebookEditor: editor,
    });
    await chosen;
  }

  /** @returns Whether it went well */
  async run(book: OpenLesson, notebookCell: vscode.NotebookCell, among: boolean, task: CellTask): Promise<boolean> {
    await this.select(book.notebook);
    const execution = this.controller.createNotebookCellExecution(notebookCell);
    const abort = new AbortController();
    const cancelled = execution.token.onCancellationRequested(() => {
      abort.abort();
    });
    execution.start(Date.now());
    let outcome: Outcome = false;
    try {
      const { id, cell } = book.find(notebookCell);
      if (cell.kind === 'run') this.commands.set(abort, book.notebook);
      const run: CellRun = {
        book,
        cell,
        id: id ?? 'added',
        notebookCell,
        execution,
        signal: abort.signal,
        among,
      };
      outcome = await task(run);
    } catch (error) {
      if (isCancelled(error) || abort.signal.aborted) outcome = undefined;
      else {
        this.log.error(error instanceof Error ? error : String(error));
        await execution.appendOutput(toldError(error));
      }
    } finally {
      cancelled.dispose();
      this.commands.delete(abort);
      execution.end(outcome, Date.now());
    }
    return outcome !== false && !abort.signal.aborted;
  }

  dispose(): void {
    this.closing.dispose();
    this.controller.dispose();
  }
}

/** A notebook without a tab may stay open for a while, though nobody sees it. */
function hasTab({ uri }: vscode.NotebookDocument): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputNotebook && input.uri.toString() === uri.toString());
}

function as<C extends Cell>(run: CellRun, cell: C): CellRun<C> {
  return { ...run, cell };
}

/** What its run does. */
export async function ofCell(run: CellRun): Promise<Outcome> {
  const { cell } = run;
  switch (cell.kind) {
    case 'run':
      return await runCommand(as(run, cell));
    case 'predict':
      return await runPredict(as(run, cell), null);
    case 'declare':
      return await runDeclare(as(run, cell));
    case 'experiment':
      return await runExperiment(as(run, cell));
    case 'show':
      return await runShow(as(run, cell));
    case 'check':
      return await runCheck(as(run, cell));
    case 'inject':
      return await runInject(as(run, cell));
  }
}
