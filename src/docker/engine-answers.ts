/** What dockerode's methods promise, checked here and trusted inside; what goes wrong becomes one of our errors. */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { CancelledError, EngineGoneError, EngineRequestError } from './engine-errors.js';

/** What a call of dockerode is about. */
export interface EngineCall {
  /** For errors, a noun: `the start of node network1`. */
  readonly what: string;
  /** Given to dockerode as well, by `abortable`. */
  readonly signal?: AbortSignal | undefined;
  /** A tar that is sent. It is let go of when the call fails. */
  readonly file?: Readable;
}

/** The signal as dockerode's options name it. */
export function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

/**
 * The answer as it comes.
 *
 * @throws EngineRequestError, EngineGoneError, CancelledError
 */
export async function attempt<T>(call: EngineCall, request: () => Promise<T>): Promise<T> {
  try {
    if (call.signal?.aborted) throw cancelled(call);
    return await request();
  } catch (error) {
    call.file?.destroy();
    throw toLabError(error, call);
  }
}

/**
 * The answer, checked.
 *
 * @throws as attempt
 */
export async function ask<T>(schema: z.ZodType<T>, call: EngineCall, request: () => Promise<unknown>): Promise<T> {
  const answer = schema.safeParse(await attempt(call, request));
  if (answer.success) return answer.data;
  const problem = answer.error.issues[0]?.message ?? '';
  throw new EngineGoneError(call.what, `its answer cannot be understood (${problem})`);
}

/**
 * For what has no answer but that it is done. dockerode knows one status for each call; any other success is one too
 * (Podman says 201 to a resize), and 304 says that it is so already: a node that runs was to be started.
 *
 * @throws as attempt
 */
export async function order(call: EngineCall, request: () => Promise<unknown>): Promise<void> {
  try {
    await attempt(call, request);
  } catch (error) {
    if (!(error instanceof EngineRequestError)) throw error;
    if (error.status !== 304 && (error.status < 200 || error.status > 299)) throw error;
  }
}

/** Whatever dockerode or a stream of it threw, as one of ours. */
export function toLabError(error: unknown, call: EngineCall): Error {
  if (error instanceof CancelledError) return error;
  if (call.signal?.aborted) return cancelled(call);
  if (!(error instanceof Error)) return new EngineGoneError(call.what, String(error));
  if (!('statusCode' in error) || typeof error.statusCode !== 'number') {
    return new EngineGoneError(call.what, error.message, error);
  }
  // docker-modem's sentence: "(HTTP code 409) conflict - what the engine said ".
  const said = error.message.replace(/^\(HTTP code \d+\) .*? - /, '');
  return new EngineRequestError(error.statusCode, said.trim().replace(/\.$/, ''), call.what);
}

export function cancelled({ what }: EngineCall): CancelledError {
  return new CancelledError(what.charAt(0).toUpperCase() + what.slice(1));
}
