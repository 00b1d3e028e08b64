/** Probes that run in the nodes, and what became of their requests, taken down in a timeline. */
import type { ProbeEvent } from '../lab/node/node-events.js';
import { NodeUnreachable, type Subscription } from '../lab/node/node-session.js';
import type { RunningLab } from '../lab/running-lab.js';
import type { ProbeTarget } from './probe-target.js';
import type { EventOf } from './timeline/event.js';
import type { TimelineRecorder } from './timeline/recorder.js';

export interface Probing {
  /** Whether a request that was sent after `t` (milliseconds, the nodes' clock) was answered in time, for each probe. */
  readonly answeredSince: (t: number) => boolean;
  /** Those that were not. */
  readonly silentSince: (t: number) => readonly string[];
  stop(): Promise<void>;
}

/**
 * All at once. A probe whose node goes down is silent from then on.
 * @param onEvent after each event
 */
export async function startProbes(
  running: RunningLab,
  targets: readonly ProbeTarget[],
  recorder: TimelineRecorder,
  onEvent: () => void,
): Promise<Probing> {
  const lastAnswered = new Map<string, number>();
  const probes: Subscription[] = [];
  const echoes: Subscription[] = [];
  const stop = async (): Promise<void> => {
    await Promise.allSettled(probes.map((one) => one.stop()));
    // The other ends go last: a connection that they close would be told as one that broke.
    await Promise.allSettled(echoes.map((one) => one.stop()));
  };
  try {
    for (const { echo } of targets) {
      if (echo === null) continue;
      try {
        echoes.push(await (await running.session(echo.node)).echo(echo.namespace, echo.port));
      } catch (error) {
        // Two connections to one host share what listens there.
        if (error instanceof NodeUnreachable || !isInUse(error)) throw error;
      }
    }
    for (const { id, name, kind, node, request } of targets) {
      recorder.addProbe({ id, name, kind, node, interval: request.intervalMs });
      const session = await running.session(node);
      probes.push(
        await session.probe(request, (event) => {
          const told = eventOf(id, node, event);
          if (told === null) return;
          recorder.add(told);
          if (told.outcome === 'answered') lastAnswered.set(id, Math.max(lastAnswered.get(id) ?? -Infinity, told.sent));
          onEvent();
        }),
      );
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const silentSince = (t: number): string[] =>
    targets.filter(({ id }) => (lastAnswered.get(id) ?? -Infinity) <= t).map(({ name }) => name);
  return { silentSince, answeredSince: (t) => silentSince(t).length === 0, stop };
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Address already in use');
}

/** Null for what says nothing about a request. */
function eventOf(probe: string, node: string, event: ProbeEvent): EventOf<'probe'> | null {
  const base = { kind: 'probe', node, source: 'probe', probe } as const;
  switch (event.type) {
    case 'reply': {
      const outcome = event.dup === true ? 'duplicate' : event.late === true ? 'late' : 'answered';
      const rtt = Math.round((event.t - event.sent) * 1e6) / 1000;
      return { ...base, t: event.t * 1000, seq: event.seq, outcome, sent: milliseconds(event.sent), rtt };
    }
    case 'lost': {
      const sent = milliseconds(event.sent);
      const error = event.error === undefined ? {} : { error: event.error };
      return { ...base, t: sent + PATIENCE, seq: event.seq, outcome: 'lost', sent, rtt: null, ...error };
    }
    case 'broken': {
      const t = milliseconds(event.t);
      return { ...base, t, seq: event.seq, outcome: 'failed', sent: t, rtt: null, error: event.error };
    }
    case 'done':
      return null;
  }
}

/** Milliseconds after which a request that nobody answered is lost (containers/node/lib/NeutronLab/Probe.pm). */
const PATIENCE = 1000;

/** Whole microseconds, which is what the nodes tell. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1000;
}
