/** What a cell declares, written into the learner's lab file, and the lab made so. */
import * as l10n from '@vscode/l10n';
import type { DeclareCell } from '../../../lesson/format/lesson.js';
import { bodyOf } from '../notebook/cell-metadata.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

export async function runDeclare(run: CellRun<DeclareCell>): Promise<Outcome> {
  const { book, cell, signal, notebookCell } = run;
  const text = bodyOf(notebookCell.metadata);
  await show(run, { kind: 'declare', text, state: 'open' });
  const work = { title: l10n.t('Declaring'), begin: l10n.t('coming up') };
  await book.work(work, (lab, options) => lab.perform([{ kind: 'declare', patch: cell.patch }], options), signal);
  await show(run, { kind: 'declare', text, state: 'applied' });
  return true;
}
