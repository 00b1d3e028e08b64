/** A command in a container, with its streams: three requests, the last one for the exit code. */
import { type Duplex, PassThrough, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Demultiplexer } from './demultiplexer.js';
import type { EngineClient } from './engine-client.js';
import { CancelledError, EngineGoneError } from './engine-errors.js';
import type { ExecOptions, ExecSession } from './runtime.js';

/** How much of an output waits here for its reader before the sender is held up. Bytes. */
const BUFFER = 1 << 20;

const created = z.object({ Id: z.string() });
const inspected = z.object({ Running: z.boolean(), ExitCode: z.number().nullable() });

export async function startExec(client: EngineClient, container: string, options: ExecOptions): Promise<ExecSession> {
  const { argv, tty = false, env = {}, signal } = options;
  const what = `the command ${argv[0] ?? ''}`;
  const { Id: id } = await client.json(created, {
    method: 'POST',
    path: `/containers/${container}/exec`,
    body: {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Cmd: argv,
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    },
    signal,
    what,
  });
  const body = { Detach: false, Tty: tty };
  const connection = await client.hijack({ method: 'POST', path: `/exec/${id}/start`, body, signal, what });
  return new HijackedExec(client, connection, id, what, tty, signal);
}

class HijackedExec implements ExecSession {
  readonly stdin: Writable;
  readonly stdout = new PassThrough({ highWaterMark: BUFFER });
  readonly stderr = new PassThrough({ highWaterMark: BUFFER });
  readonly exit: Promise<number>;
  readonly #client: EngineClient;
  readonly #connection: Duplex;
  readonly #id: string;
  readonly #what: string;
  readonly #closed = new AbortController();

  constructor(
    client: EngineClient,
    connection: Duplex,
    id: string,
    what: string,
    tty: boolean,
    signal: AbortSignal | undefined,
  ) {
    this.#client = client;
    this.#connection = connection;
    this.#id = id;
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

  async resize(columns: number, rows: number): Promise<void> {
    await this.#client.send({
      method: 'POST',
      path: `/exec/${this.#id}/resize`,
      query: { h: rows, w: columns },
      what: "the change of the terminal's size",
    });
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
    for (let wait = 1; ; wait = Math.min(wait * 2, 250)) {
      const state = await this.#client.json(inspected, {
        method: 'GET',
        path: `/exec/${this.#id}/json`,
        signal: this.#closed.signal,
        what: this.#what,
      });
      if (!state.Running && state.ExitCode !== null) return state.ExitCode;
      await delay(wait, undefined, { signal: this.#closed.signal }).catch(() => {
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
