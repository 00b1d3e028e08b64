/** Lessons, checks and rehearsals in lines. Pure. */
import type { CheckResult } from '../../lesson/check/verdict.js';
import type { Cell, LessonStep } from '../../lesson/format/lesson.js';
import type { LessonFile } from '../../lesson/library.js';
import { type Paint, printable, wrap } from '../../render/paint.js';
import { table } from './table.js';

export function renderLessons(
  lessons: readonly LessonFile[],
  done: (id: string) => string,
  paint: Paint,
  width = Infinity,
): string[] {
  return [
    ...table(
      ['', 'LESSON', 'STEPS', 'MIN', 'DONE'],
      lessons.map(({ number, reading, id }) => [
        String(number ?? ''),
        printable(reading.head?.title ?? id),
        String(reading.lesson?.steps.length ?? ''),
        String(reading.head?.minutes ?? ''),
        done(id),
      ]),
      paint,
      0,
      width,
    ),
    '',
    paint('`neutron-lab lesson show NUMBER` tells of one; in VS Code its lesson.md is a notebook.', 'grey'),
  ];
}

export function renderLesson(
  { path, reading }: LessonFile,
  passed: readonly number[],
  paint: Paint,
  width: number,
): string[] {
  const { head, lesson } = reading;
  if (head === null || lesson === null) return [];
  return [
    paint(printable(head.title), 'bold'),
    ...wrap(printable(head.summary), width).map((line) => line),
    '',
    ...lesson.steps.map(
      ({ number, title }) =>
        `  ${passed.includes(number) ? paint('✓', 'green') : ' '} ${String(number)}  ${printable(title)}`,
    ),
    '',
    ...head.books.map(({ title, chapter }) => `  ${printable(title)}: ${printable(chapter)}`),
    `  ${String(head.minutes)} minutes. ${printable(path)}`,
  ];
}

/** Why a check does not pass, and its hint. */
export function renderCheck(
  step: LessonStep,
  { passed }: CheckResult,
  reasons: readonly string[],
  paint: Paint,
  width: number,
): string[] {
  const name = `step ${String(step.number)}, ${printable(step.check.title)}`;
  if (passed) return [`${paint('✓', 'green')} ${name}`];
  return [
    `${paint('✗', 'red')} ${name}`,
    ...reasons.flatMap((why) => wrap(printable(why), width - 4).map((line) => `    ${line}`)),
    ...wrap(`Hint: ${printable(step.check.hint)}`, width - 4).map((line) => paint(`    ${line}`, 'grey')),
  ];
}

export function cellWords(cell: Cell): string {
  switch (cell.kind) {
    case 'run':
      return `${cell.on}$ ${printable(cell.script.split('\n')[0] ?? '')}${cell.script.includes('\n') ? ' …' : ''}`;
    case 'declare':
      return 'the declaration is written into the lab file';
    case 'experiment':
      return `experiment: ${printable(cell.scenario.title ?? '')}`;
    case 'inject':
      return `${String(cell.faults.length)} faults, one after the other`;
    case 'predict':
      return `prediction: ${printable(cell.question.trim())}`;
    case 'show':
      return `the ${cell.what} is shown`;
    case 'check':
      return cell.title;
  }
}
