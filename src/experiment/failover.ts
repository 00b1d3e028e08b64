/** Breaks the MASTER of a router, measures what its users lose, and heals it. */
import { nodeClock } from '../lab/clock.js';
import { inject, mend, removeFault } from '../lab/failures.js';
import type { Fault } from '../lab/fault.js';
import type { NodeEvent } from '../lab/node-events.js';
import { waitUntilReady } from '../lab/ready.js';
import { type ReplicaPlace, replicaPlaces } from '../lab/replica.js';
import type { RunningLab } from '../lab/running-lab.js';
import { type LabEvent, watchLab } from '../lab/watch.js';
import { LabError } from '../model/errors.js';
import { indexLab } from '../model/lab-queries.js';
import type { Lab, Router } from '../model/resources.js';
import { explain } from './explain.js';
import type { FailoverFault, FailoverReport, FailoverRun, RoleChange } from './failover-report.js';
import { type ProbePlace, type RunningProbe, probesThrough, startProbe } from './probe.js';
import { type MasterFault, type OutageQuestion, masterDownTimer, predictOutage } from './theory.js';
import { Watchpoint } from './watchpoint.js';

export type FailoverProgress =
  | {
      readonly type: 'stage';
      readonly run: number;
      readonly stage: 'waiting' | 'probing' | 'fault' | 'takeover' | 'healing' | 'done';
      readonly detail: string;
    }
  | { readonly type: 'role'; readonly run: number; readonly change: RoleChange }
  | { readonly type: 'run'; readonly run: number; readonly result: FailoverRun };

export interface FailoverOptions {
  readonly routerId: string;
  readonly fault: FailoverFault;
  readonly times: number;
  readonly intervalMs: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FailoverProgress) => void;
}

/** Neutron gives every replica the same (neutron/agent/linux/keepalived.py, HA_DEFAULT_PRIORITY). */
const PRIORITY = 50;

/** Seconds of watching after the traffic is back: an outage may have a second part. */
const AFTERMATH = 2;

const IN_THEORY: Readonly<Record<FailoverFault, MasterFault>> = {
  node: 'node-killed',
  stop: 'node-stopped',
  freeze: 'node-frozen',
  keepalived: 'keepalived-killed',
  'keepalived-parent': 'keepalived-parent-killed',
  terminate: 'keepalived-terminated',
  link: 'ha-link-down',
  underlay: 'underlay-cut',
  partition: 'vrrp-partition',
};

/** Faults after which nothing on the node itself can be asked or seen any more. */
const TAKES_NODE: ReadonlySet<FailoverFault> = new Set(['node', 'stop', 'freeze', 'underlay']);

function faultOn(kind: FailoverFault, router: string, node: string, others: readonly string[]): Fault {
  switch (kind) {
    case 'node':
      return { kind: 'node', node, graceful: false };
    case 'stop':
      return { kind: 'node', node, graceful: true };
    case 'freeze':
      return { kind: 'freeze', node };
    case 'keepalived':
      return { kind: 'keepalived', node, router, how: 'kill' };
    case 'keepalived-parent':
      return { kind: 'keepalived', node, router, how: 'kill-parent' };
    case 'terminate':
      return { kind: 'keepalived', node, router, how: 'terminate' };
    case 'link':
      return { kind: 'link', node, router, device: 'ha' };
    case 'underlay':
      return { kind: 'link', node, router: null, device: 'underlay' };
    case 'partition':
      return { kind: 'partition', node, from: others, router };
  }
}

interface Scene {
  readonly running: RunningLab;
  readonly lab: Lab;
  readonly router: Router;
  readonly places: readonly ReplicaPlace[];
  readonly options: FailoverOptions;
}

/** Heals what one run broke, on every node that it touched. */
async function heal(scene: Scene, active: string, others: readonly string[]): Promise<void> {
  const { running, lab, router, options } = scene;
  if (options.fault === 'partition') {
    const name = `partition-${router.id}`;
    await Promise.all([active, ...others].map((node) => removeFault(running, lab, node, name)));
  } else {
    await mend(running, lab, active);
  }
}

async function runOnce(scene: Scene, run: number): Promise<FailoverRun> {
  const { running, lab, router, places, options } = scene;
  const { fault, signal } = options;
  const report = options.onProgress ?? ((): void => undefined);
  const stage = (name: Extract<FailoverProgress, { type: 'stage' }>['stage'], detail: string): void => {
    report({ type: 'stage', run, stage: name, detail });
  };

  stage('waiting', 'for exactly one MASTER');
  const status = await waitUntilReady(running, lab, signal ? { signal } : {});
  const active = status.routers.find(({ id }) => id === router.id)?.active_on[0];
  if (active === undefined)
    throw new LabError('NoMaster', `Router "${router.name}" has no MASTER.`, 'See `neutron-lab status`.');
  const others = places.map(({ node }) => node).filter((node) => node !== active);
  const masterAddress = places.find(({ node }) => node === active)?.haAddress;
  const now = nodeClock(await (await running.session(others[0] ?? active)).hello());

  const watchpoint = new Watchpoint();
  const roles: { t: number; change: Omit<RoleChange, 'at_s'> }[] = [];
  let lastAdvert: number | null = null;
  let newMaster: { node: string; t: number } | null = null;
  let faultAt = Infinity;
  const takeAdvert = (node: string, event: NodeEvent): void => {
    if (event.type !== 'advert' || node === active || event.source !== masterAddress) return;
    // The farewell of priority 0 starts another timer; it is no sign of life.
    if (event.priority > 0 && newMaster === null) lastAdvert = event.t;
  };
  const take = (event: LabEvent): void => {
    if (event.type === 'raw') takeAdvert(event.node, event.event);
    if (event.type === 'role' && event.router === router.name) {
      const t = event.t ?? now();
      roles.push({ t, change: { node: event.node, role: event.role } });
      if (event.role === 'MASTER' && event.node !== active && t >= faultAt) newMaster ??= { node: event.node, t };
      report({ type: 'role', run, change: { at_s: t - Math.min(faultAt, t), node: event.node, role: event.role } });
    }
    watchpoint.stir();
  };

  const avoid = TAKES_NODE.has(fault) ? [active] : [];
  const targets: ProbePlace[] = probesThrough(lab, router, avoid);
  const watching = await watchLab(running, lab, take, ['adverts']);
  const probes: RunningProbe[] = [];
  let broken = false;
  try {
    stage('probing', targets.map(({ name }) => name).join(', '));
    for (const target of targets) {
      probes.push(
        await startProbe(running, target, options.intervalMs, () => {
          watchpoint.stir();
        }),
      );
    }
    const answered = await watchpoint.until(() => probes.every(({ record }) => record.answeredSince(0)), 15, signal);
    if (!answered) {
      const silent = probes.filter(({ record }) => !record.answeredSince(0)).map(({ record }) => record.place.name);
      throw new LabError(
        'ProbeUnanswered',
        `No answer before anything was broken: ${silent.join(', ')}.`,
        'See `neutron-lab status`; is something broken already?',
      );
    }
    const { ha_vrrp_advert_int: advertInt } = lab.config;
    // The outage depends on how long ago the last advertisement was: the runs are spread over one interval.
    const begin = lastAdvert as number | null;
    await watchpoint.until(() => lastAdvert !== begin, 2 * advertInt + 1, signal);
    const moment = now() + ((run - 0.5) / options.times) * advertInt;
    await watchpoint.until(() => now() >= moment, moment - now(), signal);

    stage('fault', `${fault} on ${active}`);
    const before = now();
    faultAt = before;
    broken = true;
    await inject(running, lab, faultOn(fault, router.id, active, others));
    const after = now();

    const timers = { advertInt, priority: PRIORITY, version: 2 as const };
    stage('takeover', `by ${others.join(' or ')}`);
    await watchpoint.until(() => newMaster !== null, masterDownTimer(timers) + 20, signal);
    const taken = newMaster as { node: string; t: number } | null;
    const since = taken?.t ?? after;
    await watchpoint.until(() => probes.every(({ record }) => record.answeredSince(since)), 60, signal);
    const end = now() + AFTERMATH;
    await watchpoint.until(() => now() >= end, AFTERMATH, signal);
    await Promise.all(probes.map((probe) => probe.stop()));

    // The engine needs a moment to carry out the order: the first lost request tells when it had.
    const firstLost = Math.min(
      ...probes.flatMap(({ record }) => record.result(0).outages.map((outage) => outage.begins_s)),
    );
    faultAt = Math.min(Math.max(before, firstLost - options.intervalMs / 2000), after);
    const heard = lastAdvert as number | null;
    const question: OutageQuestion = { fault: IN_THEORY[fault], ...timers };
    const sinceLastAdvert = heard === null ? null : Math.max(0, faultAt - heard);
    const theory = predictOutage(question);
    const expected = sinceLastAdvert === null ? null : predictOutage({ ...question, sinceLastAdvert });
    const results = probes.map(({ record }) => record.result(faultAt));
    const outage = Math.max(0, ...results.map((result) => result.outage_s));
    const changes = roles.filter(({ t }) => t >= before).map(({ t, change }) => ({ at_s: t - faultAt, ...change }));
    const takeover = taken === null ? null : taken.t - faultAt;

    stage('healing', active);
    const healBegin = now();
    await heal(scene, active, others);
    broken = false;
    await waitUntilReady(running, lab, signal ? { signal } : {});
    stage('done', `${outage.toFixed(2)} s`);
    const verdict = explain({ outage, theory, expected, takeover, roles: changes, activeBefore: active });
    return {
      fault,
      active_before: active,
      active_after: taken?.node ?? null,
      since_last_advert_s: sinceLastAdvert,
      takeover_s: takeover,
      roles: changes,
      probes: results,
      outage_s: outage,
      theory,
      expected,
      ...verdict,
      healed_s: now() - healBegin,
    };
  } finally {
    await Promise.allSettled(probes.map((probe) => probe.stop()));
    await watching.stop();
    // An interrupted run leaves the lab as it found it, as far as it can.
    if (broken) await heal(scene, active, others).catch(() => undefined);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** @throws LabError when the router is not HA, has fewer than two replicas, or nothing answers before the fault */
export async function measureFailover(
  running: RunningLab,
  lab: Lab,
  options: FailoverOptions,
): Promise<FailoverReport> {
  const index = indexLab(lab);
  const router = index.routers.get(options.routerId);
  const places = replicaPlaces(index).filter((place) => place.router.id === options.routerId);
  if (!router || places.length < 2) {
    throw new LabError(
      'NoFailover',
      `Router "${router?.name ?? options.routerId}" has ${places.length < 1 ? 'no replicas' : 'only one replica'}, so nobody can take over.`,
      'A failover needs a router with `ha: true` and two nodes with an l3 agent.',
    );
  }
  const runs: FailoverRun[] = [];
  for (let run = 1; run <= options.times; run += 1) {
    const result = await runOnce({ running, lab, router, places, options }, run);
    runs.push(result);
    options.onProgress?.({ type: 'run', run, result });
  }
  const outages = runs.map((run) => run.outage_s);
  return {
    lab: lab.name,
    router: router.name,
    fault: options.fault,
    advert_int_s: lab.config.ha_vrrp_advert_int,
    priority: PRIORITY,
    probe_interval_ms: options.intervalMs,
    runs,
    outage_median_s: median(outages),
    outage_min_s: Math.min(...outages),
    outage_max_s: Math.max(...outages),
    agreeing: runs.filter((run) => run.agrees).length,
  };
}
