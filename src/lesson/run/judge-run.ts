/** Whether a cell ran as its lesson says. Pure. */
import type { Range, RunCell } from '../format/lesson.js';
import { differenceFrom } from './expected.js';
import type { ScriptResult } from './run-script.js';

/** Seconds that a cell may take which does not say how long. */
export const PATIENCE = 60;

/** Of bash, for what cannot be executed and what is not found. */
const CANNOT_RUN: readonly number[] = [126, 127];

export interface Misrun {
  readonly range: Range;
  readonly code: 'CellDoesNotEnd' | 'CommandFails' | 'OutputDiffers';
  readonly message: string;
  readonly remedy: string;
}

/** @param text Of the lesson. @returns null where it is as the lesson says */
export function judgeRun(text: string, cell: RunCell, { code, output, stopped }: ScriptResult): Misrun | null {
  const { range, expected } = cell;
  if (stopped)
    return {
      range,
      code: 'CellDoesNotEnd',
      message: `This cell does not end within ${String(PATIENCE)} s.`,
      remedy: 'Write `for=10s` behind its place, or give the command an end.',
    };
  if (CANNOT_RUN.includes(code) || (code !== 0 && expected === null)) {
    const last = (output.trim().split('\n').at(-1) ?? '').replace(/\.$/, '');
    return {
      range,
      code: 'CommandFails',
      message: `This cell ended with ${String(code)}${last === '' ? '' : `: ${last}`}.`,
      remedy: 'Correct the command; where it is meant to fail, show its output in `text output`.',
    };
  }
  const difference = expected === null ? null : differenceFrom(expected.text, output);
  if (expected === null || difference === null) return null;
  const { printed } = difference;
  return {
    range: lineOf(text, expected.range, difference.line + 1),
    code: 'OutputDiffers',
    message:
      difference.expected === null
        ? `It printed more than this: "${printed ?? ''}".`
        : `Here stands "${difference.expected}", and ${printed === null ? 'its output ended before' : `it printed "${printed}"`}.`,
    remedy: 'Write what is printed, and `…` for what may differ.',
  };
}

/** A line of a fenced block, counted from its opening fence. */
function lineOf(text: string, range: Range, number: number): Range {
  let start = range.start;
  for (let line = 0; line < number; line++) {
    const next = text.indexOf('\n', start) + 1;
    if (next === 0 || next > range.end) return range;
    start = next;
  }
  return { start, end: range.end, line: range.line + number };
}
