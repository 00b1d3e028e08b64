/** How far a learner is, as a value. Pure. */
import { z } from 'zod';

const step = z.int().min(1).max(99);
/** Unix time, milliseconds. */
const time = z.number().min(0);

const lessonProgress = z.object({
  title: z.string().max(300),
  /** How many steps it has. */
  steps: z.int().min(0).max(99),
  passed: z.array(step).max(99),
  /** Of these, the ones whose solution was asked for. */
  solved: z.array(step).max(99),
  /** Checks in a row that did not pass, and of which step. */
  failed: z.object({ step, count: z.int().min(1) }).nullable(),
  began: time,
  /** When a check last passed for the first time, or the lesson began. */
  advanced: time,
  /** When the learner last did anything in it. */
  active: time,
});

export const progressSchema = z.object({
  version: z.literal(1),
  learner: z.string().min(1).max(100),
  /** By the name of the lesson's folder. */
  lessons: z.record(z.string().max(200), lessonProgress),
});

export type LessonProgress = z.infer<typeof lessonProgress>;
export type Progress = z.infer<typeof progressSchema>;

/** Something that a learner did. */
export type Deed = { readonly lesson: string; readonly title: string; readonly steps: number } & (
  | { readonly do: 'open' }
  | { readonly do: 'check'; readonly step: number; readonly passed: boolean }
  | { readonly do: 'solve'; readonly solved: readonly number[] }
  | { readonly do: 'reset' }
);

export function noProgress(learner: string): Progress {
  return { version: 1, learner, lessons: {} };
}

/** @param now Unix time, milliseconds */
export function afterDeed(progress: Progress, deed: Deed, now: number): Progress {
  const { lesson: id, title, steps } = deed;
  const before: LessonProgress = progress.lessons[id] ?? {
    ...{ title, steps, passed: [], solved: [], failed: null },
    ...{ began: now, advanced: now, active: now },
  };
  const own = { ...changed(before, deed, now), title, steps, active: now };
  return { ...progress, lessons: { ...progress.lessons, [id]: own } };
}

function changed(before: LessonProgress, deed: Deed, now: number): LessonProgress {
  switch (deed.do) {
    case 'open':
      return before;
    case 'reset':
      return { ...before, passed: [], solved: [], failed: null, advanced: now };
    case 'solve':
      return { ...pass(before, deed.solved, now), solved: union(before.solved, deed.solved) };
    case 'check': {
      if (deed.passed) return pass(before, [deed.step], now);
      const count = before.failed?.step === deed.step ? before.failed.count + 1 : 1;
      return { ...before, failed: { step: deed.step, count } };
    }
  }
}

function pass(before: LessonProgress, steps: readonly number[], now: number): LessonProgress {
  const passed = union(before.passed, steps);
  const advanced = passed.length > before.passed.length ? now : before.advanced;
  return { ...before, passed, advanced, failed: null };
}

function union(one: readonly number[], other: readonly number[]): number[] {
  return [...new Set([...one, ...other])].sort((a, b) => a - b);
}
