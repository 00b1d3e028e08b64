/** From the timeline of a run to what is reported of it. Pure. */
import { OUTSIDE } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import { explain } from './explain.js';
import type { ReportedProbe, ReportedRun } from './experiment-report.js';
import { type Circumstances, forecast } from './forecast.js';
import { longestAt } from './long-packets.js';
import type { ProbeTarget } from './probe-target.js';
import { timersOf } from './recording.js';
import type { ScenarioRun, Struck } from './scenario-run.js';
import type { Prediction } from './theory.js';
import { astray, astrayReason, cutShort, unharmed, untilSentAgain } from './theory.js';
import type { EventOf } from './timeline/event.js';
import { flaps, masterSpans, overlaps } from './timeline/mastership.js';
import { type ProbeSummary, longest, probeSummary } from './timeline/outages.js';
import { type StepDown, stepDowns } from './timeline/step-downs.js';
import { ELECTION, takeoverOf } from './timeline/takeover.js';
import { type Timeline, extentOf, ofKind } from './timeline/timeline.js';

export function judgeRun(lab: Lab, { timeline, targets, struck }: ScenarioRun, run: number): ReportedRun {
  const router = struck.find(({ aim }) => aim.router !== null)?.aim.router ?? null;
  const id = router?.id ?? '';
  const summaries = timeline.header.probes.map((probe) => ({ probe, summary: probeSummary(timeline, probe.id) }));
  const zero = momentOfFault(
    struck[0],
    summaries.map(({ summary }) => summary),
    timeline,
    id,
  );
  const at = (t: number): number => (t - zero) / 1000;
  const spans = masterSpans(timeline, id).filter(({ to }) => to >= zero);
  const before = spans.filter(({ from }) => from <= zero).map(({ node }) => node);
  const end = extentOf(timeline).to;
  const taking = takeoverOf(spans, before, zero);
  const healing = healingAtTheEnd(timeline);
  const probes = summaries.map(({ probe, summary }) => reportedProbe(probe, summary, zero, healing));
  const outage = longestOf(probes, 'outage_s');
  const heard = lastAdvertBefore(timeline, id, before, zero);
  const sinceLastAdvert = heard === null ? null : (zero - heard) / 1000;
  const respawn = respawnAfter(timeline, struck[0], zero, healing);
  const down = stepDowns(timeline, id).filter(({ t }) => t >= zero);
  const stepDown = down.find(({ t }) => t < healing);
  const patient = probes.length > 0 && probes.every(({ kind }) => kind === 'tcp');
  const foresee = (age: number | null): Prediction => {
    const plain = expectedOf(lab, struck, targets, { sinceLastAdvert: age, zero, respawnAfter: respawn, healing });
    return patient ? untilSentAgain(plain) : plain;
  };
  const theory = afterStepDown(foresee(null), stepDown);
  const expected = sinceLastAdvert === null || stepDown ? null : foresee(sinceLastAdvert);
  const takeover = taking ? at(taking.from) : null;
  const roles = ofKind(timeline.events, 'role')
    .filter((event) => event.router === id && event.t >= zero)
    .map(({ t, node, role }) => ({ at_s: at(t), node, role }));
  const verdict = explain({ outage, theory, expected, takeover, roles, activeBefore: before[0] ?? '' });
  return {
    run,
    zero_ms: zero,
    faults: struck.map((one) => ({
      at_s: Math.max(0, at(one.from)),
      healed_at_s: one.healed === null ? null : at(one.healed),
      what:
        ofKind(timeline.events, 'fault').find(({ t, action }) => t === rounded(one.from) && action === 'injected')
          ?.what ?? '',
    })),
    router: router?.name ?? null,
    active_before: before,
    active_after: spans.filter(({ to, open }) => open && to >= end).map(({ node }) => node),
    successor: taking?.node ?? null,
    takeover_s: takeover,
    roles,
    since_last_advert_s: sinceLastAdvert,
    masters: spans.map(({ node, from, to, open }) => ({ node, from_s: at(from), to_s: open ? null : at(to) })),
    several_masters: overlaps(spans).map(({ from, to, nodes }) => ({ from_s: at(from), to_s: at(to), nodes })),
    flaps: flaps(timeline, id, ELECTION).filter(({ from }) => from >= zero).length,
    adverts: countByNode(
      ofKind(timeline.events, 'advert').filter((one) => one.router === id && one.direction === 'out' && one.t >= zero),
    ),
    announcements: countByNode(
      ofKind(timeline.events, 'announcement').filter((one) => one.router === id && one.t >= zero),
    ),
    probes,
    outage_s: outage,
    healing: healed(
      longestOf(probes, 'healing_outage_s'),
      down.find(({ t }) => t >= healing),
    ),
    theory,
    expected,
    ...verdict,
    remarks: [
      ...struck.flatMap(({ remarks }) => remarks),
      ...connections(probes),
      ...refusals(timeline, targets, zero),
    ],
  };
}

/** What became of them, in a sentence each. */
function connections(probes: readonly ReportedProbe[]): string[] {
  const all = probes.filter(({ kind }) => kind === 'tcp');
  const names = (those: typeof all): string => those.map(({ name }) => name).join(', ');
  const broken = all.filter((probe) => probe.broken > 0);
  const lived = all.filter((probe) => probe.broken === 0);
  return [
    ...(lived.length > 0 ? [`Lived on: ${names(lived)}.`] : []),
    ...(broken.length > 0 ? [`Broke, and was opened anew: ${names(broken)}.`] : []),
  ];
}

/** What became of the packets that nobody may fragment and that were lost: a router said why, or nobody did. */
function refusals({ events }: Timeline, targets: readonly ProbeTarget[], zero: number): string[] {
  return targets.flatMap(({ id, name, request }) => {
    if (request.kind !== 'ping' || request.size === undefined) return [];
    const lost = ofKind(events, 'probe').filter(
      ({ probe, outcome, sent }) => probe === id && outcome === 'lost' && sent >= zero,
    );
    if (lost.length === 0) return [];
    const said = [...new Set(lost.flatMap(({ error }) => error ?? []))];
    return [said.length === 0 ? `Lost without a word: ${name}.` : `Refused: ${name}: ${said.join('; ')}.`];
  });
}

/** Seconds from the fault to the start of another keepalived on its node; null where none started before all was healed. */
function respawnAfter({ events }: Timeline, first: Struck | undefined, zero: number, healing: number): number | null {
  const node = first?.aim.faults[0]?.node;
  const again = ofKind(events, 'process').find(
    ({ node: on, name, action, t }) =>
      on === node && name === 'keepalived' && action === 'start' && t > zero && t < healing,
  );
  return again ? (again.t - zero) / 1000 : null;
}

function afterStepDown(prediction: Prediction, stepDown: StepDown | undefined): Prediction {
  return stepDown ? astray(prediction, stepDown.node, stepDown.holders) : prediction;
}

const rounded = (t: number): number => Math.round(t * 1000) / 1000;

/**
 * The engine needs a moment to carry out an order: the first request that was lost tells when it had, or the MASTER that
 * was none any more, whichever came first.
 */
function momentOfFault(
  first: Struck | undefined,
  summaries: readonly ProbeSummary[],
  timeline: Timeline,
  router: string,
): number {
  if (!first) return extentOf(timeline).from;
  const lost = Math.min(
    ...summaries.flatMap(({ outages }) => outages.map(({ from }) => from).filter((t) => t >= first.from)),
  );
  const interval = Math.max(0, ...timeline.header.probes.map((probe) => probe.interval));
  const fell = masterSpans(timeline, router).filter(
    ({ from, to, open }) => !open && from <= first.from && to >= first.from,
  );
  return Math.min(Math.max(first.from, lost - interval / 2), first.to, ...fell.map(({ to }) => to));
}

function reportedProbe(
  { name, kind }: { readonly name: string; readonly kind: string },
  summary: ProbeSummary,
  zero: number,
  healing: number,
): ReportedProbe {
  // What was lost and came back before anything was broken is not the fault's.
  const after = summary.outages.filter(({ to }) => to > zero);
  const length = (outages: typeof after): number => {
    const most = longest(outages);
    return most === null ? 0 : (most.to - most.from) / 1000;
  };
  return {
    name,
    kind,
    sent: summary.sent,
    lost: summary.lost,
    late: summary.late,
    duplicates: summary.duplicates,
    broken: summary.failed,
    outage_s: length(after.filter(({ from }) => from < healing)),
    healing_outage_s: length(after.filter(({ from }) => from >= healing)),
    outages: summary.outages.map(({ from, to, lost }) => ({
      at_s: (from - zero) / 1000,
      length_s: (to - from) / 1000,
      lost,
    })),
    rtt_ms: summary.rtt?.median ?? null,
  };
}

/** TCP waits for its timers on top of the outage, and a lease lives on without its server: they are judged where nothing else is asked. */
function longestOf(probes: readonly ReportedProbe[], what: 'outage_s' | 'healing_outage_s'): number {
  const plain = probes.filter(({ kind }) => kind === 'ping' || kind === 'http');
  return Math.max(0, ...(plain.length > 0 ? plain : probes).map((probe) => probe[what]));
}

/** When everything had been watched and what was still broken was healed: what is lost from then on is not the fault's. */
function healingAtTheEnd({ events }: Timeline): number {
  const marks = ofKind(events, 'mark');
  const watched = marks.findLast(({ phase }) => phase === 'takeover' || phase === 'watching')?.t ?? Infinity;
  return marks.find(({ phase, t }) => phase === 'healing' && t >= watched)?.t ?? Infinity;
}

function healed(outage: number, stepDown: StepDown | undefined): ReportedRun['healing'] {
  if (outage === 0) return { outage_s: 0, explanation: null };
  const why = stepDown
    ? `When it was healed, ${astrayReason(stepDown.node, stepDown.holders)}`
    : 'When it was healed, some requests were lost on their way.';
  return { outage_s: outage, explanation: why };
}

/** When a node that was not MASTER heard it last. */
function lastAdvertBefore(timeline: Timeline, router: string, masters: readonly string[], t: number): number | null {
  const heard = ofKind(timeline.events, 'advert').filter(
    (event) =>
      event.router === router &&
      event.direction === 'in' &&
      event.priority > 0 &&
      !masters.includes(event.node) &&
      event.t <= t,
  );
  return heard.at(-1)?.t ?? null;
}

function countByNode(events: readonly (EventOf<'advert'> | EventOf<'announcement'>)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { node } of events) counts[node] = (counts[node] ?? 0) + 1;
  return counts;
}

interface Moments {
  /** Seconds. */
  readonly sinceLastAdvert: number | null;
  /** Of the fault, and of the healing at the end. Milliseconds. */
  readonly zero: number;
  readonly healing: number;
  /** Seconds. */
  readonly respawnAfter: number | null;
}

/** Of several faults that with the longest outage is what is expected of all; of equal ones the last, which finds the others there. */
function expectedOf(
  lab: Lab,
  struck: readonly Struck[],
  targets: readonly ProbeTarget[],
  { sinceLastAdvert, zero, respawnAfter, healing }: Moments,
): Prediction {
  const users = [...lab.instances.map(({ node }) => node), OUTSIDE];
  const each = struck.map((one, index): Prediction => {
    const { aim, healed } = one;
    const [fault] = aim.faults;
    if (!fault) return unharmed('Nothing is broken.');
    const about: Circumstances = {
      ...timersOf(lab),
      strikesMaster: aim.strikesMaster,
      respawnAfter: index === 0 ? respawnAfter : null,
      strikesAll: (aim.router?.replicas.length ?? 0) > 1 && aim.faults.length === aim.router?.replicas.length,
      ha: aim.router?.ha ?? true,
      healedAfter: healed === null ? null : (healed - zero) / 1000,
      places: {
        all: lab.nodes.map(({ name }) => name),
        replicas: aim.router?.replicas.map(({ node }) => node) ?? [],
        users,
      },
      longest: longestAt(lab, fault, one, targets),
      ...(sinceLastAdvert === null || index > 0 ? {} : { sinceLastAdvert }),
    };
    const mended = healed ?? (healing === Infinity ? null : healing);
    return cutShort(forecast(fault, about), mended === null ? null : (mended - zero) / 1000);
  });
  return each.reduce((most, one) => (one.high >= most.high ? one : most), each[0] ?? unharmed('Nothing is broken.'));
}
