/** Recorded runs that this one can be compared with, and the one that it is compared with now. */
import { useSyncExternalStore } from 'react';
import type { RunsToCompare } from '../../src/picture/messages.js';
import { store } from '../store.js';
import { TrackBuilder } from './build-track.js';
import type { Track } from './track.js';

export interface OtherRun {
  readonly name: string;
  readonly track: Track;
}

interface Comparison {
  readonly runs: readonly OtherRun[];
  readonly chosen: OtherRun | null;
}

class OtherRuns {
  private comparison: Comparison = { runs: [], chosen: null };
  private readonly listeners = new Set<() => void>();

  get now(): Comparison {
    return this.comparison;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What a person has just chosen a file for is what he wants to see. */
  take({ runs, show }: RunsToCompare): void {
    const tracks = runs.map(({ name, header, events, packets }) => {
      const builder = new TrackBuilder(header);
      builder.addPackets(packets);
      builder.add(events);
      return { name, track: builder.track(store.now.snapshot?.picture ?? null) };
    });
    this.tell({ runs: tracks, chosen: show ? (tracks.at(-1) ?? null) : null });
  }

  choose(name: string | null): void {
    const chosen = this.comparison.runs.find((run) => run.name === name) ?? null;
    this.tell({ ...this.comparison, chosen });
  }

  private tell(comparison: Comparison): void {
    this.comparison = comparison;
    for (const listener of this.listeners) listener();
  }
}

export const otherRuns = new OtherRuns();

export function useOtherRuns(): Comparison {
  return useSyncExternalStore(otherRuns.subscribe, () => otherRuns.now);
}
