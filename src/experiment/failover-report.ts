/** What a failover cost, run by run and over all runs. Times are seconds on the nodes' monotonic clock. */
import type { ReportedRun, RoleChange } from './experiment-report.js';
import type { Prediction } from './theory.js';

/** How the MASTER is broken. */
export const FAILOVER_FAULTS = [
  'node',
  'stop',
  'freeze',
  'keepalived',
  'keepalived-parent',
  'terminate',
  'link',
  'underlay',
  'partition',
] as const;

export type FailoverFault = (typeof FAILOVER_FAULTS)[number];

export interface Outage {
  /** From the fault to the first request that was lost. */
  readonly begins_s: number;
  /** From the first lost request to the first answered one. */
  readonly length_s: number;
  readonly lost: number;
}

export interface ProbeResult {
  /** `web1 → db1 (192.168.20.31)`. */
  readonly name: string;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly duplicates: number;
  /** The longest one, 0 when nothing was lost. */
  readonly outage_s: number;
  readonly outages: readonly Outage[];
}

export interface FailoverRun {
  readonly fault: FailoverFault;
  readonly active_before: string;
  /** Of several that became MASTER at once the one that stayed; null when nobody took over while it was watched. */
  readonly active_after: string | null;
  /** From the last advertisement that a standby heard to the fault. */
  readonly since_last_advert_s: number | null;
  /** From the fault to the address of the new MASTER; null where there is none. */
  readonly takeover_s: number | null;
  readonly several_masters: ReportedRun['several_masters'];
  readonly roles: readonly RoleChange[];
  readonly probes: readonly ProbeResult[];
  /** The longest outage of any probe. */
  readonly outage_s: number;
  /** For a fault at any moment between two advertisements. */
  readonly theory: Prediction;
  /** For this very moment; null when no advertisement was heard. */
  readonly expected: Prediction | null;
  readonly agrees: boolean;
  /** Why it agrees or does not, a sentence. */
  readonly explanation: string;
  /** From the order to heal to the replica being there again. */
  readonly healed_s: number;
}

export interface FailoverReport {
  readonly lab: string;
  readonly router: string;
  readonly fault: FailoverFault;
  readonly advert_int_s: number;
  readonly priority: number;
  readonly probe_interval_ms: number;
  readonly runs: readonly FailoverRun[];
  readonly outage_median_s: number;
  readonly outage_min_s: number;
  readonly outage_max_s: number;
  readonly agreeing: number;
}
