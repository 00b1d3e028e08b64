/** Where a command speaks to: two streams, and what is known of who reads them. */
import type { ReadStream, WriteStream } from 'node:tty';
import { hanging } from '../render/fold.js';
import { type Paint, colourPaint, plainPaint } from '../render/paint.js';

export interface TerminalStreams {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/** `NO_COLOR` (https://no-color.org) and `TERM=dumb` take colours away, `FORCE_COLOR` gives them to a pipe. */
function hasColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

export class Terminal {
  /** For what goes to standard output. */
  readonly paint: Paint;
  /** For what goes to standard error. */
  readonly errorPaint: Paint;

  constructor(readonly streams: TerminalStreams) {
    this.paint = hasColour(streams.stdout, streams.env) ? colourPaint : plainPaint;
    this.errorPaint = hasColour(streams.stderr, streams.env) ? colourPaint : plainPaint;
    // A reader that has seen enough (`| head`) is no failure.
    for (const stream of [streams.stdout, streams.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') process.exit(0);
        throw error;
      });
    }
  }

  static ofProcess(): Terminal {
    const { stdin, stdout, stderr, env } = process;
    return new Terminal({ stdin, stdout, stderr, env });
  }

  /** A person reads standard output, and it can be drawn on again. */
  get live(): boolean {
    return this.streams.stdout.isTTY && this.streams.env.TERM !== 'dumb';
  }

  /** A person reads and writes. */
  get interactive(): boolean {
    return this.streams.stdin.isTTY && this.streams.stdout.isTTY;
  }

  get columns(): number {
    const { stdout } = this.streams;
    return stdout.isTTY && stdout.columns > 0 ? stdout.columns : 80;
  }

  /** For tables: what is not a terminal has no width, and a row there is one line for `grep` and `awk`. */
  get width(): number {
    return this.streams.stdout.isTTY ? this.columns : Infinity;
  }

  get rows(): number {
    const { stdout } = this.streams;
    return stdout.isTTY && stdout.rows > 0 ? stdout.rows : 24;
  }

  write(text: string): void {
    this.streams.stdout.write(text);
  }

  line(...lines: readonly string[]): void {
    for (const text of lines) this.streams.stdout.write(`${text}\n`);
  }

  /** Sentences: on a terminal they are broken at their words. */
  prose(...lines: readonly string[]): void {
    this.line(...lines.flatMap((text) => hanging(text, this.width)));
  }

  json(value: unknown): void {
    this.streams.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** One value a line, for streams of events. */
  jsonLine(value: unknown): void {
    this.streams.stdout.write(`${JSON.stringify(value)}\n`);
  }

  errorLine(...lines: readonly string[]): void {
    for (const text of lines) this.streams.stderr.write(`${text}\n`);
  }

  errorProse(...lines: readonly string[]): void {
    const { stderr } = this.streams;
    const width = stderr.isTTY && stderr.columns > 0 ? stderr.columns : Infinity;
    this.errorLine(...lines.flatMap((text) => hanging(text, width)));
  }

  /** Resolves when everything that was said has left this process. */
  async flush(): Promise<void> {
    const { stdout, stderr } = this.streams;
    await Promise.all(
      [stdout, stderr].map(
        (stream) =>
          new Promise<void>((resolve) => {
            stream.write('', () => {
              resolve();
            });
          }),
      ),
    );
  }
}
