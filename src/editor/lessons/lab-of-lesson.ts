/** The lab beside a lesson: the learner's own lab file, what runs of it, and what a lesson does with it. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Runtime } from '../../docker/runtime.js';
import type { Lesson } from '../../lesson/format/lesson.js';
import { LessonLab, type WorkOptions } from '../../lesson/run/lesson-lab.js';
import { LabError } from '../../model/errors.js';
import { type LabEntry, isRunning } from '../labs/lab-entry.js';
import { versionOf } from '../run/run-commands.js';
import { UpWords } from '../run/up-words.js';
import { learnersFile } from './learners-file.js';
import type { LessonHost } from './lesson-host.js';
import { startOf } from './start-of-lab.js';

/** A longer piece of work on the lab, as it is told while it lasts. */
export interface Work {
  /** Of the notification. */
  readonly title: string;
  /** What the row of the lab says before anything is told. */
  readonly begin: string;
}

export class LabOfLesson implements vscode.Disposable {
  /** One `up` at a time, however many cells wait for it. */
  private coming: Promise<void> | null = null;
  private open: { readonly of: string; readonly runtime: Runtime; readonly lab: LessonLab } | null = null;
  private file: vscode.Uri | null = null;

  /** @param lesson Its lesson.md */
  constructor(
    private readonly host: LessonHost,
    private readonly lesson: vscode.Uri,
  ) {}

  /** Of the lab's row; null until it was first looked for. */
  get key(): string | null {
    return this.file?.toString() ?? null;
  }

  get entry(): LabEntry | null {
    const { key } = this;
    return key === null ? null : (this.host.services.labs.get(key) ?? null);
  }

  /** @throws LabError where the lesson has no lab here */
  async find({ head }: Lesson): Promise<LabEntry> {
    const { files } = this.host.services;
    this.file = vscode.Uri.joinPath(this.lesson, '..', head.lab);
    await files.all();
    // It may have been written this very moment.
    if (!this.entry) await files.find();
    const { entry } = this;
    if (entry) return entry;
    throw new LabError(
      'LabFileNotFound',
      l10n.t('There is no lab file {0} beside this lesson in the workspace.', head.lab),
      l10n.t('Open the lesson from the Lessons view: it copies both into your folder.'),
    );
  }

  /** Brings it up if it does not run. @throws LabError; CancellationError where somebody stopped it */
  async running(lesson: Lesson, signal: AbortSignal): Promise<LessonLab> {
    refuseUntrusted();
    const entry = await this.find(lesson);
    await this.host.services.engine.runtime();
    this.coming ??= this.bringUp(entry, signal).finally(() => {
      this.coming = null;
    });
    await this.coming;
    return await this.of(lesson);
  }

  /** Something longer, in a notification that cancels. @throws LabError; what `task` throws */
  async work<T>(
    lesson: Lesson,
    { title, begin }: Work,
    task: (lab: LessonLab, options: WorkOptions) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    refuseUntrusted();
    const { name } = await this.find(lesson);
    const lab = await this.of(lesson);
    const words = new UpWords();
    const order = { name, kind: 'up' as const, title, begin, ...(signal ? { signal } : {}) };
    return await this.host.operations.run(order, async (operation) =>
      task(lab, {
        signal: operation.signal,
        onProgress: (progress) => {
          operation.tell(words.take(progress));
        },
        onStep: ({ number, title: step }) => {
          operation.tell({ text: l10n.t('step {0}: {1}', number, step), share: null });
        },
      }),
    );
  }

  dispose(): void {
    this.open?.lab.close();
    this.open = null;
  }

  private async bringUp(entry: LabEntry, signal: AbortSignal): Promise<void> {
    const { runner, services } = this.host;
    const now = services.labs.get(entry.key) ?? entry;
    if (isRunning(now) && !now.blank && now.work === null) return;
    // The start of a lesson of the workspace alone is what its file says before anything was done.
    await startOf(this.host, this.lesson, entry);
    if ((await runner.up(now, signal)) === null) throw new vscode.CancellationError();
  }

  /** What the lesson does, with sessions of its own: one as long as its text is the same. */
  private async of(lesson: Lesson): Promise<LessonLab> {
    const entry = await this.find(lesson);
    const of = JSON.stringify(lesson);
    const { engine, context } = this.host.services;
    const runtime = await engine.runtime();
    if (this.open?.of === of && this.open.runtime === runtime) return this.open.lab;
    const lab = new LessonLab(runtime, {
      lesson,
      start: await startOf(this.host, this.lesson, entry),
      file: learnersFile(entry.uri ?? vscode.Uri.joinPath(this.lesson, '..', lesson.head.lab)),
      version: versionOf(context),
    });
    this.open?.lab.close();
    this.open = { of, runtime, lab };
    return lab;
  }
}

function refuseUntrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new LabError(
    'WorkspaceNotTrusted',
    l10n.t('This folder is in Restricted Mode: nothing is run in it.'),
    l10n.t('Trust the workspace first.'),
  );
}
