/** Probes that run while a picture is open: pings through the routers, and what a person wants between two ends. */
import * as l10n from '@vscode/l10n';
import { probesThrough } from '../../experiment/probe-places.js';
import { type ProbeTarget, pingTarget, targetOf } from '../../experiment/probe-target.js';
import { startProbes } from '../../experiment/probing.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { LabError } from '../../model/errors.js';
import type { ProbeWord, ScenarioProbe } from '../../model/scenario.js';

/** Milliseconds between two requests. A lease is asked for no more often than a server likes. */
export const INTERVALS: Readonly<Record<ProbeWord, number>> = { ping: 20, tcp: 100, http: 200, dhcp: 1000 };

/** More lanes than that are no picture. */
const MOST_PROBES = 6;

interface Stoppable {
  stop(): Promise<void>;
}

export class LiveProbes {
  private readonly running = new Map<string, Stoppable>();
  private number = 0;

  constructor(
    private readonly live: LiveLab,
    private readonly recorder: TimelineRecorder,
  ) {}

  /** Those that run now, by their ids in the timeline. */
  get ids(): readonly string[] {
    return [...this.running.keys()];
  }

  /** Pings between what has a router between it. @throws LabError where nothing has */
  async startThroughRouters(): Promise<void> {
    const { lab } = this.live;
    const places = lab.routers.flatMap((router) => probesThrough(lab, router, [])).slice(0, MOST_PROBES);
    if (places.length === 0)
      throw new LabError(
        'NothingToProbe',
        l10n.t('No two hosts of {0} have a router between them.', lab.name),
        l10n.t('Add an instance to each of two networks of a router.'),
      );
    for (const place of places) await this.run(pingTarget(place, this.next(), INTERVALS.ping));
  }

  /** @throws LabError where the lab has no such ends */
  async start(probe: Pick<ScenarioProbe, 'kind' | 'from' | 'to'>): Promise<void> {
    await this.run(targetOf(this.live.lab, { ...probe, interval: INTERVALS[probe.kind] }, this.next()));
  }

  async stop(id: string): Promise<void> {
    const probe = this.running.get(id);
    this.running.delete(id);
    await probe?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled(this.ids.map((id) => this.stop(id)));
  }

  private next(): number {
    this.number += 1;
    return this.number;
  }

  /** What ran before goes on in its lane. */
  private async run(target: ProbeTarget): Promise<void> {
    const known = this.recorder.header.probes.find(({ name, kind }) => name === target.name && kind === target.kind);
    const id = known?.id ?? target.id;
    if (this.running.has(id)) return;
    this.running.set(id, await startProbes(this.live.running, [{ ...target, id }], this.recorder, () => undefined));
  }
}
