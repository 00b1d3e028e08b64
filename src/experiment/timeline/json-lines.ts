/** A timeline as text: the header in the first line, then one event a line. Pure. */
import { LabError } from '../../model/errors.js';
import { timelineEvent } from './event.js';
import { type Timeline, inOrder, timelineHeader } from './timeline.js';

export function writeTimeline({ header, events }: Timeline): string {
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** @throws LabError `NoTimeline`, with the line where it is not one */
export function readTimeline(text: string): Timeline {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = '', ...rest] = lines;
  return {
    header: readLine(timelineHeader, first, 1),
    events: inOrder(rest.map((line, index) => readLine(timelineEvent, line, index + 2))),
  };
}

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function readLine<T>(schema: Schema<T>, line: string, number: number): T {
  try {
    const result = schema.safeParse(JSON.parse(line));
    if (result.success) return result.data;
  } catch {
    // Said below.
  }
  throw new LabError(
    'NoTimeline',
    `Line ${String(number)} is not of a timeline: ${line.slice(0, 80)}`,
    'A recorded timeline begins with a line that has "timeline": 1, and each further line is an event.',
  );
}
