/** Outputs of cells: cards with their plain text, text as it comes, Markdown. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Problem } from '../../../model/lab-file/problems.js';
import { CARD_MIME } from '../../manifest/lessons.js';
import type { Card, ShownCard } from '../card.js';
import { cardText } from './cards.js';

export function cardOutput(cell: string, card: Card): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([
    vscode.NotebookCellOutputItem.json({ cell, card } satisfies ShownCard, CARD_MIME),
    vscode.NotebookCellOutputItem.text(cardText(card), 'text/plain'),
  ]);
}

export function markdownOutput(text: string): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(text, 'text/markdown')]);
}

/** For whoever writes the lesson. */
export function problemsOutput(problems: readonly Problem[]): vscode.NotebookCellOutput {
  const text = problems.map(({ line, message, remedy }) => l10n.t('Line {0}: {1}', line, `${message} ${remedy}`));
  return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.stderr(text.join('\n'))]);
}
