/** The lab as it is, or what has just happened in it; what moves meanwhile comes by message. */
import type { ShowCell } from '../../../lesson/format/lesson.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

export async function runShow(run: CellRun<ShowCell>): Promise<Outcome> {
  const { book, cell, signal } = run;
  await book.running(signal);
  if (cell.what === 'topology') await show(run, { kind: 'topology', picture: book.picture });
  else await show(run, { kind: 'timeline', timeline: book.timeline });
  return undefined;
}
