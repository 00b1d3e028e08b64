/** `neutron-lab lesson run`: told as it goes. */
import type { Runtime } from '../../docker/runtime.js';
import { startOf } from '../../lesson/library.js';
import { rehearse } from '../../lesson/run/rehearse.js';
import type { RehearsalEvent } from '../../lesson/run/rehearsal-event.js';
import { reasonsOf } from '../../lesson/check/verdict.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { printable } from '../../render/paint.js';
import { renderProblem } from '../../render/problems.js';
import { count, milliseconds } from '../../render/words.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import type { EngineChoice, JsonChoice } from '../options.js';
import { renderExperimentEvent } from '../render/experiment.js';
import { cellWords, renderCheck } from '../render/lesson.js';
import { renderTopology } from '../render/topology.js';
import type { Terminal } from '../terminal.js';
import { type SoundLesson, soundLesson, stepOf } from './lesson-access.js';

export interface RehearsalChoice extends EngineChoice, JsonChoice {
  readonly step?: number;
}

/** @returns whether all of them are as they say. @throws UsageError where one has no such step */
export async function rehearseLessons(
  words: readonly string[],
  options: RehearsalChoice,
  terminal: Terminal,
): Promise<boolean> {
  const quiet = options.json === true;
  using interrupt = new Interrupt(
    terminal,
    quiet ? null : 'Stopping and taking the lab down … (Ctrl-C again leaves at once)',
  );
  // A lesson that is none is refused before anything is asked of an engine.
  const lessons = (await Promise.all(words.map(soundLesson))).map((sound) => upTo(sound, options.step));
  const runtime = await openEngine(options);
  try {
    const results: { readonly lesson: string; readonly problems: readonly Problem[]; readonly took_s: number }[] = [];
    for (const sound of lessons) results.push(await one(sound, runtime, terminal, interrupt.signal, quiet));
    if (quiet) terminal.json(results);
    return results.every(({ problems }) => problems.length === 0);
  } finally {
    runtime.close();
  }
}

/** What comes after that step is left out. */
function upTo({ file, lesson }: SoundLesson, step: number | undefined): SoundLesson {
  if (step === undefined) return { file, lesson };
  const end = stepOf(lesson, step).range.end;
  const before = <T extends { readonly range: { readonly start: number } }>(all: readonly T[]): T[] =>
    all.filter(({ range }) => range.start < end);
  const { steps, cells, consoles } = lesson;
  return { file, lesson: { ...lesson, steps: before(steps), cells: before(cells), consoles: before(consoles) } };
}

async function one(
  { file, lesson }: SoundLesson,
  runtime: Runtime,
  terminal: Terminal,
  signal: AbortSignal,
  quiet: boolean,
) {
  const began = performance.now();
  const { paint } = terminal;
  if (!quiet) terminal.line(paint(printable(lesson.head.title), 'bold'));
  const problems = await rehearse(
    runtime,
    { text: file.text, lesson, start: await startOf(file) },
    {
      signal,
      onEvent: (event) => {
        const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
        if (!quiet) terminal.line(...linesOf(event, seconds, terminal));
      },
    },
  );
  const took = performance.now() - began;
  if (!quiet) {
    terminal.line('');
    for (const problem of problems) terminal.line(...renderProblem(file.path, file.text, problem, paint), '');
    const verdict =
      problems.length === 0
        ? `${paint('✓', 'green')} ${file.id} is as it says: ${count(lesson.steps.length, 'step')}`
        : `${paint('✗', 'red')} ${file.id}: ${count(problems.length, 'problem')}`;
    terminal.line(`${verdict}, ${milliseconds(took)}.`);
  }
  return { lesson: file.id, problems, took_s: took / 1000 };
}

/** Before the lines of what a cell shows. */
const SHOWN = ' '.repeat(9);

function linesOf(event: RehearsalEvent, seconds: string, { paint, columns }: Terminal): string[] {
  switch (event.type) {
    case 'doing':
      return ['', paint(`${seconds} s  ${event.what}`, 'grey')];
    case 'step':
      return [
        '',
        `${paint(`${seconds} s`, 'grey')}  ${String(event.step.number)}  ${paint(printable(event.step.title), 'bold')}`,
      ];
    case 'cell':
      return [`${paint(`${seconds} s`, 'grey')}  ${paint(cellWords(event.cell), 'cyan')}`];
    case 'output':
      return [paint(`         ${printable(event.line)}`, 'grey')];
    case 'topology':
      return renderTopology(event.lab, event.status, paint, columns - SHOWN.length).map((line) => SHOWN + line);
    case 'timeline':
      return event.events.flatMap((one) => renderExperimentEvent(one, 1, paint)).map((line) => SHOWN + line);
    case 'check':
      return event.moment === 'before' || event.result.passed
        ? [
            paint(
              `   the check ${event.moment === 'before' ? (event.result.passed ? 'passes already' : 'does not pass yet') : 'passes'}`,
              'grey',
            ),
          ]
        : renderCheck(event.step, event.result, reasonsOf(event.result), paint, columns);
    case 'problem':
      return [`   ${paint('✗', 'red')} ${String(event.problem.line)}: ${printable(event.problem.message)}`];
    case 'progress':
      return [];
  }
}
