/** A room at a glance: who is where, and who is stuck. Pure. */
import type { LessonProgress, Progress } from './progress.js';

export type RoomState = 'done' | 'stuck' | 'working' | 'away';

export interface RoomRow {
  readonly learner: string;
  /** The one they last did something in. */
  readonly lesson: string;
  readonly passed: number;
  readonly steps: number;
  /** Steps whose solution was asked for. */
  readonly solved: number;
  readonly state: RoomState;
  /** Why somebody is stuck: a part of a sentence; empty otherwise. */
  readonly why: string;
  /** Unix time, milliseconds: since when they are at the step they are at. */
  readonly since: number;
}

export interface RoomLimits {
  /** Minutes without a check that passes, after which somebody is stuck. */
  readonly minutes: number;
  /** Checks in a row that do not pass, after which somebody is stuck. */
  readonly checks: number;
}

/** Who did nothing for so long has left the room, or sleeps. Minutes. */
const AWAY = 45;
const ORDER: readonly RoomState[] = ['stuck', 'working', 'done', 'away'];

/** Those first who need the trainer. @param now Unix time, milliseconds */
export function roomOf(all: readonly Progress[], now: number, limits: RoomLimits): RoomRow[] {
  const rows = all.flatMap((progress) => {
    const latest = Object.values(progress.lessons).sort((one, other) => other.active - one.active)[0];
    return latest ? [rowOf(progress.learner, latest, now, limits)] : [];
  });
  const order = ({ state }: RoomRow): number => ORDER.indexOf(state);
  return rows.sort((one, other) => order(one) - order(other) || one.since - other.since);
}

function rowOf(learner: string, own: LessonProgress, now: number, limits: RoomLimits): RoomRow {
  const { title: lesson, steps, advanced: since } = own;
  const passed = own.passed.length;
  const common = { learner, lesson, passed, steps, solved: own.solved.length, since };
  if (steps > 0 && passed >= steps) return { ...common, state: 'done', why: '' };
  if (now - own.active > AWAY * 60_000) return { ...common, state: 'away', why: '' };
  if (own.failed !== null && own.failed.count >= limits.checks)
    return {
      ...common,
      state: 'stuck',
      why: `step ${String(own.failed.step)} failed ${own.failed.count === 1 ? 'once' : `${String(own.failed.count)} times`}`,
    };
  const waiting = Math.floor((now - since) / 60_000);
  if (waiting >= limits.minutes) return { ...common, state: 'stuck', why: `no progress for ${String(waiting)} min` };
  return { ...common, state: 'working', why: '' };
}
