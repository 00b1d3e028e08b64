/** A terminal that shows the lines of a piece of work, ends with its exit code, and is stopped by Ctrl-C or by closing. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { type Paint, colourPaint } from '../../render/paint.js';
import { isCancelled } from '../report.js';

export interface Lines {
  readonly line: (...lines: readonly string[]) => void;
  readonly paint: Paint;
  readonly columns: () => number;
  readonly signal: AbortSignal;
}

/** What shells say for a program that Ctrl-C ended: 128 and the signal's number. */
const INTERRUPTED = 130;

export class LinesTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly ended = new vscode.EventEmitter<number>();
  private readonly abort = new AbortController();
  private width = 80;

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;

  /** @param work Tells how it ended: 0 where all is well */
  constructor(private readonly work: (lines: Lines) => Promise<number>) {}

  open(size: vscode.TerminalDimensions | undefined): void {
    this.setDimensions(size);
    void this.run();
  }

  setDimensions(size: vscode.TerminalDimensions | undefined): void {
    if (size) this.width = size.columns;
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.stop();
  }

  close(): void {
    this.abort.abort();
  }

  private stop(): void {
    if (this.abort.signal.aborted) return;
    this.line(colourPaint(l10n.t('Stopping …'), 'grey'));
    this.abort.abort();
  }

  private line(...lines: readonly string[]): void {
    for (const line of lines) this.written.fire(`${line.replaceAll('\n', '\r\n')}\r\n`);
  }

  private async run(): Promise<void> {
    const line = this.line.bind(this);
    const columns = (): number => this.width;
    let code: number;
    try {
      code = await this.work({ line, paint: colourPaint, columns, signal: this.abort.signal });
    } catch (error) {
      code = isCancelled(error) ? INTERRUPTED : 1;
      if (error instanceof LabError) {
        line(`${colourPaint('✗', 'red')} ${error.message}`, `  ${colourPaint('→', 'cyan')} ${error.remedy}`);
      } else line(`${colourPaint('✗', 'red')} ${error instanceof Error ? error.message : String(error)}`);
    }
    this.ended.fire(code);
  }
}
