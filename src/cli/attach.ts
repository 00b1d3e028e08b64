/** Plugs a person's terminal, or the streams of a script, into a command that runs in a container. */
import type { ExecSession, Runtime } from '../docker/runtime.js';
import type { Terminal } from './terminal.js';

export interface AttachOptions {
  readonly argv: readonly string[];
  /** What comes on standard input goes to the command. */
  readonly input: boolean;
  /** The command gets a terminal of its own, as large as this one. */
  readonly tty: boolean;
}

/** @returns the exit code of the command */
export async function attach(
  runtime: Runtime,
  container: string,
  terminal: Terminal,
  { argv, input, tty }: AttachOptions,
): Promise<number> {
  const { stdin, stdout, stderr, env } = terminal.streams;
  const session = await runtime.exec(container, { argv, tty, ...(tty && { env: { TERM: env.TERM ?? 'xterm' } }) });
  session.stdout.pipe(stdout, { end: false });
  session.stderr.pipe(stderr, { end: false });
  const resize = (): void => {
    // A command that has just ended has no size to change.
    session.resize(terminal.columns, terminal.rows).catch(() => undefined);
  };
  // A terminal in raw mode sends ^C to the command; everywhere else the signal comes to us.
  const interrupted = (): void => {
    session.close();
  };
  try {
    if (tty) {
      stdin.setRawMode(true);
      stdout.on('resize', resize);
      resize();
    } else {
      process.on('SIGINT', interrupted);
    }
    if (input || tty) stdin.pipe(session.stdin);
    else session.stdin.end();
    const code = await session.exit;
    await drained(session);
    return code;
  } finally {
    if (tty) {
      stdin.setRawMode(false);
      stdout.off('resize', resize);
    }
    process.off('SIGINT', interrupted);
    stdin.unpipe(session.stdin);
    stdin.pause();
  }
}

/** The exit code may be known before the last output was read. */
async function drained({ stdout, stderr }: ExecSession): Promise<void> {
  await Promise.all(
    [stdout, stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.readableEnded) resolve();
          else stream.once('end', resolve).once('error', resolve);
        }),
    ),
  );
}
