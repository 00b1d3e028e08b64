/** A command in a container, with its streams: three requests, the last one for the exit code. */
import { type Duplex, PassThrough, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { z } from 'zod';
import { Demultiplexer } from './demultiplexer.js';
import { abortable, ask, attempt, order } from './engine-answers.js';
import { CancelledError, EngineGoneError } from './engine-errors.js';
import type { ExecOptions, ExecSession } from './runtime.js';

/** How much of an output waits here for its reader before the sender is held up. Bytes. */
const BUFFER = 1 << 20;

const inspected = z.object({ Running: z.boolean(), ExitCode: z.number().nullable() });

export async function startExec(docker: Docker, container: string, options: ExecOptions): Promise<ExecSession> {
  const { argv, tty = false, env = {}, signal } = options;
  const call = { what: `the command ${argv[0] ?? ''}`, signal };
  const exec = await attempt(call, () =>
    docker.getContainer(container).exec({
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Cmd: [...argv],
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...abortable(signal),
    }),
  );
  // Resolves after `101 UPGRADED`: what is written before that the engine loses.
  const connection = await attempt(call, () =>
    exec.start({ hijack: true, stdin: true, Detach: false, Tty: tty, ...abortable(signal) }),
  );
  // Where the engine, or a proxy before it, did not upgrade, docker-modem gives its HttpDuplex, made of request and answer.
  if ('req' in connection) {
    connection.destroy();
    throw new EngineGoneError(call.what, 'the engine kept the connection to itself');
  }
  return new HijackedExec(exec, connection, call.what, tty, signal);
}

class HijackedExec implements ExecSession {
  readonly stdin: Writable;
  readonly stdout = new PassThrough({ highWaterMark: BUFFER });
  readonly stderr = new PassThrough({ highWaterMark: BUFFER });
  readonly exit: Promise<number>;
  readonly #exec: Docker.Exec;
  readonly #connection: Duplex;
  readonly #what: string;
  readonly #closed = new AbortController();
  /** The size that is still to be told, in columns and rows. */
  #size: { readonly w: number; readonly h: number } | null = null;
  #resized: Promise<void> = Promise.resolve();

  constructor(exec: Docker.Exec, connection: Duplex, what: string, tty: boolean, signal: AbortSignal | undefined) {
    this.#exec = exec;
    this.#connection = connection;
    this.#what = what;
    this.stdin = inputOf(connection);
    const close = (): void => {
      this.close();
    };
    signal?.addEventListener('abort', close, { once: true });
    this.exit = this.#run(tty).finally(() => {
      signal?.removeEventListener('abort', close);
      this.close();
    });
    // Whoever does not ask for the exit code is not to be ended by its failure.
    this.exit.catch(() => undefined);
    if (signal?.aborted) close();
  }

  /** One request after the other: two at once have no order, and it is the last size that has to stay. */
  async resize(columns: number, rows: number): Promise<void> {
    this.#size = { w: columns, h: rows };
    const before = this.#resized;
    this.#resized = (async () => {
      await before.catch(() => undefined);
      const size = this.#size;
      if (size === null) return;
      this.#size = null;
      await order({ what: "the change of the terminal's size" }, () => this.#exec.resize(size));
    })();
    await this.#resized;
  }

  close(): void {
    this.#closed.abort();
    this.#connection.destroy();
  }

  async #run(tty: boolean): Promise<number> {
    try {
      await this.#copyOutput(tty);
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      throw this.#closed.signal.aborted ? this.#cancelled() : new EngineGoneError(this.#what, problem.message, problem);
    } finally {
      this.stdout.end();
      this.stderr.end();
    }
    return await this.#exitCode();
  }

  /** Until the engine ends the connection, which it does when the command's outputs end. */
  #copyOutput(tty: boolean): Promise<void> {
    const target = tty ? this.stdout : new Demultiplexer(this.stdout, this.stderr);
    return new Promise((resolve, reject) => {
      let ended = false;
      this.#connection.on('error', reject);
      this.#connection.on('end', () => (ended = true));
      this.#connection.on('close', () => {
        if (!ended) reject(new Error('the connection was closed'));
      });
      target.on('error', reject);
      target.on('finish', resolve);
      this.#connection.pipe(target);
    });
  }

  /** The outputs may end a moment before the command does; and a command may close them and go on. */
  async #exitCode(): Promise<number> {
    const { signal } = this.#closed;
    for (let wait = 1; ; wait = Math.min(wait * 2, 250)) {
      const state = await ask(inspected, { what: this.#what, signal }, () =>
        this.#exec.inspect({ abortSignal: signal }),
      );
      if (!state.Running && state.ExitCode !== null) return state.ExitCode;
      await delay(wait, undefined, { signal }).catch(() => {
        throw this.#cancelled();
      });
    }
  }

  #cancelled(): CancelledError {
    return new CancelledError(this.#what.charAt(0).toUpperCase() + this.#what.slice(1));
  }
}

/** The sending half of the connection. What is written after the command ended is lost, as in a pipe, without an error. */
function inputOf(connection: Duplex): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, callback) {
      if (!connection.writable) callback();
      else
        connection.write(chunk, () => {
          callback();
        });
    },
    final(callback) {
      if (connection.writable) connection.end();
      callback();
    },
  });
}
