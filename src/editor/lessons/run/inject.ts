/** A fault that the learner is to find: one at random, and not a word of which. */
import * as l10n from '@vscode/l10n';
import type { InjectCell } from '../../../lesson/format/lesson.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

export async function runInject(run: CellRun<InjectCell>): Promise<Outcome> {
  const { book, cell, signal } = run;
  const { level } = cell;
  await book.running(signal);
  const work = { title: l10n.t('Breaking something'), begin: l10n.t('something is being broken') };
  await book.work(work, (lab, options) => lab.hide(cell, options), signal);
  await show(run, { kind: 'inject', level, state: 'injected' });
  return undefined;
}
