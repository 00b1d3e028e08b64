/** A failover: the MASTER of one router is broken, measured and healed. An experiment whose scenario follows from the fault. */
import { replicaPlaces } from '../lab/replica.js';
import type { RunningLab } from '../lab/running-lab.js';
import { LabError } from '../model/errors.js';
import { indexLab } from '../model/lab-queries.js';
import type { Lab } from '../model/resources.js';
import type { Scenario, ScenarioFault } from '../model/scenario.js';
import { runExperiment } from './experiment.js';
import { type ExperimentReport, type ReportedProbe, type ReportedRun, spread } from './experiment-report.js';
import { FailoverFollower, type FailoverProgress } from './failover-progress.js';
import type { FailoverFault, FailoverReport, FailoverRun, ProbeResult } from './failover-report.js';
import { PRIORITY } from './recording.js';
import type { TimelineEvent } from './timeline/event.js';
import { type Timeline, ofKind } from './timeline/timeline.js';
import { ToldInOrder } from './told-in-order.js';

export interface FailoverOptions {
  readonly routerId: string;
  readonly fault: FailoverFault;
  readonly times: number;
  /** Milliseconds between two requests of a probe. */
  readonly intervalMs: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FailoverProgress) => void;
}

/** In the words of a scenario. */
const IN_SCENARIO: Readonly<Record<FailoverFault, Pick<ScenarioFault, 'fault' | 'more'>>> = {
  node: { fault: 'node', more: {} },
  stop: { fault: 'stop', more: {} },
  freeze: { fault: 'freeze', more: {} },
  keepalived: { fault: 'keepalived', more: { how: 'kill' } },
  'keepalived-parent': { fault: 'keepalived', more: { how: 'kill-parent' } },
  terminate: { fault: 'keepalived', more: { how: 'terminate' } },
  link: { fault: 'link', more: { device: 'ha' } },
  underlay: { fault: 'underlay', more: {} },
  partition: { fault: 'partition', more: {} },
};

function scenarioOf(routerId: string, fault: FailoverFault): Scenario {
  const strike = { ...IN_SCENARIO[fault], at: 0, heal: null, on: routerId, replica: 'MASTER' } as const;
  return { title: null, story: null, probes: [], faults: [strike], watch: null, expectations: [] };
}

/** @throws LabError when the router is not HA, has fewer than two replicas, or nothing answers before the fault */
export async function measureFailover(
  running: RunningLab,
  lab: Lab,
  options: FailoverOptions,
): Promise<FailoverReport> {
  const { routerId, fault, times, intervalMs, signal, onProgress = () => undefined } = options;
  const router = lab.routers.find(({ id }) => id === routerId);
  const places = replicaPlaces(indexLab(lab)).filter((place) => place.router.id === routerId);
  if (!router || places.length < 2) {
    throw new LabError(
      'NoFailover',
      `Router "${router?.name ?? routerId}" has ${places.length < 1 ? 'no replicas' : 'only one replica'}, so nobody can take over.`,
      'A failover needs a router with `ha: true` and two nodes with an l3 agent.',
    );
  }
  const runs: FailoverRun[] = [];
  let follower = new FailoverFollower(routerId, fault, 1);
  const begin = (run: number): void => {
    follower = new FailoverFollower(routerId, fault, run);
    onProgress({ type: 'stage', run, stage: 'waiting', detail: 'for exactly one MASTER' });
  };
  const told = new ToldInOrder<TimelineEvent>((event) => {
    const progress = follower.progress(event);
    if (progress) onProgress(progress);
  });
  begin(1);
  const { report } = await runExperiment(running, lab, scenarioOf(routerId, fault), {
    times,
    intervalMs,
    endBeforeHealing: true,
    ...(signal && { signal }),
    onEvent: (event) => {
      if (FailoverFollower.follows(event)) told.add(event);
    },
    onRun: (reported, timeline) => {
      told.flush();
      const result = failoverRun(fault, reported, timeline);
      runs.push(result);
      onProgress({ type: 'run', run: reported.run, result });
      if (reported.run < times) begin(reported.run + 1);
    },
  }).finally(() => {
    told.flush();
  });
  return { ...summary(report, runs), router: router.name, fault, probe_interval_ms: intervalMs };
}

function summary(
  { lab, advert_int_s, agreeing }: ExperimentReport,
  runs: readonly FailoverRun[],
): Omit<FailoverReport, 'router' | 'fault' | 'probe_interval_ms'> {
  const { median, min, max } = spread(runs.map(({ outage_s: one }) => one));
  const outages = { outage_median_s: median, outage_min_s: min, outage_max_s: max };
  return { lab, advert_int_s, priority: PRIORITY, runs, ...outages, agreeing };
}

function failoverRun(fault: FailoverFault, run: ReportedRun, timeline: Timeline): FailoverRun {
  const { active_before: before, since_last_advert_s, takeover_s, several_masters, roles, outage_s } = run;
  const { theory, expected, agrees, explanation } = run;
  return {
    fault,
    active_before: before[0] ?? '',
    active_after: run.successor,
    since_last_advert_s,
    takeover_s,
    several_masters,
    roles,
    probes: run.probes.map(probeResult),
    outage_s,
    theory,
    expected,
    agrees,
    explanation,
    healed_s: healedAfter(timeline),
  };
}

function probeResult({ name, sent, lost, duplicates, outage_s, outages }: ReportedProbe): ProbeResult {
  return {
    name,
    sent,
    received: sent - lost,
    lost,
    duplicates,
    outage_s,
    outages: outages.map(({ at_s: begins_s, length_s, lost: count }) => ({ begins_s, length_s, lost: count })),
  };
}

/** Seconds from the order to heal to the replica being there again. */
function healedAfter({ events }: Timeline): number {
  const marks = ofKind(events, 'mark');
  const from = marks.find(({ phase }) => phase === 'healing')?.t ?? 0;
  const to = marks.find(({ phase }) => phase === 'done')?.t ?? from;
  return (to - from) / 1000;
}
