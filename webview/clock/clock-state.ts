/** Where a person is in time: at the end, live, or somewhere on the way, looking or playing. */
import { useSyncExternalStore } from 'react';
import type { Window } from './track.js';

export interface ClockState {
  /** Null: live, the last seconds. */
  readonly window: Window | null;
  /** The moment that the picture shows; null: now. */
  readonly cursor: number | null;
  /** How many times as fast as it was; 0: it stands. */
  readonly speed: number;
  readonly open: boolean;
}

/** Seconds that are seen while live. */
export const LIVE_SPAN = 20;

class Clock {
  private state: ClockState = { window: null, cursor: null, speed: 0, open: true };
  private readonly listeners = new Set<() => void>();

  get now(): ClockState {
    return this.state;
  }

  set(change: Partial<ClockState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export const clock = new Clock();

export function useClock<T>(select: (state: ClockState) => T): T {
  return useSyncExternalStore(clock.subscribe, () => select(clock.now));
}

/** Around a moment that stays where it is on the screen. @param factor Below 1: closer */
export function zoomed({ from, to }: Window, around: number, factor: number): Window {
  const span = Math.min(6 * 3600, Math.max(0.05, (to - from) * factor));
  const share = (around - from) / (to - from);
  return { from: around - share * span, to: around + (1 - share) * span };
}
