/** What a probe saw: how long nothing came back, how often, and what came twice. Pure. */
import { ofKind, type Timeline } from './timeline.js';

/** Milliseconds on the timeline's clock. */
export interface ProbeOutage {
  /** When the first request that was lost was sent. */
  readonly from: number;
  /** When the first one that was answered after that was answered; of one that goes on, when the last one was sent. */
  readonly to: number;
  readonly lost: number;
  /** Nothing was answered any more. */
  readonly open: boolean;
}

export interface ProbeSummary {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  /** Of the lost ones those that were answered after all, later than a second. */
  readonly late: number;
  readonly duplicates: number;
  /** What they went over broke that often: a TCP connection that did not outlive it. */
  readonly failed: number;
  readonly outages: readonly ProbeOutage[];
  /** Milliseconds; null where nothing was answered. */
  readonly rtt: { readonly median: number; readonly least: number; readonly most: number } | null;
}

/** Of the requests that were sent from `from` on and before `to`. */
export function probeSummary(timeline: Timeline, probe: string, from = -Infinity, to = Infinity): ProbeSummary {
  const own = ofKind(timeline.events, 'probe').filter(
    (event) => event.probe === probe && event.sent >= from && event.sent < to,
  );
  const first = new Map<number, (typeof own)[number]>();
  for (const event of own) {
    if ((event.outcome === 'answered' || event.outcome === 'lost') && !first.has(event.seq))
      first.set(event.seq, event);
  }
  const requests = [...first.values()].sort((one, other) => one.sent - other.sent);
  const count = (outcome: (typeof own)[number]['outcome']): number =>
    own.filter((event) => event.outcome === outcome).length;
  const rtts = requests.flatMap(({ rtt }) => (rtt === null ? [] : [rtt])).sort((one, other) => one - other);
  const answered = requests.filter(({ outcome }) => outcome === 'answered').length;
  return {
    sent: requests.length,
    answered,
    lost: requests.length - answered,
    late: count('late'),
    duplicates: count('duplicate'),
    failed: count('failed'),
    outages: outagesOf(requests),
    rtt:
      rtts.length === 0 ? null : { median: rtts[rtts.length >> 1] ?? 0, least: rtts[0] ?? 0, most: rtts.at(-1) ?? 0 },
  };
}

function outagesOf(requests: readonly { sent: number; t: number; outcome: string }[]): ProbeOutage[] {
  const outages: ProbeOutage[] = [];
  let from: number | null = null;
  let lost = 0;
  for (const { sent, t, outcome } of requests) {
    if (outcome === 'lost') {
      from ??= sent;
      lost += 1;
    } else if (from !== null) {
      outages.push({ from, to: t, lost, open: false });
      from = null;
      lost = 0;
    }
  }
  const last = requests.at(-1);
  if (from !== null && last) outages.push({ from, to: last.sent, lost, open: true });
  return outages;
}

/** The longest one, null where nothing was lost. */
export function longest(outages: readonly ProbeOutage[]): ProbeOutage | null {
  return outages.reduce<ProbeOutage | null>(
    (most, one) => (most === null || one.to - one.from > most.to - most.from ? one : most),
    null,
  );
}
