/** Programs of this machine, without a shell. */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants, accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { LabError } from '../model/errors.js';
import { CancelledError } from './engine-errors.js';
import type { ProgressListener } from './runtime.js';

export interface ProgramOptions {
  /** Beside this process' own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener;
}

export class ProgramFailedError extends LabError {
  constructor(argv: readonly string[], how: string, said: string) {
    super(
      'ProgramFailed',
      `"${argv.join(' ')}" ${how}${said === '' ? '' : `: ${said}`}.`,
      'Run it by hand to see all of its output.',
    );
  }
}

/**
 * Runs a program to its end; each line of its outputs is progress.
 *
 * @throws ProgramFailedError, CancelledError
 */
export async function runProgram(argv: readonly string[], options: ProgramOptions = {}): Promise<void> {
  const child = start(argv, options);
  const said = collectLines(options.onProgress, child.stdout, child.stderr);
  await ended(child, argv, said, options.signal);
}

/**
 * The standard output of a program as it comes. It fails, rather than ends, when the program does: whoever reads it to
 * the end has all of it.
 */
export function programOutput(argv: readonly string[], options: ProgramOptions = {}): Readable {
  const output = new PassThrough();
  const child = start(argv, options, true);
  const said = collectLines(options.onProgress, child.stderr);
  child.stdout?.pipe(output, { end: false });
  const stop = (): void => {
    stopGroup(child);
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  output.on('close', () => {
    options.signal?.removeEventListener('abort', stop);
    stop();
  });
  ended(child, argv, said, options.signal).then(
    () => output.end(),
    (error: unknown) => output.destroy(error as Error),
  );
  return output;
}

/** The program and what it started: mmdebstrap's own children write the output, and would wait for a reader for ever. */
function stopGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It ended in the meantime.
  }
}

/** @param ownGroup In a process group of its own, so that all of it can be stopped. */
function start(argv: readonly string[], { env, stdin }: ProgramOptions, ownGroup = false): ChildProcess {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: ownGroup,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  return child;
}

function ended(
  child: ChildProcess,
  argv: readonly string[],
  said: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      child.kill();
    };
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    child.on('error', (error) => {
      reject(new ProgramFailedError(argv, 'could not be started', error.message));
    });
    child.on('close', (code, by) => {
      signal?.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else if (signal?.aborted) reject(new CancelledError(argv[0] ?? 'The program'));
      else reject(new ProgramFailedError(argv, `ended with ${String(code ?? by)}`, said.slice(-3).join(' / ')));
    });
  });
}

/** The last lines of all the outputs, while each line is told. */
function collectLines(onLine: ProgressListener | undefined, ...streams: (Readable | null)[]): readonly string[] {
  const last: string[] = [];
  for (const stream of streams) {
    let rest = '';
    stream?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split(/\r?\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines.filter((text) => text.trim() !== '')) {
        last.push(line);
        if (last.length > 20) last.shift();
        onLine?.(line);
      }
    });
  }
  return last;
}

/** Whether a program is in the search path; /sbin and /usr/sbin count, since an ordinary user's path often lacks them. */
export function hasProgram(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
