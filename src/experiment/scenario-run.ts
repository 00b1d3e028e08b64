/** One run of a scenario: how it is wanted, and what came of it. Values only. */
import type { Injection } from '../lab/break/break-and-mend.js';
import type { ScenarioFault } from '../model/scenario.js';
import type { Aim } from './aim.js';
import type { ProbeTarget } from './probe-target.js';
import type { TimelineEvent } from './timeline/event.js';
import type { TimelineRecorder } from './timeline/recorder.js';
import type { Timeline } from './timeline/timeline.js';

export interface RunOptions {
  /** 1, 2, … of `times`: the runs are spread over one interval of advertisements. */
  readonly run: number;
  readonly times: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: TimelineEvent) => void;
  /** Milliseconds between two pings, where the scenario names no probes. */
  readonly intervalMs?: number | undefined;
  /** True: probes and the recording end before it is healed, so that the fault alone is measured. */
  readonly endBeforeHealing?: boolean | undefined;
  /** Before the first event; its header grows with the probes. */
  readonly onRecord?: (record: Pick<TimelineRecorder, 'header'>) => void;
}

/** What struck, for whoever says what theory expects of it. */
export interface Struck {
  readonly scenario: ScenarioFault;
  readonly aim: Aim;
  /** Milliseconds of the timeline: when it was ordered, and when the order was carried out. */
  readonly from: number;
  readonly to: number;
  /** When it was healed while the probes ran; null where that was not before the end. */
  healed: number | null;
  readonly remarks: readonly string[];
  readonly marks: Injection['marks'];
}

export interface ScenarioRun {
  readonly timeline: Timeline;
  /** What was probed. */
  readonly targets: readonly ProbeTarget[];
  readonly struck: readonly Struck[];
}
