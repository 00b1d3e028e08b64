/** What a person does with a card, done. */
import * as vscode from 'vscode';
import type { Cell } from '../../lesson/format/lesson.js';
import { CARD_MIME } from '../manifest/lessons.js';
import type { Card, CheckCard, FromRenderer, ShownCard, ToRenderer } from './card.js';
import type { CardMessage } from './card-messages.js';
import { type CellTask, type LessonController, ofCell } from './controller.js';
import { LiveCards } from './live/live-cards.js';
import type { OpenLesson } from './open-lesson.js';
import type { OpenLessonBooks } from './open-lesson-books.js';
import type { CellRun } from './run/cell-run.js';
import { showSolution, solveCheck } from './run/check.js';
import { runPredict } from './run/predict.js';

type Act = Extract<FromRenderer, { type: 'act' }>['act'];

export class CardActions implements vscode.Disposable {
  private readonly live = new Map<OpenLesson, LiveCards>();
  private readonly closing: vscode.Disposable;

  constructor(
    private readonly books: OpenLessonBooks,
    private readonly controller: LessonController,
  ) {
    this.closing = vscode.workspace.onDidCloseNotebookDocument(() => {
      for (const [book, cards] of this.live) {
        if (!book.notebook.isClosed) continue;
        cards.dispose();
        this.live.delete(book);
      }
    });
  }

  async take(
    message: CardMessage,
    notebook: vscode.NotebookDocument,
    tell: (message: ToRenderer) => void,
  ): Promise<void> {
    const book = this.books.of(notebook);
    const cell = book.cellWith(message.cell);
    const card = cell === null ? null : cardOf(cell);
    if (cell === null || card === null) return;
    switch (message.type) {
      case 'watch':
        this.cards(book, tell).watch(message.cell, card.kind, message.on);
        return;
      case 'choose':
        if (card.kind === 'predict')
          await this.controller.run(
            book,
            cell,
            false,
            of('predict', (run) => runPredict(run, message.choice)),
          );
        return;
      case 'act':
        await this.act(book, cell, card, message.act);
    }
  }

  dispose(): void {
    this.closing.dispose();
    for (const cards of this.live.values()) cards.dispose();
  }

  private async act(book: OpenLesson, cell: vscode.NotebookCell, card: Card, act: Act): Promise<void> {
    switch (act) {
      case 'topology':
        if (book.lab.key !== null) await vscode.commands.executeCommand('neutron-lab.openTopology', book.lab.key);
        return;
      case 'solution':
        await this.controller.run(
          book,
          cell,
          false,
          of('check', (run) => showSolution(run, checkOf(card))),
        );
        return;
      case 'solve':
        await this.controller.run(book, cell, false, of('check', solveCheck));
        return;
      case 'run':
      case 'apply':
        await this.controller.run(book, cell, false, ofCell);
    }
  }

  private cards(book: OpenLesson, tell: (message: ToRenderer) => void): LiveCards {
    const known = this.live.get(book) ?? new LiveCards(book, tell);
    this.live.set(book, known);
    return known;
  }
}

/** The card that the cell shows just now. */
function cardOf({ outputs }: vscode.NotebookCell): Card | null {
  const item = outputs.flatMap(({ items }) => items).find(({ mime }) => mime === CARD_MIME);
  if (!item) return null;
  return (JSON.parse(new TextDecoder().decode(item.data)) as ShownCard).card;
}

function checkOf(card: Card): CheckCard | null {
  return card.kind === 'check' ? card : null;
}

/** A task for cells of one kind; the cell may have become another one meanwhile. */
function of<K extends Cell['kind']>(
  kind: K,
  task: (run: CellRun<Extract<Cell, { kind: K }>>) => ReturnType<CellTask>,
): CellTask {
  return async (run) => {
    const { cell } = run;
    return cell.kind === kind ? await task({ ...run, cell: cell as Extract<Cell, { kind: K }> }) : undefined;
  };
}
