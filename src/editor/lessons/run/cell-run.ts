/** One run of a cell: what it is given, and how it shows what it finds. */
import type * as vscode from 'vscode';
import type { Cell } from '../../../lesson/format/lesson.js';
import type { Card } from '../card.js';
import { cardOutput } from '../notebook/outputs.js';
import type { OpenLesson } from '../open-lesson.js';

export interface CellRun<C extends Cell = Cell> {
  readonly book: OpenLesson;
  readonly cell: C;
  /** Of its card; a cell that was added has none, and shows its card without buttons that work. */
  readonly id: string;
  readonly notebookCell: vscode.NotebookCell;
  readonly execution: vscode.NotebookCellExecution;
  readonly signal: AbortSignal;
  /** Several cells are run at once: nobody is asked anything. */
  readonly among: boolean;
}

/** Undefined: neither right nor wrong. */
export type Outcome = boolean | undefined;

export async function show(
  { execution, id }: CellRun,
  card: Card,
  ...more: vscode.NotebookCellOutput[]
): Promise<void> {
  await execution.replaceOutput([cardOutput(id, card), ...more]);
}
