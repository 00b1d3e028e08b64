/**
 * Work that other programs do for minutes: package managers, the engine's builder. On a terminal their last line is drawn
 * in place; elsewhere, where hundreds of lines would bury what matters, only the stages are told. All that they say is in
 * a file until it is over, and where it went wrong the file stays and its end is shown.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../docker/engine-errors.js';
import type { ProgressListener } from '../docker/runtime.js';
import { LiveRegion } from './live-region.js';
import { printable } from '../render/paint.js';
import type { Terminal } from './terminal.js';

/** Lines of a failure that are shown; what matters is mostly the last. */
const SHOWN = 20;

/** @param quiet nothing is shown, for scripts */
export async function longWork<T>(
  terminal: Terminal,
  quiet: boolean,
  work: (progress: ProgressListener) => Promise<T>,
): Promise<T> {
  const log = new WorkLog();
  using region = new LiveRegion(terminal);
  try {
    const result = await work((line, kind) => {
      log.add(line);
      if (quiet) return;
      const text = terminal.paint(`  ${printable(line)}`, 'grey');
      if (terminal.live) region.update(() => [text]);
      else if (kind === 'stage') terminal.line(text);
    });
    log.remove();
    return result;
  } catch (error) {
    region.finish();
    const end = log.end();
    if (error instanceof CancelledError || end.length === 0) log.remove();
    else if (!quiet) {
      const where = log.file === null ? [] : [`  All of it: ${log.file}`];
      terminal.errorLine(...end.map((line) => `  ${printable(line)}`), ...where, '');
    }
    throw error;
  }
}

class WorkLog {
  /** Null where there is no room for it: that is no reason for the work to fail. */
  #folder: string | null = null;
  #last: string[] = [];

  constructor() {
    this.#unlessFull(() => (this.#folder = mkdtempSync(join(tmpdir(), 'neutron-lab-'))));
  }

  get file(): string | null {
    return this.#folder === null ? null : join(this.#folder, 'output.log');
  }

  add(line: string): void {
    const { file } = this;
    if (file !== null)
      this.#unlessFull(() => {
        appendFileSync(file, `${line}\n`);
      });
    this.#last = [...this.#last, line].slice(-SHOWN);
  }

  end(): readonly string[] {
    return this.#last;
  }

  remove(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  #unlessFull(write: () => void): void {
    try {
      write();
    } catch {
      this.remove();
      this.#folder = null;
    }
  }
}
