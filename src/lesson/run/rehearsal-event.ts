/** What a rehearsal tells while it goes on. */
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { BringUpProgress } from '../../lab/bring-up/bring-up.js';
import type { LabStatus } from '../../lab/status.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Lab } from '../../model/resources.js';
import type { CheckResult } from '../check/verdict.js';
import type { Cell, LessonStep } from '../format/lesson.js';

export type RehearsalEvent =
  | { readonly type: 'progress'; readonly progress: BringUpProgress }
  /** What is being done now: a sentence. */
  | { readonly type: 'doing'; readonly what: string }
  | { readonly type: 'step'; readonly step: LessonStep }
  | { readonly type: 'cell'; readonly cell: Cell }
  /** A line of what the cell prints. */
  | { readonly type: 'output'; readonly line: string }
  /** What a `show` shows. */
  | { readonly type: 'topology'; readonly lab: Lab; readonly status: LabStatus }
  | { readonly type: 'timeline'; readonly events: readonly TimelineEvent[] }
  | {
      readonly type: 'check';
      readonly step: LessonStep;
      readonly moment: 'before' | 'after';
      readonly result: CheckResult;
    }
  | { readonly type: 'problem'; readonly problem: Problem };
