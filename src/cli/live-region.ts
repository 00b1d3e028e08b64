/** Lines at the end of a terminal's screen that are drawn again in place. */
import { fit } from '../render/paint.js';
import type { Terminal } from './terminal.js';

/** Milliseconds between two drawings: more than an eye can follow is only flicker. */
const INTERVAL = 50;

export class LiveRegion implements Disposable {
  private drawn = 0;
  private timer: NodeJS.Timeout | null = null;
  private latest: (() => readonly string[]) | null = null;

  constructor(private readonly terminal: Terminal) {
    if (terminal.live) terminal.write('\u001b[?25l');
  }

  /** Draws soon; what was asked before and was not drawn yet is forgotten. */
  update(lines: () => readonly string[]): void {
    if (!this.terminal.live) return;
    this.latest = lines;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.draw();
    }, INTERVAL);
  }

  /** Prints lines above the region. */
  above(...lines: readonly string[]): void {
    this.clear();
    this.terminal.prose(...lines);
    this.draw();
  }

  /** Draws what is wanted last and leaves it standing; where nothing is given, the region vanishes. */
  finish(lines: readonly string[] = []): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.latest = null;
    this.clear();
    if (lines.length > 0) this.terminal.line(...lines);
    if (this.terminal.live) this.terminal.write('\u001b[?25h');
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  private draw(): void {
    if (this.latest === null || !this.terminal.live) return;
    const all = this.latest();
    // What has scrolled out of the screen cannot be drawn again: at most one screen, the last of it.
    const lines = all.slice(-Math.max(1, this.terminal.rows - 1)).map((line) => fit(line, this.terminal.columns - 1));
    this.clear();
    this.terminal.write(lines.map((line) => `${line}\n`).join(''));
    this.drawn = lines.length;
  }

  private clear(): void {
    if (this.drawn > 0) this.terminal.write(`\u001b[${String(this.drawn)}A\u001b[0J`);
    this.drawn = 0;
  }
}
