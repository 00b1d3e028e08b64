/** An experiment: a scenario of a lab, run as often as asked, judged and compared. */
import type { RunningLab } from '../lab/running-lab.js';
import type { Lab } from '../model/resources.js';
import type { FaultWord, Scenario } from '../model/scenario.js';
import { type ExperimentReport, type ReportedRun, spread } from './experiment-report.js';
import { judgeRun } from './judge-run.js';
import { recordedOnNeutron } from './neutron-record.js';
import { timersOf } from './recording.js';
import { runScenario } from './run-scenario.js';
import type { RunOptions } from './scenario-run.js';
import { type Prediction, masterDownTimer, unharmed } from './theory.js';
import type { TimelineEvent } from './timeline/event.js';
import type { Timeline } from './timeline/timeline.js';

export interface ExperimentOptions extends Pick<RunOptions, 'intervalMs' | 'endBeforeHealing'> {
  readonly times: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TimelineEvent, run: number) => void;
  readonly onRecord?: RunOptions['onRecord'];
  readonly onRun?: (run: ReportedRun, timeline: Timeline) => void;
}

/** @throws what `runScenario` throws */
export async function runExperiment(
  running: RunningLab,
  lab: Lab,
  scenario: Scenario,
  { times, signal, intervalMs, endBeforeHealing, onEvent, onRecord, onRun }: ExperimentOptions,
): Promise<{ readonly report: ExperimentReport; readonly timelines: readonly Timeline[] }> {
  const runs: ReportedRun[] = [];
  const timelines: Timeline[] = [];
  for (let run = 1; run <= times; run += 1) {
    const done = await runScenario(running, lab, scenario, {
      run,
      times,
      signal,
      intervalMs,
      endBeforeHealing,
      ...(onRecord && { onRecord }),
      ...(onEvent && {
        onEvent: (event: TimelineEvent) => {
          onEvent(event, run);
        },
      }),
    });
    const judged = judgeRun(lab, done, run);
    runs.push(judged);
    timelines.push(done.timeline);
    onRun?.(judged, done.timeline);
  }
  return { report: reportOf(lab, scenario, runs), timelines };
}

export function reportOf(lab: Lab, scenario: Scenario, runs: readonly ReportedRun[]): ExperimentReport {
  const outage = spread(runs.map(({ outage_s: one }) => one));
  const theory = typicalTheory(runs);
  const names = runs[0]?.probes.map(({ name }) => name) ?? [];
  const [first] = scenario.faults;
  return {
    lab: lab.name,
    title: scenario.title ?? lab.name,
    story: scenario.story,
    advert_int_s: lab.config.ha_vrrp_advert_int,
    runs,
    outage_s: outage,
    healing_outage_s: spread(runs.map(({ healing }) => healing.outage_s)),
    probes: Object.fromEntries(
      names.map((name) => [
        name,
        spread(runs.map(({ probes }) => probes.find((one) => one.name === name)?.outage_s ?? 0)),
      ]),
    ),
    theory,
    agrees: outage.median >= theory.low && outage.median <= theory.high,
    agreeing: runs.filter(({ agrees }) => agrees).length,
    neutron: first
      ? recordedOnNeutron(scenario.faults, {
          ha: lab.routers.some(({ ha }) => ha),
          respawnsEarly: lab.config.check_child_processes_interval < masterDownTimer(timersOf(lab)),
        })
      : null,
    expectations: expectationsOf(scenario, outage.max),
  };
}

/** What happens in some runs only, as frames that go astray, widens their range: the middle one is held against the median. */
function typicalTheory(runs: readonly ReportedRun[]): Prediction {
  const byLength = runs.map(({ theory }) => theory).sort((one, other) => one.high - other.high);
  return byLength[(byLength.length - 1) >> 1] ?? unharmed('Nothing was run.');
}

/** Of a file with limits alone each fault is a scenario of its own: the others' limits say nothing about it. */
function expectationsOf({ faults, expectations }: Scenario, longest: number): ExperimentReport['expectations'] {
  const struck = new Set<FaultWord>(faults.map(({ fault }) => fault));
  return expectations
    .filter(({ fault }) => struck.has(fault))
    .map(({ fault, below }) => ({ fault, below_s: below, measured_s: longest, met: longest < below }));
}
