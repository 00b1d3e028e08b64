/** Whether the lab is as a step wants it, and what it takes for those who ask. */
import * as l10n from '@vscode/l10n';
import type { CheckCell } from '../../../lesson/format/lesson.js';
import { LabError } from '../../../model/errors.js';
import type { CheckCard } from '../card.js';
import { markdownOutput } from '../notebook/outputs.js';
import { solutionText } from '../notebook/solution-text.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

export async function runCheck(run: CellRun<CheckCell>): Promise<Outcome> {
  const { cell, book, signal } = run;
  const lab = await book.running(signal);
  const result = await lab.search(cell.that, cell.step);
  const { passed } = result;
  const failures = (await lab.reasons(result)).map((why) => ({ why }));
  if (cell.step !== null) await book.note({ do: 'check', step: cell.step, passed });
  await show(run, cardOf(cell, { state: passed ? 'passed' : 'failed', failures }));
  return passed;
}

/** Below the card, which stays as it is. */
export async function showSolution(run: CellRun<CheckCell>, before: CheckCard | null): Promise<Outcome> {
  const { cell } = run;
  const card = cardOf(cell, { state: before?.state ?? 'open', failures: before?.failures ?? [], solved: true });
  await show(run, card, markdownOutput(solutionText(cell.solution)));
  return undefined;
}

/** Does what is missing of this step and those before it, then checks. */
export async function solveCheck(run: CellRun<CheckCell>): Promise<Outcome> {
  const { cell, book, signal } = run;
  const { step } = cell;
  if (step === null)
    throw new LabError('CheckWithoutStep', l10n.t('This check stands in no step.'), l10n.t('Put a heading before it.'));
  await book.solve(step, signal);
  return await runCheck(run);
}

function cardOf({ hint }: CheckCell, rest: Pick<CheckCard, 'state' | 'failures'> & { solved?: boolean }): CheckCard {
  return { kind: 'check', hint, solved: false, ...rest };
}
