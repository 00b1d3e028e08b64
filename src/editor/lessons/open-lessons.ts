/** Lessons: their list, their notebooks, their checks as tests. This file and what only it needs are a bundle of their own (src/build.mjs). */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LESSON_NOTEBOOK } from '../manifest/lessons.js';
import { CardActions } from './card-actions.js';
import { CardMessages } from './card-messages.js';
import { type LessonEntry, findLessons } from './catalogue.js';
import { LessonController } from './controller.js';
import { LearnersProgress } from './learners-progress.js';
import type { LessonHost } from './lesson-host.js';
import { createLesson } from './new-lesson.js';
import { LessonProblems } from './lesson-problems.js';
import { openLesson, openNextLesson } from './opening.js';
import { lessonSerializer } from './notebook/serializer.js';
import { OpenLessonBooks } from './open-lesson-books.js';
import { LessonPlaces } from './place-items.js';
import { type LessonRow, lessonRow, stepRow } from './rows.js';
import { LessonTests } from './testing.js';
import { LessonWorks } from './works.js';

/** A row of the view, the uri of a lesson, or nothing: then the lesson in front, or the one that is chosen. */
export type LessonWord = LessonRow | vscode.Uri | undefined;

export interface Lessons {
  readonly serializer: vscode.NotebookSerializer;
  rows(parent: LessonRow | undefined, changed: () => void): Promise<LessonRow[]>;
  open(word: LessonWord): Promise<void>;
  openAsText(word: LessonWord): Promise<void>;
  create(): Promise<void>;
  start(word: LessonWord): Promise<void>;
  repair(word: LessonWord): Promise<void>;
  reset(word: LessonWord): Promise<void>;
  solve(word: LessonWord, step: number | undefined): Promise<void>;
  showTests(): void;
}

export function openLessons(host: LessonHost): Lessons {
  l10n.config({ contents: host.words });
  const { context, log } = host.services;
  const progress = new LearnersProgress(log);
  const books = new OpenLessonBooks(host, progress);
  const controller = new LessonController(books, context.extension.id, log);
  const find = async (): Promise<readonly LessonEntry[]> => await findLessons(context.extensionUri);
  const works = new LessonWorks(books, controller, find);
  const actions = new CardActions(books, controller);
  const messages: CardMessages = new CardMessages(host, async (message, notebook) => {
    await actions.take(message, notebook, (told) => {
      messages.tell(notebook, told);
    });
  });
  let changed: () => void = () => undefined;
  let tests: LessonTests | null = null;
  const showTests = (): void => {
    tests ??= new LessonTests({ lessons: find, check: works.check });
    context.subscriptions.push(tests);
  };
  const tellChanged = (): void => {
    changed();
    void tests?.find();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/lesson.md');
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(tellChanged);
  for (const notebook of vscode.workspace.notebookDocuments) adopt(notebook);
  function adopt(notebook: vscode.NotebookDocument): void {
    if (notebook.notebookType !== LESSON_NOTEBOOK) return;
    controller.prefer(notebook);
    showTests();
  }
  context.subscriptions.push(
    progress,
    books,
    controller,
    messages,
    actions,
    watcher,
    new LessonPlaces(),
    new LessonProblems(),
    progress.onDidChange(() => {
      changed();
    }),
    vscode.workspace.onDidOpenNotebookDocument(adopt),
    vscode.workspace.onDidChangeWorkspaceFolders(tellChanged),
  );
  void openNextLesson(context);
  return {
    serializer: lessonSerializer,
    rows: async (parent, onChange) => {
      changed = onChange;
      const passed = await progress.passed();
      const of = ({ name }: LessonEntry): ReadonlySet<number> => passed.get(name) ?? new Set();
      if (!parent) {
        const lessons = await find();
        setImmediate(() => {
          readNext(lessons, of);
        });
        return lessons.map((lesson) => lessonRow(lesson, of(lesson)));
      }
      const { lesson } = parent;
      return lesson.steps().map((step) => stepRow(lesson, step, of(lesson).has(step.number)));
    },
    open: async (word) => {
      if (await openLesson(context, find, word, 'notebook')) tellChanged();
    },
    openAsText: async (word) => {
      await openLesson(context, find, word, 'text');
    },
    create: async () => {
      await createLesson();
      tellChanged();
    },
    start: async (word) => {
      await works.start(word);
    },
    repair: async (word) => {
      await works.repair(word, progress);
    },
    reset: async (word) => {
      await works.reset(word);
    },
    solve: async (word, step) => {
      await works.solve(word, step);
    },
    showTests,
  };
}

/** The lesson that is likely to be opened is read before it is: the first that is read takes a tenth of a second. */
function readNext(lessons: readonly LessonEntry[], passed: (lesson: LessonEntry) => ReadonlySet<number>): void {
  lessons.find((lesson) => passed(lesson).size === 0)?.steps();
}
