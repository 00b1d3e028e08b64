/** A command where the lesson says: its output as it comes. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunCell } from '../../../lesson/format/lesson.js';
import type { CellRun, Outcome } from './cell-run.js';

/** 128 and the number of SIGKILL. */
const KILLED = 137;

export async function runCommand(run: CellRun<RunCell>): Promise<Outcome> {
  const { book, execution, cell, signal } = run;
  await execution.clearOutput();
  const output = new OutputStream(execution);
  const lab = await book.running(signal);
  const { code, stopped } = await lab.run(cell, {
    signal,
    onOutput: (text) => {
      output.take(text);
    },
  });
  if (stopped) output.take(l10n.t('(stopped)'));
  else if (code === KILLED) output.take(l10n.t('(ended with 137: killed, as everything is when the lab goes down)'));
  else if (code !== 0) output.take(l10n.t('(ended with {0})', code));
  else if (output.empty) output.take(l10n.t('(no output)'));
  await output.end();
  return stopped ? undefined : code === 0;
}

/** Milliseconds in which text is gathered: fewer messages, and at once to the eye. */
const GATHER = 40;

class OutputStream {
  private readonly output = new vscode.NotebookCellOutput([]);
  private waiting = '';
  private timer: NodeJS.Timeout | null = null;
  private written: Promise<void>;
  empty = true;

  constructor(private readonly execution: vscode.NotebookCellExecution) {
    this.written = Promise.resolve(execution.appendOutput(this.output));
  }

  take(text: string): void {
    this.waiting += text;
    this.empty = false;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.write();
    }, GATHER);
  }

  /** All of it is there. */
  async end(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.write();
    await this.written;
  }

  private write(): void {
    const text = this.waiting;
    if (text === '') return;
    this.waiting = '';
    const item = vscode.NotebookCellOutputItem.stdout(text);
    this.written = this.written.then(() => this.execution.appendOutputItems(item, this.output));
  }
}
