/** What is done with the lab of a lesson as a whole: start it, repair it, catch up, go back to its start, check a step. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { isCancelled } from '../report.js';
import type { LessonEntry } from './catalogue.js';
import type { LessonController } from './controller.js';
import type { LearnersProgress } from './learners-progress.js';
import { openingCard } from './notebook/cards.js';
import { bodyOf, metadataOf } from './notebook/cell-metadata.js';
import { cardOutput } from './notebook/outputs.js';
import { type OpenLesson, lessonInvalid } from './open-lesson.js';
import type { OpenLessonBooks } from './open-lesson-books.js';
import { runCheck } from './run/check.js';
import type { TestedStep } from './testing.js';

export class LessonWorks {
  constructor(
    private readonly books: OpenLessonBooks,
    private readonly controller: LessonController,
    private readonly find: () => Promise<readonly LessonEntry[]>,
  ) {}

  async start(word: unknown): Promise<void> {
    const book = await this.bookOf(word);
    await quietly(async () => {
      await book.running(new AbortController().signal);
    });
  }

  async repair(word: unknown, progress: LearnersProgress): Promise<void> {
    const book = await this.bookOf(word);
    const passed = [...((await progress.passed()).get(book.name) ?? [])];
    const work = { title: l10n.t('Repairing the lab of the lesson'), begin: l10n.t('being repaired') };
    await quietly(async () => {
      await book.work(work, (lab, options) => lab.repair(passed, options));
      await this.checkAgain(book, (step) => passed.includes(step));
    });
  }

  async reset(word: unknown): Promise<void> {
    const book = await this.bookOf(word);
    if (!(await agreed())) return;
    const work = { title: l10n.t('Taking the lesson back to its start'), begin: l10n.t('back to the start') };
    await quietly(async () => {
      await book.work(work, (lab, options) => lab.reset(options));
      await book.note({ do: 'reset' });
      await this.blank(book);
    });
  }

  /** @param step Undefined: it is asked for */
  async solve(word: unknown, step: number | undefined): Promise<void> {
    const book = await this.bookOf(word);
    const number = step ?? (await chooseStep(book));
    if (number === null) return;
    await quietly(async () => {
      await book.solve(number);
      await this.checkAgain(book, (one) => one <= number);
    });
  }

  readonly check = async (lesson: vscode.Uri, number: number, signal: AbortSignal): Promise<TestedStep> => {
    const book = await this.bookOf(lesson);
    // What is wrong elsewhere keeps no step from being checked.
    const { steps, problems } = book.read();
    const step = steps.find((one) => one.number === number);
    if (!step && problems.some(({ severity }) => severity === 'error')) throw lessonInvalid(problems);
    if (!step)
      throw new LabError(
        'NoSuchStep',
        l10n.t('The lesson has no step {0}.', number),
        l10n.t('Is there an error in its text? Open it as text.'),
      );
    const lab = await book.running(signal);
    const result = await lab.check(step);
    const { passed } = result;
    await book.note({ do: 'check', step: number, passed });
    return { passed, why: await lab.reasons(result) };
  };

  /** @throws LabError where no lesson is meant */
  private async bookOf(word: unknown): Promise<OpenLesson> {
    const uri = uriOf(word);
    if (uri !== null) return this.books.of(await vscode.workspace.openNotebookDocument(uri));
    const { active } = this.books;
    if (active) return active;
    const own = (await this.find()).filter((lesson) => lesson.own !== null);
    const [only, ...more] = own;
    const items = own.map((lesson) => ({ label: lesson.head.title, description: lesson.name, lesson }));
    const chosen =
      more.length === 0 ? only : (await vscode.window.showQuickPick(items, { title: l10n.t('Which lesson?') }))?.lesson;
    if (chosen?.own) return this.books.of(await vscode.workspace.openNotebookDocument(chosen.own));
    if (more.length > 0) throw new vscode.CancellationError();
    throw new LabError('NoLesson', l10n.t('No lesson is open.'), l10n.t('Open one from the Lessons view.'));
  }

  /** So that the notebook, where it is open, says what is so now. */
  private async checkAgain(book: OpenLesson, wanted: (step: number) => boolean): Promise<void> {
    if (!isShown(book)) return;
    for (const notebookCell of book.notebook.getCells()) {
      const metadata = metadataOf(notebookCell.metadata);
      if (metadata?.part.kind !== 'cell' || !isCheck(notebookCell)) continue;
      await this.controller.run(book, notebookCell, true, async (run) => {
        const { cell } = run;
        if (cell.kind !== 'check' || cell.step === null || !wanted(cell.step)) return undefined;
        return await runCheck({ ...run, cell });
      });
    }
  }

  /** Every cell as it is when the lesson is opened. */
  private async blank(book: OpenLesson): Promise<void> {
    if (!isShown(book)) return;
    for (const notebookCell of book.notebook.getCells()) {
      if (notebookCell.kind !== vscode.NotebookCellKind.Code) continue;
      await this.controller.run(book, notebookCell, true, async ({ cell, execution, id }) => {
        const card = openingCard(cell, bodyOf(notebookCell.metadata));
        await execution.replaceOutput(card ? [cardOutput(id, card)] : []);
        return undefined;
      });
    }
  }
}

function isCheck({ document }: vscode.NotebookCell): boolean {
  return document.languageId === 'neutron-lab-check';
}

function isShown({ notebook }: OpenLesson): boolean {
  return vscode.window.visibleNotebookEditors.some((editor) => editor.notebook === notebook);
}

/** Of a row, a file, or the toolbar of a notebook. */
function uriOf(word: unknown): vscode.Uri | null {
  if (word instanceof vscode.Uri) return word;
  if (typeof word !== 'object' || word === null) return null;
  if ('lesson' in word) return (word.lesson as LessonEntry).own;
  if ('notebookEditor' in word)
    return (word.notebookEditor as { readonly notebookUri?: vscode.Uri }).notebookUri ?? null;
  return null;
}

async function chooseStep(book: OpenLesson): Promise<number | null> {
  const { steps } = book.lesson();
  const items = steps.map(({ number, title }) => ({ label: `${String(number)} · ${title}`, number }));
  const title = l10n.t('Catch up to the end of which step?');
  return (await vscode.window.showQuickPick(items, { title }))?.number ?? null;
}

async function agreed(): Promise<boolean> {
  const reset = l10n.t('Back to the Start');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t('Take this lesson back to its start?'),
    {
      modal: true,
      detail: l10n.t(
        'The lab is made anew, its lab file is again what the lesson begins with, and its steps are open again.',
      ),
    },
    reset,
  );
  return chosen === reset;
}

/** What somebody stopped is no error. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}
