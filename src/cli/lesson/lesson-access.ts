/** The way from what a person types to a lesson and its lab. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Lesson, LessonStep } from '../../lesson/format/lesson.js';
import { type LessonFile, findLesson, startOf } from '../../lesson/library.js';
import { LessonLab } from '../../lesson/run/lesson-lab.js';
import { prepareFolder } from '../../lesson/run/working-copy.js';
import { collectInto } from '../../lesson/progress/collect.js';
import { learnerName, progressPath, readProgress, recordDeed } from '../../lesson/progress/progress-file.js';
import type { Deed } from '../../lesson/progress/progress.js';
import { printable } from '../../render/paint.js';
import type { Terminal } from '../terminal.js';
import { LessonInvalid, UsageError } from '../errors.js';
import { openEngine } from '../lab-access.js';
import { type EngineChoice, type JsonChoice, wholeNumber, withEngine, withJson } from '../options.js';
import { bundledLabs } from '../package-folder.js';
import { VERSION } from '../version.js';

export interface LessonOptions extends EngineChoice, JsonChoice {
  readonly step?: number;
  readonly folder?: string;
  /** Where the learner wants a trainer to see it. */
  readonly collect?: string;
}

export function withStep(command: Command, means: string): Command {
  return command.option('--step <n>', means, wholeNumber(1, 99));
}

/** @param step What `--step` means; null where there is none */
export function withLesson(
  command: Command,
  step: string | null = 'which step; the last one where it is left out',
): Command {
  const lesson = withJson(withEngine(command)).argument('<lesson>', 'its number, its name, or the path of a lesson.md');
  return (step === null ? lesson : withStep(lesson, step))
    .option('--folder <dir>', 'where your copy of the lab file is; a folder named as the lesson, here')
    .option(
      '--collect <dir|url>',
      'let a trainer see how far you are, there; also NEUTRON_LAB_COLLECT. Off by default',
    );
}

export interface SoundLesson {
  readonly file: LessonFile;
  readonly lesson: Lesson;
}

/** @throws LessonNotFound, LessonInvalid */
export async function soundLesson(word: string): Promise<SoundLesson> {
  const file = await findLesson(word, bundledLabs());
  const { lesson, problems } = file.reading;
  if (lesson === null) throw new LessonInvalid(file.path, file.text, problems);
  return { file, lesson };
}

/** @throws UsageError where the lesson has no such step */
export function stepOf({ steps }: Lesson, number: number | undefined): LessonStep {
  const step = number === undefined ? steps.at(-1) : steps[number - 1];
  if (step) return step;
  throw new UsageError(
    `The lesson has no step ${String(number ?? 1)}.`,
    steps.length === 0 ? 'It has no checks at all.' : `Its steps count from 1 to ${String(steps.length)}.`,
  );
}

export interface OpenLesson extends SoundLesson {
  readonly lab: LessonLab;
  /** Keeps what the learner did. */
  readonly note: (deed: LessonDeed) => Promise<void>;
  /** Of the steps that had passed when the lesson was opened. */
  readonly passed: readonly number[];
}

type LessonDeed = Deed extends infer One ? (One extends Deed ? Omit<One, 'lesson' | 'title' | 'steps'> : never) : never;

/** Opens the lesson with the learner's copy of its lab file for as long as `use` takes. */
export async function withLessonLab<T>(
  word: string,
  options: LessonOptions,
  terminal: Terminal,
  use: (open: OpenLesson) => Promise<T>,
): Promise<T> {
  const { file, lesson } = await soundLesson(word);
  const start = await startOf(file);
  const folder = options.folder ?? file.id;
  const learners = await prepareFolder(folder, basename(lesson.head.lab), start);
  const path = progressPath();
  const learner = learnerName();
  const about = { lesson: file.id, title: lesson.head.title, steps: lesson.steps.length };
  const note = async (deed: LessonDeed): Promise<void> => {
    const progress = await recordDeed(path, learner, { ...about, ...deed });
    const target = options.collect ?? process.env.NEUTRON_LAB_COLLECT ?? '';
    const wrong = target === '' ? null : await collectInto(target, progress);
    if (wrong === null) return;
    const what = printable(`Your progress could not be left in ${target}: ${wrong}. It is kept on this machine.`);
    terminal.errorLine(`${terminal.errorPaint('warning:', 'yellow', 'bold')} ${what}`);
  };
  const passed = (await readProgress(path, learner)).lessons[file.id]?.passed ?? [];
  const runtime = await openEngine(options);
  try {
    using lab = new LessonLab(runtime, { lesson, start, file: learners, version: VERSION, word });
    return await use({ file, lesson, lab, note, passed });
  } finally {
    runtime.close();
  }
}
