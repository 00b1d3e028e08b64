/** A prediction: what the learner says is kept, and only then told what is so, and why. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PredictCell } from '../../../lesson/format/lesson.js';
import { markdownOutput } from '../notebook/outputs.js';
import { type CellRun, type Outcome, show } from './cell-run.js';

/** @param choice From 0; null: it is asked for, unless several cells are run at once. */
export async function runPredict(run: CellRun<PredictCell>, choice: number | null): Promise<Outcome> {
  const { choices, question, answer, because } = run.cell;
  const chosen = choice ?? (run.among ? null : await ask(question, choices));
  if (chosen === null || choices[chosen] === undefined) {
    await show(run, { kind: 'predict', choices, revealed: null });
    return undefined;
  }
  await show(run, { kind: 'predict', choices, revealed: { chosen, answer } }, markdownOutput(because));
  return undefined;
}

async function ask(question: string, choices: readonly string[]): Promise<number | null> {
  const items = choices.map((label, index) => ({ label, index }));
  const title = l10n.t('What do you expect?');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: question });
  return chosen?.index ?? null;
}
