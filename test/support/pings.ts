/** Pings of a test's own through a running lab, for what it says of outages to be compared with. */
import type { ProbePlace } from '../../src/experiment/probe-places.js';
import { pingTarget } from '../../src/experiment/probe-target.js';
import { startProbes } from '../../src/experiment/probing.js';
import { recordOf } from '../../src/experiment/recording.js';
import type { EventOf } from '../../src/experiment/timeline/event.js';
import { type ProbeSummary, probeSummary } from '../../src/experiment/timeline/outages.js';
import { ofKind } from '../../src/experiment/timeline/timeline.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import type { Lab } from '../../src/model/resources.js';

export interface Pings {
  /** Resolves with the first answer to any of them. */
  readonly answered: Promise<EventOf<'probe'>>;
  /** Resolves when each of them has lost something and was answered again. */
  readonly mended: Promise<void>;
  /** Ends them, and tells what became of each. */
  stop(): Promise<ProbeSummary[]>;
}

export async function startPings(
  running: RunningLab,
  lab: Lab,
  places: readonly ProbePlace[],
  intervalMs = 20,
): Promise<Pings> {
  const recorder = recordOf(lab, 'pings of a test', 0);
  const targets = places.map((place, index) => pingTarget(place, index + 1, intervalMs));
  const answered = new Promise<EventOf<'probe'>>((resolve) => {
    recorder.listen((event) => {
      if (event.kind === 'probe' && event.outcome === 'answered') resolve(event);
    });
  });
  const ids = targets.map(({ id }) => id);
  const broken = new Set<string>();
  const mended = new Promise<void>((resolve) => {
    const back = new Set<string>();
    recorder.listen((event) => {
      if (event.kind !== 'probe') return;
      if (event.outcome === 'lost') broken.add(event.probe);
      if (event.outcome === 'answered' && broken.has(event.probe)) back.add(event.probe);
      if (ids.every((id) => back.has(id))) resolve();
    });
  });
  const probing = await startProbes(running, targets, recorder, () => undefined);
  return {
    answered,
    mended,
    stop: async () => {
      await probing.stop();
      const timeline = recorder.timeline();
      if (ofKind(timeline.events, 'probe').length === 0) throw new Error('No ping was sent.');
      return targets.map(({ id }) => probeSummary(timeline, id));
    },
  };
}
