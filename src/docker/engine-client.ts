/** Requests to the Docker Engine API. dockerode's own methods are untyped, so its transport is used and the answers are checked here. */
import type { Duplex, Readable } from 'node:stream';
import Docker from 'dockerode';
import type { z } from 'zod';
import type { EngineConnection } from './engine-connection.js';
import { CancelledError, EngineGoneError, EngineRequestError } from './engine-errors.js';

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** What is not a string, number or boolean goes as JSON, as the API wants its filters. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** A tar to send. */
  readonly file?: Readable;
  readonly signal?: AbortSignal | undefined;
  /** For errors, a noun: `the start of node network1`. */
  readonly what: string;
}

export class EngineClient {
  readonly #modem: Docker['modem'];
  readonly #connection: EngineConnection;

  /** @param apiVersion `1.41`, or null for whatever the engine prefers. */
  constructor(connection: EngineConnection, apiVersion: string | null) {
    this.#connection = connection;
    this.#modem = makeModem(connection, apiVersion);
  }

  /**
   * The answer, checked.
   *
   * @throws EngineRequestError, EngineGoneError, CancelledError
   */
  async json<T>(schema: z.ZodType<T>, request: EngineRequest): Promise<T> {
    const answer = schema.safeParse(await this.#dial(request, false, false));
    if (answer.success) return answer.data;
    throw new EngineGoneError(
      request.what,
      `its answer cannot be understood (${answer.error.issues[0]?.message ?? ''})`,
    );
  }

  /** For requests whose answer says nothing more. */
  async send(request: EngineRequest): Promise<void> {
    await this.#dial(request, false, false);
  }

  /** The answer's body as it comes. The caller ends it, by reading or by destroying it. */
  async stream(request: EngineRequest): Promise<Readable> {
    return (await this.#dial(request, true, false)) as Readable;
  }

  /** The raw connection after `101 UPGRADED`; what is written before that the engine loses. */
  async hijack(request: EngineRequest): Promise<Duplex> {
    return (await this.#dial(request, true, true)) as Duplex;
  }

  close(): void {
    this.#connection.agent.destroy();
  }

  #dial(request: EngineRequest, isStream: boolean, hijack: boolean): Promise<unknown> {
    const { signal } = request;
    if (signal?.aborted) {
      request.file?.destroy();
      return Promise.reject(new CancelledError(capitalised(request.what)));
    }
    return new Promise((resolve, reject) => {
      this.#modem.dial(
        {
          method: request.method,
          path: request.path + (request.query ? '?' : ''),
          // The modem makes the query and the body from one object unless they are told apart like this.
          ...(request.query || request.body !== undefined
            ? { options: { _query: queryStrings(request.query ?? {}), _body: request.body ?? {} } }
            : {}),
          ...(request.file ? { file: request.file } : {}),
          ...(signal ? { abortSignal: signal } : {}),
          isStream,
          hijack,
          openStdin: hijack,
          allowEmpty: request.body !== undefined,
          statusCodes: { 200: true, 201: true, 204: true, 304: true },
        },
        (error, result) => {
          if (error === null) resolve(result);
          else reject(toLabError(error, request));
        },
      );
    });
  }
}

/** Whatever the transport threw, as one of ours. */
export function toLabError(error: unknown, request: Pick<EngineRequest, 'what' | 'signal'>): Error {
  if (request.signal?.aborted) return new CancelledError(capitalised(request.what));
  if (!(error instanceof Error)) return new EngineGoneError(request.what, String(error));
  if (!('statusCode' in error) || typeof error.statusCode !== 'number') {
    return new EngineGoneError(request.what, error.message, error);
  }
  const body: unknown = 'json' in error ? error.json : null;
  const said =
    typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
      ? body.message
      : error.message.replace(/^\(HTTP code \d+\) \w+ - /, '');
  return new EngineRequestError(error.statusCode, said.trim(), request.what);
}

/** docker-modem reads DOCKER_HOST and DOCKER_CERT_PATH in its constructor, whatever it is given, and throws when they are wrong. */
function makeModem(connection: EngineConnection, apiVersion: string | null): Docker['modem'] {
  const { DOCKER_HOST, DOCKER_CERT_PATH } = process.env;
  delete process.env.DOCKER_HOST;
  delete process.env.DOCKER_CERT_PATH;
  try {
    const options = {
      ...connection.modem,
      agent: connection.agent,
      version: apiVersion === null ? undefined : `v${apiVersion}`,
    };
    return new Docker(options).modem;
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
    if (DOCKER_CERT_PATH !== undefined) process.env.DOCKER_CERT_PATH = DOCKER_CERT_PATH;
  }
}

function queryStrings(query: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function capitalised(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
