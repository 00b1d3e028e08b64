/** Probes that run while a picture is open: pings through the routers, and what a person wants between two ends. */
import * as l10n from '@vscode/l10n';
import { type ProbePlace, probesThrough } from '../../experiment/probe-places.js';
import { type ProbeTarget, pingTarget, targetOf } from '../../experiment/probe-target.js';
import { startProbes } from '../../experiment/probing.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { LabError } from '../../model/errors.js';
import type { ProbeWish } from '../../experiment/timeline/recording-text.js';
import type { ProbeWord } from '../../model/scenario.js';

/** Milliseconds between two requests. A lease is asked for no more often than a server likes. */
export const INTERVALS: Readonly<Record<ProbeWord, number>> = { ping: 20, tcp: 100, http: 200, dhcp: 1000 };

/** More lanes than that are no picture. */
const MOST_PROBES = 6;

type Ends = Extract<ProbeWish, { from: string }>;

interface RunningProbe {
  readonly wish: ProbeWish;
  stop(): Promise<void>;
}

export class LiveProbes {
  private readonly running = new Map<string, RunningProbe>();
  private number: number;

  constructor(
    private readonly live: LiveLab,
    private readonly recorder: TimelineRecorder,
  ) {
    // A recording that goes on has probes already, by the numbers in their ids.
    this.number = Math.max(0, ...recorder.header.probes.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0)));
  }

  /** Those that run now, by their ids in the timeline. */
  get ids(): readonly string[] {
    return [...this.running.keys()];
  }

  /** As they were asked for. */
  get wishes(): readonly ProbeWish[] {
    return [...this.running.values()].map(({ wish }) => wish);
  }

  /** Pings between what has a router between it. @throws LabError where nothing has */
  async startThroughRouters(): Promise<void> {
    const { lab } = this.live;
    const places = this.placesThroughRouters();
    if (places.length === 0)
      throw new LabError(
        'NothingToProbe',
        l10n.t('No two hosts of {0} have a router between them.', lab.name),
        l10n.t('Add an instance to each of two networks of a router.'),
      );
    for (const place of places) await this.ping(place);
  }

  /** @throws LabError where the lab has no such ends */
  async start(ends: Ends): Promise<void> {
    await this.run(ends, targetOf(this.live.lab, { ...ends, interval: INTERVALS[ends.kind] }, this.next()));
  }

  /** What ran before; without what the lab has no ends for any more. */
  async startAgain(wishes: readonly ProbeWish[]): Promise<void> {
    const places = this.placesThroughRouters();
    for (const wish of wishes) {
      if ('kind' in wish) await this.start(wish).catch(() => undefined);
      else for (const place of places) if (place.name === wish.through) await this.ping(place).catch(() => undefined);
    }
  }

  async stop(id: string): Promise<void> {
    const probe = this.running.get(id);
    this.running.delete(id);
    await probe?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled(this.ids.map((id) => this.stop(id)));
  }

  private placesThroughRouters(): ProbePlace[] {
    const { lab } = this.live;
    return lab.routers.flatMap((router) => probesThrough(lab, router, [])).slice(0, MOST_PROBES);
  }

  private async ping(place: ProbePlace): Promise<void> {
    await this.run({ through: place.name }, pingTarget(place, this.next(), INTERVALS.ping));
  }

  private next(): number {
    this.number += 1;
    return this.number;
  }

  /** What ran before goes on in its lane. */
  private async run(wish: ProbeWish, target: ProbeTarget): Promise<void> {
    const known = this.recorder.header.probes.find(({ name, kind }) => name === target.name && kind === target.kind);
    const id = known?.id ?? target.id;
    if (this.running.has(id)) return;
    const probe = await startProbes(this.live.running, [{ ...target, id }], this.recorder, () => undefined);
    this.running.set(id, { wish, stop: () => probe.stop() });
  }
}
