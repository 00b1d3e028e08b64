/** Requests to the Docker Engine API over HTTP. What comes back is checked here and trusted inside. */
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import type { z } from 'zod';
import type { EngineConnection } from './engine-connection.js';
import { CancelledError, EngineGoneError, EngineRequestError } from './engine-errors.js';

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** What is not a string goes as JSON, as the API wants its filters; undefined is left out. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** A tar to send. */
  readonly file?: Readable;
  readonly signal?: AbortSignal | undefined;
  /** For errors, a noun: `the start of node network1`. */
  readonly what: string;
}

export class EngineClient {
  readonly #connection: EngineConnection;
  readonly #prefix: string;

  /** @param apiVersion `1.41`, or null for whatever the engine prefers. */
  constructor(connection: EngineConnection, apiVersion: string | null) {
    this.#connection = connection;
    this.#prefix = apiVersion === null ? '' : `/v${apiVersion}`;
  }

  /**
   * The answer, checked.
   *
   * @throws EngineRequestError, EngineGoneError, CancelledError
   */
  async json<T>(schema: z.ZodType<T>, request: EngineRequest): Promise<T> {
    const answer = schema.safeParse(parseJson(await readText(await this.stream(request), request)));
    if (answer.success) return answer.data;
    const problem = answer.error.issues[0]?.message ?? '';
    throw new EngineGoneError(request.what, `its answer cannot be understood (${problem})`);
  }

  /** For requests whose answer says nothing more. */
  async send(request: EngineRequest): Promise<void> {
    await readText(await this.stream(request), request);
  }

  /** The answer's body as it comes. The caller ends it, by reading or by destroying it. */
  stream(request: EngineRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      if (refuseCancelled(request, reject)) return;
      const outgoing = this.#open(request, { ...(request.signal ? { signal: request.signal } : {}) });
      outgoing.on('error', (error) => {
        request.file?.destroy();
        reject(toLabError(error, request));
      });
      outgoing.on('response', (response) => {
        accept(response, request).then(resolve, reject);
      });
      send(outgoing, request);
    });
  }

  /** The raw connection after `101 UPGRADED`; what is written before that the engine loses. */
  hijack(request: EngineRequest): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      if (refuseCancelled(request, reject)) return;
      const outgoing = this.#open(request, { headers: { Connection: 'Upgrade', Upgrade: 'tcp' } });
      const abort = (): void => {
        outgoing.destroy();
      };
      request.signal?.addEventListener('abort', abort, { once: true });
      outgoing.on('error', (error) => {
        request.signal?.removeEventListener('abort', abort);
        reject(toLabError(error, request));
      });
      outgoing.on('response', (response) => {
        request.signal?.removeEventListener('abort', abort);
        const notUpgraded = new EngineGoneError(request.what, 'the engine kept the connection to itself');
        accept(response, request).then(() => {
          response.destroy();
          reject(notUpgraded);
        }, reject);
      });
      outgoing.on('upgrade', (_response, connection, head) => {
        request.signal?.removeEventListener('abort', abort);
        // It may break before the caller has it in hand; the caller then sees it closed.
        connection.on('error', () => undefined);
        if (head.length > 0) connection.unshift(head);
        resolve(connection);
      });
      send(outgoing, request);
    });
  }

  close(): void {
    this.#connection.agent.destroy();
  }

  #open(request: EngineRequest, options: { signal?: AbortSignal; headers?: Record<string, string> }): ClientRequest {
    const { agent, target } = this.#connection;
    const type = request.file ? 'application/x-tar' : request.body === undefined ? null : 'application/json';
    const make = target.protocol === 'https' ? httpsRequest : httpRequest;
    return make({
      ...options,
      ...(target.socketPath === undefined
        ? { host: target.host, port: target.port }
        : { socketPath: target.socketPath }),
      agent,
      method: request.method,
      path: this.#prefix + encodeURI(request.path) + queryText(request.query),
      headers: { ...options.headers, ...(type === null ? {} : { 'Content-Type': type }) },
    });
  }
}

function refuseCancelled(request: EngineRequest, reject: (error: Error) => void): boolean {
  if (!request.signal?.aborted) return false;
  request.file?.destroy();
  reject(new CancelledError(capitalised(request.what)));
  return true;
}

function send(outgoing: ClientRequest, { file, body }: EngineRequest): void {
  if (file) {
    file.on('error', (error) => outgoing.destroy(error));
    file.pipe(outgoing);
  } else {
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

/** 304 says that it is so already: a node that runs was to be started. */
async function accept(response: IncomingMessage, request: EngineRequest): Promise<IncomingMessage> {
  const status = response.statusCode ?? 0;
  if ((status >= 200 && status < 300) || status === 304) return response;
  request.file?.unpipe();
  request.file?.destroy();
  const text = await readText(response, request);
  const body = parseJson(text);
  const told = typeof body === 'object' && body !== null && 'message' in body ? body.message : text;
  throw new EngineRequestError(status, String(told).trim().replace(/\.$/, ''), request.what);
}

async function readText(response: IncomingMessage, request: EngineRequest): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    throw toLabError(error, request);
  }
  return Buffer.concat(chunks).toString();
}

/** What the transport threw, as one of ours. */
export function toLabError(error: unknown, request: Pick<EngineRequest, 'what' | 'signal'>): Error {
  if (request.signal?.aborted) return new CancelledError(capitalised(request.what));
  const cause = error instanceof Error ? error : new Error(String(error));
  return new EngineGoneError(request.what, cause.message, cause);
}

function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function capitalised(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
