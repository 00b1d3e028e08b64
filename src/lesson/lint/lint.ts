/** What can be said of a lesson without running it. Pure. */
import type { Problem } from '../../model/lab-file/problems.js';
import { readLabFile } from '../../model/lab-file/read.js';
import { markdownOf } from '../format/blocks.js';
import type { Move, Range } from '../format/lesson.js';
import { problemAt } from '../format/problem-at.js';
import type { LessonReading } from '../format/read.js';
import { FaultWithoutCheck } from '../run/lesson-errors.js';
import { unverifiedValues } from './values.js';

/**
 * @param start The text of its lab file; null where that is not there
 * @returns in the order of the text; what `reading` has found already is among them
 */
export function lintLesson(text: string, reading: LessonReading, start: string | null): Problem[] {
  const problems = [...reading.problems];
  const report = (range: Range, severity: Problem['severity'], code: string, message: string, remedy: string): void => {
    problems.push(problemAt(text, range, { severity, code, message, remedy }));
  };
  const { head } = reading;
  const top: Range = { start: 0, end: 0, line: 1 };
  if (start === null) {
    if (head)
      report(lineWith(text, 'lab:'), 'error', 'NoLabFile', `${head.lab} is not there.`, 'Put it beside lesson.md.');
  } else {
    const first = readLabFile(start, head ? { file: head.lab } : {}).problems.find(
      ({ severity }) => severity === 'error',
    );
    if (first)
      report(
        lineWith(text, 'lab:'),
        'error',
        first.code,
        `The lab file, line ${String(first.line)}: ${first.message}`,
        first.remedy,
      );
  }
  const headings = markdownOf(text).blocks.filter((block) => block.kind === 'heading');
  if (headings[0]?.depth !== 1)
    report(
      headings[0]?.range ?? top,
      'warning',
      'NoTitle',
      'The lesson does not begin with a title.',
      'Write `# …` before everything else.',
    );
  if (reading.lesson?.steps.length === 0)
    report(
      top,
      'warning',
      'NoStep',
      'The lesson has no step: nothing in it is checked.',
      'End a section with a `yaml check`.',
    );
  for (const { check } of reading.lesson?.steps ?? []) {
    if (check.solution.length > 0) continue;
    const remedy = 'Write `solution`, or a `yaml declare` in its section.';
    report(check.range, 'error', 'NoSolution', 'This check has no solution.', remedy);
  }
  for (const cell of reading.cells) {
    // What an experiment measures shows it, too.
    const measured = reading.cells.some((one) => one.kind === 'experiment' && one.step === cell.step);
    if (cell.kind !== 'predict' || cell.evidence.length > 0 || measured) continue;
    const remedy = 'Write conditions below `evidence`, as in a check.';
    report(cell.range, 'warning', 'NoEvidence', 'Nothing shows that this answer is true.', remedy);
  }
  for (const cell of reading.cells) {
    if (cell.kind !== 'inject') continue;
    if (cell.step === null && reading.lesson !== null) {
      const { code, message, remedy } = new FaultWithoutCheck();
      report(cell.range, 'error', code, message, remedy);
    }
    const seen = cell.faults.find(({ moves }) => moves.some(isSeenByAll));
    if (seen === undefined) continue;
    const message = `"${seen.name}" cannot be hidden: everybody sees the state of a container.`;
    const remedy = 'Take a fault inside a node, or show this one in an experiment.';
    report(cell.range, 'error', 'FaultInSight', message, remedy);
  }
  for (const { value, range } of unverifiedValues(text, reading, start ?? ''))
    report(
      range,
      'error',
      'UnverifiedValue',
      `Nothing verifies \`${value}\`.`,
      'Let a cell print it and write its output, take what the lab has, or name it in `facts`.',
    );
  return problems.sort((one, other) => one.line - other.line || one.column - other.column);
}

/** A node that is down, frozen or started again. */
function isSeenByAll(move: Move): boolean {
  return move.kind === 'fault' && ['node', 'freeze', 'restart'].includes(move.fault.fault);
}

/** The first line that begins so. */
function lineWith(text: string, word: string): Range {
  const start = Math.max(0, text.search(new RegExp(`^${word}`, 'm')));
  return { start, end: start, line: text.slice(0, start).split('\n').length };
}
