/** What an experiment found, run by run and over all runs: values, out of timelines. Times are seconds. */
import type { NeutronRecord } from './neutron-record.js';
import type { Prediction } from './theory.js';

export interface ReportedProbe {
  readonly name: string;
  readonly kind: string;
  readonly sent: number;
  readonly lost: number;
  /** Of the lost ones those that were answered after all, later than a second. */
  readonly late: number;
  readonly duplicates: number;
  /** TCP connections that broke. */
  readonly broken: number;
  /** From the first lost request to the first answered one, the longest; without what the healing at the end cost. */
  readonly outage_s: number;
  /** The longest that began when all was over and it was healed. */
  readonly healing_outage_s: number;
  readonly outages: readonly { readonly at_s: number; readonly length_s: number; readonly lost: number }[];
  /** Milliseconds; null where nothing was answered. */
  readonly rtt_ms: number | null;
}

/** One change of role after the fault, on any node. */
export interface RoleChange {
  /** Seconds after the fault. */
  readonly at_s: number;
  readonly node: string;
  readonly role: string;
}

export interface ReportedHealing {
  readonly outage_s: number;
  /** Why it cost something; null where it did not. */
  readonly explanation: string | null;
}

/** Times count from the first fault. */
export interface ReportedRun {
  readonly run: number;
  /** The moment of the first fault on the clock of the timeline, milliseconds. */
  readonly zero_ms: number;
  /** What was done, a sentence each. */
  readonly faults: readonly { readonly at_s: number; readonly healed_at_s: number | null; readonly what: string }[];
  readonly router: string | null;
  readonly active_before: readonly string[];
  readonly active_after: readonly string[];
  /** Who took over: of several that became MASTER at once the one that stayed. Null where nobody did. */
  readonly successor: string | null;
  /** Till it did. */
  readonly takeover_s: number | null;
  readonly roles: readonly RoleChange[];
  readonly since_last_advert_s: number | null;
  readonly masters: readonly { readonly node: string; readonly from_s: number; readonly to_s: number | null }[];
  /** Two MASTERs or more at once. */
  readonly several_masters: readonly {
    readonly from_s: number;
    readonly to_s: number;
    readonly nodes: readonly string[];
  }[];
  /** Replicas that were MASTER for a moment only. */
  readonly flaps: number;
  /** After the first fault, by the node that sent them. */
  readonly adverts: Readonly<Record<string, number>>;
  readonly announcements: Readonly<Record<string, number>>;
  readonly probes: readonly ReportedProbe[];
  /** The longest of the pings and HTTP requests; of what there is where there are none. */
  readonly outage_s: number;
  /** What it cost to heal what was still broken at the end. */
  readonly healing: ReportedHealing;
  readonly theory: Prediction;
  /** For this very moment; null where no advertisement was heard. */
  readonly expected: Prediction | null;
  readonly agrees: boolean;
  readonly explanation: string;
  readonly remarks: readonly string[];
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface ReportedExpectation {
  readonly fault: string;
  readonly below_s: number;
  readonly measured_s: number;
  readonly met: boolean;
}

export interface ExperimentReport {
  readonly lab: string;
  readonly title: string;
  readonly story: string | null;
  readonly advert_int_s: number;
  readonly runs: readonly ReportedRun[];
  readonly outage_s: Spread;
  readonly healing_outage_s: Spread;
  /** Of each probe over the runs, by name. */
  readonly probes: Readonly<Record<string, Spread>>;
  readonly theory: Prediction;
  /** The median lies within the theory. */
  readonly agrees: boolean;
  readonly agreeing: number;
  /** The same on a real Neutron; null where nobody recorded it. */
  readonly neutron: NeutronRecord | null;
  readonly expectations: readonly ReportedExpectation[];
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  return { median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}
