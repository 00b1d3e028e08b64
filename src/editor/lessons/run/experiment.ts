/** An experiment of the lesson, its lanes while it runs, and what it found beside what theory says. */
import type { ExperimentCell } from '../../../lesson/format/lesson.js';
import type { ExperimentCard } from '../card.js';
import { pieceOf } from '../live/timeline-piece.js';
import { bodyOf } from '../notebook/cell-metadata.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

export async function runExperiment(run: CellRun<ExperimentCell>): Promise<Outcome> {
  const { book, cell, signal, id, notebookCell } = run;
  const text = bodyOf(notebookCell.metadata);
  const card = (rest: Partial<ExperimentCard>): ExperimentCard => ({
    kind: 'experiment',
    state: 'open',
    text,
    report: null,
    timeline: null,
    ...rest,
  });
  await show(run, card({}));
  const lab = await book.running(signal);
  await show(run, card({ state: 'running' }));
  const feed = book.feeds.begin(id, book.picture);
  try {
    const { report, timeline } = await lab.experiment(cell, {
      signal,
      onRecord: (record) => {
        feed.begin(record);
      },
      onEvent: (event) => {
        feed.take(event);
      },
    });
    const piece = timeline ? pieceOf(timeline, book.picture) : null;
    await show(run, card({ state: 'done', report, timeline: piece }));
    return true;
  } catch (error) {
    await show(run, card({}));
    throw error;
  } finally {
    book.feeds.end(id);
  }
}
