/** A lesson whose notebook is open: what its text says now, its lab, and what has happened in that since it was first needed. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Cell, Lesson } from '../../lesson/format/lesson.js';
import type { LessonReading } from '../../lesson/format/read.js';
import type { LessonLab, WorkOptions } from '../../lesson/run/lesson-lab.js';
import { LabError } from '../../model/errors.js';
import { drawPicture } from '../../picture/draw.js';
import type { TimelinePart } from '../../picture/messages.js';
import type { Picture } from '../../picture/picture.js';
import { DisposableList } from '../disposable-list.js';
import { LabRecording } from '../topology/lab-recording.js';
import { watchLive } from '../topology/watch-live.js';
import type { TimelinePiece } from './card.js';
import { folderOf } from './catalogue.js';
import { LabOfLesson, type Work } from './lab-of-lesson.js';
import type { Doing, LearnersProgress } from './learners-progress.js';
import type { LessonHost } from './lesson-host.js';
import { ExperimentFeeds } from './live/experiment-feeds.js';
import { pieceOf } from './live/timeline-piece.js';
import { metadataOf } from './notebook/cell-metadata.js';
import { writtenNotebook } from './notebook/serializer.js';
import { readText } from './read-text.js';

/** A cell of the notebook in the light of the lesson as it is now. */
export interface FoundCell {
  /** Of its card; null for one that was added. */
  readonly id: string | null;
  readonly cell: Cell;
}

export class OpenLesson implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly recording: LabRecording;
  private readonly parts = this.own.add(new vscode.EventEmitter<TimelinePart>());
  private following: vscode.Disposable | null = null;
  readonly lab: LabOfLesson;
  readonly feeds = this.own.add(new ExperimentFeeds());
  /** What happened in the lab, in parts, from when it was first needed here. */
  readonly onTimeline = this.parts.event;

  constructor(
    readonly host: LessonHost,
    readonly notebook: vscode.NotebookDocument,
    private readonly progress: LearnersProgress,
  ) {
    this.lab = this.own.add(new LabOfLesson(host, notebook.uri));
    this.recording = new LabRecording({ watch: watchLive }, (part) => {
      this.parts.fire(part);
    });
    this.own.add(
      host.services.labs.onDidChange((key) => {
        if (key === null || key === this.lab.key) void this.record();
      }),
    );
    this.own.add(
      new vscode.Disposable(() => {
        this.following?.dispose();
        void this.recording.end();
      }),
    );
  }

  /** Of the lesson: that of its folder. */
  get name(): string {
    return folderOf(this.notebook.uri);
  }

  /** Until now; null where nothing was recorded. */
  get timeline(): TimelinePiece | null {
    const { timeline } = this.recording;
    return timeline && pieceOf(timeline, this.picture);
  }

  /** Null where there is no lab. */
  get picture(): Picture | null {
    const { entry } = this.lab;
    if (!entry) return null;
    const { live } = entry;
    const drawn = this.host.services.labs.declared(entry)?.lab ?? live?.lab ?? null;
    if (drawn === null) return null;
    const running = live ? { lab: live.lab, status: live.status, seen: live.seen } : null;
    return drawPicture(drawn, running, false);
  }

  /** Tells all of the timeline again. */
  resend(): void {
    this.recording.resend();
  }

  /** @throws LabError where the cell cannot be read */
  find(cell: vscode.NotebookCell): FoundCell {
    const { text, starts } = writtenNotebook(this.notebook);
    const { cells, problems } = readText(text);
    const start = starts[cell.index] ?? 0;
    const found = cells.find(({ range }) => range.start === start);
    if (found) return { id: metadataOf(cell.metadata)?.id ?? null, cell: found };
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    const end = lineOf(starts[cell.index + 1] ?? text.length);
    const own = problems.find(({ line }) => line >= lineOf(start) && line <= end);
    throw new LabError(
      own?.code ?? 'InvalidCell',
      own?.message ?? l10n.t('This cell cannot be read.'),
      own?.remedy ?? l10n.t('Open the lesson as text to mend it.'),
    );
  }

  /** The text as it is now, saved or not. */
  read(): LessonReading {
    return readText(writtenNotebook(this.notebook).text);
  }

  /** The whole of it. @throws LabError where something in it is wrong */
  lesson(): Lesson {
    const { lesson, problems } = this.read();
    if (lesson) return lesson;
    throw lessonInvalid(problems);
  }

  cellWith(id: string): vscode.NotebookCell | null {
    return this.notebook.getCells().find(({ metadata }) => metadataOf(metadata)?.id === id) ?? null;
  }

  /** The lab, which is brought up if it does not run, and is followed from now on. @throws LabError; CancellationError */
  async running(signal: AbortSignal): Promise<LessonLab> {
    const lab = await this.lab.running(readable(this.read()), signal);
    if (this.following === null) await this.note({ do: 'open' });
    await this.follow();
    return lab;
  }

  /** Something longer with the lab, told in a notification that cancels. */
  async work<T>(
    work: Work,
    task: (lab: LessonLab, options: WorkOptions) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const done = await this.lab.work(this.lesson(), work, task, signal);
    await this.follow();
    return done;
  }

  /** To the state after a step. */
  async solve(step: number, signal?: AbortSignal): Promise<void> {
    const work = { title: l10n.t('Catching up to step {0}', step), begin: l10n.t('catching up') };
    const solved = await this.work(work, (lab, options) => lab.solve(step, options), signal);
    if (solved.length > 0) await this.note({ do: 'solve', solved });
  }

  /** Keeps what was done with the learner's progress. */
  async note(doing: Doing): Promise<void> {
    const { head, outline } = this.read();
    if (head === null) return;
    await this.progress.note({ lesson: this.name, title: head.title, steps: outline.length }, doing);
  }

  /** Keeps its picture and its timeline current until the notebook is closed. */
  private async follow(): Promise<void> {
    const { labs } = this.host.services;
    const name = this.lab.entry?.name;
    if (name === undefined) return;
    this.following ??= labs.follow(name);
    await labs.reattach(name).catch(() => undefined);
    await this.record();
  }

  dispose(): void {
    this.own.dispose();
  }

  private async record(): Promise<void> {
    if (this.following === null) return;
    try {
      await this.recording.follow(this.lab.entry?.live ?? null);
    } catch {
      // The lab went while it was asked; the next change tells.
    }
  }
}

/** As far as it can be read: what is wrong elsewhere keeps no cell from being run. @throws LabError without a lab */
function readable({ lesson, head, steps, cells, problems }: LessonReading): Lesson {
  if (lesson) return lesson;
  if (head) return { head, steps, cells, consoles: [] };
  throw lessonInvalid(problems);
}

export function lessonInvalid(problems: LessonReading['problems']): LabError {
  const first = problems.find(({ severity }) => severity === 'error');
  return new LabError(
    'LessonInvalid',
    l10n.t('The lesson has an error in line {0}: {1}', first?.line ?? 1, first?.message ?? ''),
    first?.remedy ?? '',
  );
}
