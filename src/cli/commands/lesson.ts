/** `neutron-lab lesson list | show | start | check | solve | reset | repair | inject | run | lint | new | room` */
import type { Command } from 'commander';
import { type LessonFile, lessonsIn } from '../../lesson/library.js';
import { count, milliseconds } from '../../render/words.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import { EXIT } from '../exit-codes.js';
import { Interrupt } from '../interrupt.js';
import {
  type LessonOptions,
  soundLesson,
  stepOf,
  withLesson,
  withLessonLab,
  withStep,
} from '../lesson/lesson-access.js';
import { defineInject } from '../lesson/inject-fault.js';
import { defineLint } from '../lesson/lint-lessons.js';
import { defineNew } from '../lesson/new-lesson.js';
import { defineRoom } from '../lesson/room.js';
import { learnerName, progressPath, readProgress } from '../../lesson/progress/progress-file.js';
import type { Progress } from '../../lesson/progress/progress.js';
import { type RehearsalChoice, rehearseLessons } from '../lesson/rehearse-lessons.js';
import { workOf } from '../lesson/work.js';
import { type JsonChoice, examples, withEngine, withJson } from '../options.js';
import { bundledLabs } from '../package-folder.js';
import { renderCheck, renderLesson, renderLessons } from '../render/lesson.js';

type Done = (exitCode: number) => void;

function defineList(parent: Command, { terminal }: CommandContext): void {
  const list = parent
    .command('list', { isDefault: true })
    .summary('the lessons there are')
    .description('The lessons there are.');
  withJson(list).action(async ({ json }: JsonChoice) => {
    const lessons = await lessonsIn(bundledLabs());
    const progress = await readProgress(progressPath(), learnerName());
    if (json === true) terminal.json(lessons.map(summaryOf));
    else terminal.line(...renderLessons(lessons, doneIn(progress), terminal.paint, terminal.width));
  });
}

/** `2 of 4`, of a lesson that was begun. */
function doneIn({ lessons }: Progress): (id: string) => string {
  return (id) => {
    const own = lessons[id];
    return own ? `${String(own.passed.length)} of ${String(own.steps)}` : '';
  };
}

function summaryOf({ id, number, path, reading }: LessonFile): object {
  const { head, lesson } = reading;
  const steps = (lesson?.steps ?? []).map(({ number: step, title, check }) => ({ step, title, check: check.title }));
  return {
    id,
    number,
    path,
    title: head?.title,
    summary: head?.summary,
    minutes: head?.minutes,
    books: head?.books,
    steps,
  };
}

function defineShow(parent: Command, { terminal }: CommandContext): void {
  const show = parent
    .command('show')
    .summary('what a lesson is about')
    .description('What a lesson is about, and its steps.');
  withJson(show).argument('<lesson>', 'its number, its name, or the path of a lesson.md');
  show.action(async (word: string, { json }: JsonChoice) => {
    const { file } = await soundLesson(word);
    const progress = await readProgress(progressPath(), learnerName());
    if (json === true) terminal.json(summaryOf(file));
    else
      terminal.line(...renderLesson(file, progress.lessons[file.id]?.passed ?? [], terminal.paint, terminal.columns));
  });
}

function defineRun(parent: Command, { terminal }: CommandContext, done: Done): void {
  const run = parent
    .command('run')
    .summary('do a lesson as a learner would, and say what is not as it says')
    .description(
      'Does a lesson from its beginning to its end on a lab of its own: every check fails before and passes after, every command runs and prints what the lesson says, every prediction is shown to be true, and solutions alone do it, too. Nothing is left behind.',
    );
  withStep(
    withJson(withEngine(run)).argument('<lesson...>', 'numbers, names, or paths of lesson.md'),
    'up to the end of this step; the whole where it is left out',
  );
  examples(
    run,
    ['neutron-lab lesson run 10', 'one of those that come with Neutron Lab'],
    ['neutron-lab lesson run labs/*/lesson.md', 'your own'],
  );
  run.action(async (words: readonly string[], options: RehearsalChoice) => {
    done((await rehearseLessons(words, options, terminal)) ? EXIT.ok : EXIT.failed);
  });
}

function defineCheck(parent: Command, { terminal }: CommandContext, done: Done): void {
  const check = parent
    .command('check')
    .summary('whether a step is done; all of them where none is named')
    .description(
      'Whether a step is done, and why not; all steps where none is named. It looks at the lab, not at what was typed.',
    );
  examples(
    withLesson(check, 'which step; all of them where it is left out'),
    ['neutron-lab lesson check 10 --step 2', ''],
    ['neutron-lab lesson check 10 --json', 'for scripts: exits with 1 where one is not passed'],
  );
  check.action(async (word: string, options: LessonOptions) => {
    await withLessonLab(word, options, terminal, async ({ lesson, lab, note }) => {
      const steps = options.step === undefined ? lesson.steps : [stepOf(lesson, options.step)];
      const results = [];
      for (const step of steps) {
        const result = await lab.check(step);
        results.push({ step, result, why: await lab.reasons(result) });
        // Of all steps at once those that are to come are no failures.
        if (result.passed || options.step !== undefined)
          await note({ do: 'check', step: step.number, passed: result.passed });
      }
      if (options.json === true)
        terminal.json(
          results.map(
            ({
              step: {
                number,
                check: { title, hint },
              },
              result: { passed },
              why,
            }) => {
              return { step: number, title, passed, why, ...(passed ? {} : { hint }) };
            },
          ),
        );
      else
        for (const { step, result, why } of results)
          terminal.line(...renderCheck(step, result, why, terminal.paint, terminal.columns));
      done(results.every(({ result }) => result.passed) ? EXIT.ok : EXIT.failed);
    });
  });
}

function defineStart(parent: Command, { terminal }: CommandContext): void {
  const start = parent
    .command('start')
    .summary('begin: its lab comes up, from a lab file of your own')
    .description('Begins a lesson: copies its lab file into a folder of yours, and brings the lab up.');
  examples(withLesson(start, null), ['neutron-lab lesson start 10', 'your lab file is ./10-ha-router/*.neutron.yaml']);
  start.action(async (word: string, options: LessonOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    await withLessonLab(word, options, terminal, async ({ lab, note, file }) => {
      const began = performance.now();
      using work = workOf(terminal, interrupt.signal, quiet);
      await lab.up(work.options);
      await note({ do: 'open' });
      const took = performance.now() - began;
      if (quiet) terminal.json({ lesson: word, took_s: took / 1000 });
      else
        terminal.line(
          `${terminal.paint('✓', 'green')} The lab of the lesson is ready, ${milliseconds(took)}. Read ${file.path}.`,
        );
    });
  });
}

function defineSolve(parent: Command, { terminal }: CommandContext): void {
  const solve = parent
    .command('solve')
    .summary('go to the state after a step')
    .description('Goes to the state after a step: what is done already is left alone, the rest is done for you.');
  examples(withLesson(solve), ['neutron-lab lesson solve 10 --step 2', 'steps 1 and 2']);
  solve.action(async (word: string, options: LessonOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    await withLessonLab(word, options, terminal, async ({ lesson, lab, note }) => {
      const { number } = stepOf(lesson, options.step);
      const began = performance.now();
      using work = workOf(terminal, interrupt.signal, quiet);
      const solved = await lab.solve(number, work.options);
      await note({ do: 'solve', solved });
      const took = performance.now() - began;
      if (quiet) terminal.json({ lesson: word, step: number, solved, took_s: took / 1000 });
      else {
        const what =
          solved.length === 0
            ? 'was done already'
            : `is done: ${count(solved.length, 'step')} solved, ${milliseconds(took)}`;
        terminal.line(`${terminal.paint('✓', 'green')} Step ${String(number)} ${what}.`);
      }
    });
  });
}

function defineReset(parent: Command, { terminal }: CommandContext): void {
  const reset = parent
    .command('reset')
    .summary('back to the start of a lesson, or of one of its steps')
    .description(
      'Back to the start: the lab is made anew. What you wrote into the lab file is kept beside it, in *.before-reset. With --step the steps before that one are then done for you.',
    );
  examples(
    withLesson(reset, 'to where this step begins; the first one where it is left out'),
    ['neutron-lab lesson reset 10', ''],
    ['neutron-lab lesson reset 10 --step 3', 'steps 1 and 2 are done'],
  );
  reset.action(async (word: string, options: LessonOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    await withLessonLab(word, options, terminal, async ({ lesson, lab, note }) => {
      const number = options.step === undefined ? 1 : stepOf(lesson, options.step).number;
      const began = performance.now();
      using work = workOf(terminal, interrupt.signal, quiet);
      await lab.reset(work.options);
      await note({ do: 'reset' });
      const solved = await lab.solve(number - 1, work.options);
      if (solved.length > 0) await note({ do: 'solve', solved });
      const took = performance.now() - began;
      const where = number === 1 ? 'its start' : `the start of step ${String(number)}`;
      if (quiet) terminal.json({ lesson: word, step: number, solved, took_s: took / 1000 });
      else terminal.line(`${terminal.paint('✓', 'green')} The lesson is at ${where}, ${milliseconds(took)}.`);
    });
  });
}

function defineRepair(parent: Command, { terminal }: CommandContext): void {
  const repair = parent
    .command('repair')
    .summary('mend what was broken by accident, and lose nothing else')
    .description(
      'Mends what was broken by accident: faults are healed, drift is undone, and steps that had passed are made to pass again.',
    );
  examples(
    withLesson(repair, 'up to which step; what had passed where it is left out'),
    ['neutron-lab lesson repair 10', 'what had passed passes again'],
    ['neutron-lab lesson repair 10 --step 2', 'steps 1 and 2 do'],
  );
  repair.action(async (word: string, options: LessonOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    await withLessonLab(word, options, terminal, async ({ lab, passed: before }) => {
      const named = Array.from({ length: options.step ?? 0 }, (_, index) => index + 1);
      const passed = options.step === undefined ? before : named;
      const began = performance.now();
      using work = workOf(terminal, interrupt.signal, quiet);
      const again = await lab.repair(passed, work.options);
      const took = performance.now() - began;
      if (quiet) terminal.json({ lesson: word, again, took_s: took / 1000 });
      else
        terminal.line(
          `${terminal.paint('✓', 'green')} The lab is what its file says${again.length === 0 ? '' : `, ${count(again.length, 'step')} done again`}, ${milliseconds(took)}.`,
        );
    });
  });
}

export const defineLesson: DefineCommand = (command, context, done) => {
  command.description('Lessons that check what you did: in VS Code as notebooks, here for scripts and trainers.');
  examples(
    command,
    ['neutron-lab lesson', 'what there is'],
    ['neutron-lab lesson start 10', 'its lab comes up'],
    ['neutron-lab lesson check 10 --step 2', 'whether a step is done, and why not'],
    ['neutron-lab lesson solve 10', 'everything done, to look at'],
    ['neutron-lab lesson run labs/10-ha-router/lesson.md', 'whether the lesson itself is as it says'],
  );
  defineList(command, context);
  defineShow(command, context);
  defineStart(command, context);
  defineCheck(command, context, done);
  defineSolve(command, context);
  defineReset(command, context);
  defineRepair(command, context);
  defineInject(command, context);
  defineRun(command, context, done);
  defineLint(command, context, done);
  defineNew(command, context);
  defineRoom(command, context);
};
