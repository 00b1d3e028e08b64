/** Ctrl-C: the first one asks to stop in order, the second one leaves at once. */
import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

export class Interrupt implements Disposable {
  private readonly controller = new AbortController();
  private readonly listener = (): void => {
    if (this.controller.signal.aborted) {
      // Whatever hid the cursor does not get to show it again.
      if (this.terminal.live) this.terminal.write('\u001b[?25h');
      process.exit(EXIT.interrupted);
    }
    this.controller.abort();
    if (this.say !== null) this.terminal.errorLine(this.terminal.errorPaint(this.say, 'yellow'));
  };

  /** @param say What is told when it was pressed once; null says nothing. */
  constructor(
    private readonly terminal: Terminal,
    private readonly say: string | null = 'Stopping after the step at hand … (Ctrl-C again leaves at once)',
  ) {
    process.on('SIGINT', this.listener);
    process.on('SIGTERM', this.listener);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Resolves when it was pressed. */
  async pressed(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.listener);
    process.off('SIGTERM', this.listener);
  }
}
