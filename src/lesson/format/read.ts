/** The way from the text of `lesson.md` to the lesson. Pure. */
import { nearestName } from '../../model/lab-file/nearest.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { type Block, type FenceBlock, type HeadingBlock, type InlineCode, markdownOf } from './blocks.js';
import { bodyText, readRunCell, readYamlCell } from './cells.js';
import { readHead } from './head.js';
import { YAML_CELLS, cellWordOf } from './info.js';
import type { Cell, ConsoleBlock, ExpectedOutput, Lesson, LessonHead, LessonStep, Move, Range } from './lesson.js';
import { type LessonPart, isOutputOf, partsOf } from './parts.js';
import { problemAt } from './problem-at.js';

/** A step as its heading and its check make it, whether what stands in it can be read or not. */
export interface OutlinedStep {
  readonly number: number;
  readonly title: string;
  /** From its heading to the next one. */
  readonly range: Range;
  /** In lines, from 1: that of its heading and the last one. */
  readonly lines: readonly [number, number];
}

export interface LessonReading {
  /** Null exactly when there is an error among the problems. */
  readonly lesson: Lesson | null;
  readonly problems: readonly Problem[];
  /** Null where it was refused. */
  readonly head: LessonHead | null;
  /** Those that could be read, also where there are errors. */
  readonly cells: readonly Cell[];
  /** Those whose check could be read. */
  readonly steps: readonly LessonStep[];
  /** All of them. */
  readonly outline: readonly OutlinedStep[];
  /** The text, cut; a cell's range is that of its part. */
  readonly parts: readonly LessonPart[];
  /** Of the prose. */
  readonly inlineCodes: readonly InlineCode[];
}

/** More than any lesson has; a text may come from a stranger. Characters. */
const MAX_TEXT = 512 * 1024;

/** Never throws. */
export function readLesson(text: string): LessonReading {
  if (text.length > MAX_TEXT) {
    const message = `The lesson has ${String(text.length)} characters, at most ${String(MAX_TEXT)} are read.`;
    const told = { code: 'FileTooLarge', message, remedy: 'Split it into several lessons.' };
    const problems = [problemAt('', { start: 0, end: 0, line: 1 }, told)];
    const parts = [
      { kind: 'prose', range: { start: 0, end: text.length, line: 1 }, opening: '', body: text, closing: '' },
    ] as const;
    return { lesson: null, problems, head: null, cells: [], steps: [], outline: [], parts, inlineCodes: [] };
  }
  const markdown = markdownOf(text);
  const { blocks } = markdown;
  const [first] = blocks;
  const { head, problems: ofHead } = readHead(text, first?.kind === 'front' ? first : null);
  const problems = [...ofHead];
  const sections = sectionsOf(text, blocks, problems);
  const cells: Cell[] = [];
  const consoles: ConsoleBlock[] = [];
  const steps: LessonStep[] = [];
  const outline: OutlinedStep[] = [];
  let number = 0;
  for (const section of sections) {
    // A check that is refused keeps its step's number, so that those after it are called as they will be.
    if (section.checks > 0) number++;
    outline.push(...outlined(text, section, number));
    const own = cellsOf(text, section.blocks, section.checks > 0 ? number : null, problems);
    const step = stepOf(section, number, own.cells);
    if (step) steps.push(step);
    cells.push(...(step ?? own).cells);
    consoles.push(...own.consoles);
  }
  const sorted = [...problems].sort((one, other) => one.line - other.line || one.column - other.column);
  const failed = sorted.some(({ severity }) => severity === 'error');
  const lesson = head === null || failed ? null : { head, steps, cells, consoles };
  const { inlineCodes } = markdown;
  return { lesson, problems: sorted, head, cells, steps, outline, parts: partsOf(text, markdown), inlineCodes };
}

interface Section {
  /** Null before the first heading of the second level. */
  readonly heading: HeadingBlock | null;
  readonly end: number;
  readonly blocks: readonly FenceBlock[];
  readonly checks: number;
}

function sectionsOf(text: string, blocks: readonly Block[], problems: Problem[]): Section[] {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const report = (block: Block, code: string, message: string, remedy: string): void => {
    problems.push(problemAt(text, block.range, { code, message, remedy }));
  };
  const seconds = headings.filter(({ depth }) => depth === 2);
  const starts: (HeadingBlock | null)[] = [null, ...seconds];
  return starts.map((heading, index): Section => {
    const start = heading?.range.start ?? 0;
    const end = starts[index + 1]?.range.start ?? text.length;
    const own = blocks
      .filter((block) => block.kind === 'fence')
      .filter(({ range }) => range.start >= start && range.start < end);
    const checks = own.filter((block) => cellWordOf(block) === 'check');
    const [only, second] = checks;
    if (heading === null && only)
      report(only, 'CheckWithoutStep', 'This check stands in no step.', 'Put a heading, `## …`, before it.');
    if (second)
      report(
        second,
        'SeveralChecks',
        'This step has a second check.',
        'A step has one: split it, or put all into one `that`.',
      );
    return { heading, end, blocks: own, checks: heading === null ? 0 : checks.length };
  });
}

function outlined(text: string, { heading, end, checks }: Section, number: number): OutlinedStep[] {
  if (heading === null || checks === 0) return [];
  const { title, range } = heading;
  const last = range.line + text.slice(range.start, end).trimEnd().split('\n').length - 1;
  return [{ number, title, range: { start: range.start, end, line: range.line }, lines: [range.line, last] }];
}

/** Null for a section without a check. */
function stepOf({ heading, end }: Section, number: number, cells: readonly Cell[]): LessonStep | null {
  const check = cells.find((cell) => cell.kind === 'check');
  if (heading === null || check === undefined) return null;
  const declared = cells.flatMap((cell): Move[] =>
    cell.kind === 'declare' ? [{ kind: 'declare', patch: cell.patch }] : [],
  );
  const solved = check.solution.length > 0 ? check : { ...check, solution: declared };
  const range = { start: heading.range.start, end, line: heading.range.line };
  return {
    number,
    title: heading.title,
    range,
    cells: cells.map((cell) => (cell === check ? solved : cell)),
    check: solved,
  };
}

function cellsOf(
  text: string,
  blocks: readonly FenceBlock[],
  step: number | null,
  problems: Problem[],
): { cells: Cell[]; consoles: ConsoleBlock[] } {
  const cells: Cell[] = [];
  const consoles: ConsoleBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    problems.push(...misplaced(text, block, blocks[index - 1]));
    const word = cellWordOf(block);
    if (word === null || word === 'output') continue;
    if (word === 'console') {
      consoles.push({ range: block.range, step, text: bodyText(text, block) });
      continue;
    }
    const next = blocks[index + 1];
    const output = next && isOutputOf(text, block, next) ? next : null;
    const expected: ExpectedOutput | null = output && { text: bodyText(text, output), range: output.range };
    const reading = word === 'run' ? readRunCell(text, block, step, expected) : readYamlCell(text, block, word, step);
    problems.push(...reading.problems);
    if (reading.cell) cells.push(reading.cell);
  }
  return { cells, consoles };
}

/** What looks like a cell and is none. */
function misplaced(text: string, block: FenceBlock, before: FenceBlock | undefined): Problem[] {
  const report = (code: string, message: string, remedy: string): Problem[] => [
    problemAt(text, block.range, { code, message, remedy }),
  ];
  const word = cellWordOf(block);
  const [first] = block.words;
  if (block.nested) {
    const inTheOpen = cellWordOf({ ...block, nested: false });
    if (inTheOpen === null || inTheOpen === 'console') return [];
    return report('NestedCell', 'A cell stands inside something else.', 'Begin its fence at the left margin.');
  }
  if (word === 'output' && !(before && isOutputOf(text, before, block)))
    return report(
      'OutputOfNothing',
      'This output follows no cell that runs.',
      'Put it right after a `bash on=PLACE` cell.',
    );
  if (word !== null && !block.closed)
    return report('UnclosedCell', 'This cell does not end.', 'End it with a line of ``` alone.');
  if (block.language === 'yaml' && first !== undefined && word === null) {
    const nearest = nearestName(first, YAML_CELLS);
    const remedy = nearest === null ? `There is ${YAML_CELLS.join(', ')}.` : `Did you mean \`yaml ${nearest}\`?`;
    return report('NoSuchCell', `\`yaml ${first}\` is no cell.`, remedy);
  }
  return [];
}
