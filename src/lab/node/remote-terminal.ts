/** A terminal in a node: a command with a tty of its own, which is hung up when nobody looks at it any more. */
import { StringDecoder } from 'node:string_decoder';
import type { ExecSession, Runtime } from '../../docker/runtime.js';
import { announced, guardOf } from './leash.js';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** How it ended: by itself, or because the node or the engine went away. */
export type TerminalEnd =
  { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'lost'; readonly reason: string };

export interface TerminalListener {
  /** What the command wrote; a character that came in two parts comes whole. */
  onText(text: string): void;
  /** Called once, after the last text; not after `close`. */
  onEnd(end: TerminalEnd): void;
}

export interface TerminalOptions {
  readonly container: string;
  readonly argv: readonly string[];
  readonly size: TerminalSize;
  readonly listener: TerminalListener;
}

/** A line with the pid of the command comes before everything else. */
const ANNOUNCEMENT = /^(\d+)\r?\n/;

export class RemoteTerminal {
  private guard: ExecSession | null = null;
  private head: string | null = '';
  private closed = false;

  private constructor(
    private readonly runtime: Runtime,
    private readonly session: ExecSession,
    private readonly options: TerminalOptions,
  ) {
    const decoder = new StringDecoder('utf8');
    session.stderr.resume();
    session.stdout.on('data', (chunk: Buffer) => {
      this.take(decoder.write(chunk));
    });
    const ended = new Promise<void>((resolve) => session.stdout.once('end', resolve).once('error', resolve));
    void session.exit.then(
      async (code) => {
        await ended;
        this.take(decoder.end());
        this.end({ kind: 'exited', code });
      },
      (error: unknown) => {
        this.end({ kind: 'lost', reason: error instanceof Error ? error.message : String(error) });
      },
    );
  }

  /** @throws the engine's errors */
  static async open(runtime: Runtime, options: TerminalOptions): Promise<RemoteTerminal> {
    const { container, argv, size } = options;
    // What a program may print: colours, and every letter there is.
    const env = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    const session = await runtime.exec(container, { argv: announced(argv), tty: true, env });
    const terminal = new RemoteTerminal(runtime, session, options);
    terminal.resize(size);
    return terminal;
  }

  write(text: string): void {
    this.session.stdin.write(text);
  }

  resize({ columns, rows }: TerminalSize): void {
    // A command that has just ended has no size to change.
    this.session.resize(columns, rows).catch(() => undefined);
  }

  /** Hangs up. */
  close(): void {
    this.closed = true;
    this.guard?.close();
    // Without a guard the command is not known yet: it is hung up as soon as it is.
    if (this.guard) this.session.close();
  }

  private take(text: string): void {
    if (this.head === null) {
      if (text !== '' && !this.closed) this.options.listener.onText(text);
      return;
    }
    this.head += text;
    const [line, pid] = ANNOUNCEMENT.exec(this.head) ?? [];
    if (line === undefined) return;
    const rest = this.head.slice(line.length);
    this.head = null;
    void this.watchOver(Number(pid));
    this.take(rest);
  }

  private async watchOver(pid: number): Promise<void> {
    try {
      const guard = await this.runtime.exec(this.options.container, { argv: guardOf(pid) });
      guard.stdout.resume();
      guard.stderr.resume();
      this.guard = guard;
      if (this.closed) this.close();
    } catch {
      // The engine or the node went away in between: the terminal's own end tells.
    }
  }

  private end(end: TerminalEnd): void {
    this.guard?.close();
    if (this.closed) return;
    this.closed = true;
    // What could not be started said why in place of its pid.
    if (this.head !== null && this.head !== '') this.options.listener.onText(this.head);
    this.options.listener.onEnd(end);
  }
}
