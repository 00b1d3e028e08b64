/** `neutron-lab lesson inject`: breaks something for the learner to find, and does not say what. */
import type { Command } from 'commander';
import type { CommandContext } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { Interrupt } from '../interrupt.js';
import { examples } from '../options.js';
import { type LessonOptions, stepOf, withLesson, withLessonLab } from './lesson-access.js';
import { workOf } from './work.js';

export function defineInject(parent: Command, { terminal }: CommandContext): void {
  const inject = parent
    .command('inject')
    .summary('break something for you to find; it does not say what')
    .description(
      'Breaks something, chosen at random out of what the step has for it, for you to find and mend; then check the step.',
    );
  examples(withLesson(inject), ['neutron-lab lesson inject 12 --step 1', '']);
  inject.action(async (word: string, options: LessonOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    await withLessonLab(word, options, terminal, async ({ lesson, lab, note }) => {
      const step = stepOf(lesson, options.step);
      const cell = step.cells.find((one) => one.kind === 'inject');
      if (cell?.kind !== 'inject') {
        const able = lesson.steps.filter(({ cells }) => cells.some(({ kind }) => kind === 'inject'));
        const which = able.map(({ number }) => String(number)).join(', ');
        throw new UsageError(
          `Step ${String(step.number)} has no faults to find.`,
          which === '' ? 'No step of this lesson has.' : `Say \`--step N\`: ${which}.`,
        );
      }
      using work = workOf(terminal, interrupt.signal, quiet);
      await lab.hide(cell, work.options);
      await note({ do: 'open' });
      if (quiet) terminal.json({ lesson: word, step: step.number, level: cell.level });
      else terminal.line(`Something is broken now. Find it, mend it, and check step ${String(step.number)}.`);
    });
  });
}
