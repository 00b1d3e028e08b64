/** What happens to our containers, as the engine tells it. */
import type Docker from 'dockerode';
import { z } from 'zod';
import { abortable, attempt } from './engine-answers.js';
import { EngineGoneError } from './engine-errors.js';
import { jsonLines } from './lines.js';
import { LABEL, type EngineEvent } from './runtime.js';

const types = [
  'start',
  'die',
  'pause',
  'unpause',
  'destroy',
  'create',
  'kill',
] as const satisfies EngineEvent['type'][];

const message = z.object({
  Action: z.enum(types),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
  time: z.number(),
  timeNano: z.number().optional(),
});

/**
 * @param since Unix time in seconds from which on nothing is missed; null where the engine's clock may be another one:
 * then from the first `next()` on.
 */
export async function* engineEvents(
  docker: Docker,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void, undefined> {
  const what = "the engine's events";
  try {
    const options = {
      filters: { type: ['container' as const], label: [LABEL.lab], event: [...types] },
      ...(since === null ? {} : { since }),
      ...abortable(signal),
    };
    const stream = await attempt({ what, signal }, () => docker.getEvents(options));
    for await (const line of jsonLines(stream)) {
      const event = message.safeParse(line);
      if (event.success) yield toEvent(event.data);
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof EngineGoneError ? error : new EngineGoneError(what, String(error));
  }
  if (!signal.aborted) throw new EngineGoneError(what, 'the engine ended them');
}

function toEvent({ Action, Actor, time, timeNano }: z.infer<typeof message>): EngineEvent {
  return {
    type: Action,
    lab: Actor.Attributes[LABEL.lab] ?? '',
    node: Actor.Attributes[LABEL.node] ?? '',
    id: Actor.ID,
    time: timeNano === undefined ? time : timeNano / 1e9,
  };
}
