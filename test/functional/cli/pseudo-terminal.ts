/** Runs the program in a real pseudo-terminal, which `script` of util-linux makes: every Debian has it. */
import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { MAIN } from './program.js';

/** Milliseconds for one answer. */
const DEADLINE = 30_000;
/** Milliseconds for a whole program. */
const LIFE = 110_000;

const { stdout: version } = spawnSync('script', ['--version'], { encoding: 'utf8' });
export const HAS_SCRIPT = (version as string | null)?.includes('util-linux') === true;

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export class PseudoTerminal {
  readonly ended: Promise<number | null>;
  readonly #child;
  readonly #lookers = new Set<() => void>();
  #raw = '';

  constructor(words: readonly string[], { rows, columns }: Size) {
    const quoted = [process.execPath, MAIN, ...words].map((word) => `'${word}'`).join(' ');
    // The device is told, so that its size can be changed as a window's is.
    const command = `stty rows ${String(rows)} cols ${String(columns)}; echo "on $(tty)"; exec ${quoted}`;
    this.#child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm-256color', SHELL: '/bin/sh', NO_COLOR: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: LIFE,
    });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#raw += chunk.toString();
      for (const look of this.#lookers) look();
    });
    this.ended = new Promise((resolve) => this.#child.on('close', resolve));
    void this.ended.then(() => {
      for (const look of this.#lookers) look();
    });
  }

  /** All that was written to it until now, escape sequences and all. */
  get raw(): string {
    return this.#raw;
  }

  /** The same as plain text. */
  get text(): string {
    return stripVTControlCharacters(this.#raw).replaceAll('\r', '');
  }

  /** As a person at the keyboard; `\u0003` is Ctrl-C. */
  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  resize({ rows, columns }: Size): void {
    const device = /on (\/dev\/\S+)/.exec(this.text)?.[1] ?? '';
    spawnSync('stty', ['-F', device, 'rows', String(rows), 'cols', String(columns)]);
  }

  /** Resolves with the match when the text, from `from` on, holds it. Rejects when the program ends before, or says nothing. */
  async says(what: RegExp, from = 0): Promise<RegExpExecArray> {
    let over = false;
    void this.ended.then(() => (over = true));
    return await new Promise((resolve, reject) => {
      const silent = setTimeout(() => {
        this.#lookers.delete(look);
        reject(new Error(`it did not show ${String(what)}:\n${this.text}`));
      }, DEADLINE);
      const look = (): void => {
        const found = what.exec(this.text.slice(from));
        if (!found && !over) return;
        this.#lookers.delete(look);
        clearTimeout(silent);
        if (found) resolve(found);
        else reject(new Error(`it ended without showing ${String(what)}:\n${this.text}`));
      };
      this.#lookers.add(look);
      look();
    });
  }

  /** For `after`: it is gone whatever happened. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    this.#child.kill();
    await this.ended;
  }
}
