/**
 * Values in the prose of a lesson, `192.168.10.1`, that nothing ties to the lab: the lab file, a command, an output, a
 * declaration or a condition has to have them too, since those are what a rehearsal verifies. Pure.
 */
import { markdownOf } from '../format/blocks.js';
import type { Cell, Condition, Range } from '../format/lesson.js';
import type { LessonReading } from '../format/read.js';

export interface Value {
  readonly value: string;
  readonly range: Range;
}

/** A number, and not a letter of a name as in `l3_agent`. */
const NUMBER = /(?<![A-Za-z_\d])\d/;

export function unverifiedValues(text: string, reading: LessonReading, start: string): Value[] {
  const facts = new Set(reading.head?.facts ?? []);
  const known = [start, ...reading.cells.map((cell) => verifiedBy(text, cell)), ...consolesOf(text)].join('\n');
  return [...reading.inlineCodes.map(({ text: value, range }) => ({ value, range })), ...inCells(reading.cells)].filter(
    ({ value }) => NUMBER.test(value) && !facts.has(value) && !known.includes(value.replace(/…$/, '')),
  );
}

/** What of a cell is tried: not what it says to the learner. */
function verifiedBy(text: string, cell: Cell): string {
  if (cell.kind === 'predict') return cell.evidence.map(conditionText).join('\n');
  const own = text.slice(cell.range.start, cell.range.end);
  if (cell.kind === 'run') return `${own}\n${cell.expected?.text ?? ''}`;
  return cell.kind === 'check' ? `${own}\n${cell.that.map(conditionText).join('\n')}` : own;
}

function conditionText(condition: Condition): string {
  if (condition.kind !== 'run') return JSON.stringify(condition);
  const { on, argv, prints, printsNot } = condition;
  // A regular expression without what only keeps a dot a dot.
  const expressions = [prints, printsNot].map((one) => (one?.source ?? '').replaceAll('\\', ''));
  return [on, argv.join(' '), ...expressions].join('\n');
}

function consolesOf(text: string): string[] {
  const blocks = markdownOf(text).blocks.filter((block) => block.kind === 'fence' && block.language === 'console');
  return blocks.map(({ range }) => text.slice(range.start, range.end));
}

/** What cells say to the learner is prose, too. */
function inCells(cells: readonly Cell[]): Value[] {
  return cells.flatMap((cell) => {
    const said =
      cell.kind === 'predict'
        ? [cell.question, ...cell.choices, cell.because]
        : cell.kind === 'check'
          ? [cell.title, cell.hint]
          : [];
    return said.flatMap((prose) =>
      [...prose.matchAll(/`([^`\n]+)`/g)].map(([, value = '']) => ({ value, range: cell.range })),
    );
  });
}
