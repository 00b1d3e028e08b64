/** Whether a measured outage agrees with the theory, and in a sentence why or why not. Pure. */
import type { RoleChange } from './experiment-report.js';
import { type Prediction, expectsNone } from './theory.js';

export interface Evidence {
  readonly outage: number;
  readonly theory: Prediction;
  readonly expected: Prediction | null;
  /** Seconds from the fault to the new MASTER's address, null when there was none. */
  readonly takeover: number | null;
  readonly roles: readonly RoleChange[];
  readonly activeBefore: string;
}

/** Seconds in which a fault has taken effect. */
const AT_ONCE = 0.3;

/** Two backups whose timers started with the same advertisement may go MASTER within the same moment. */
function simultaneousMasters(evidence: Evidence): string[] {
  const taking = evidence.roles.filter((change) => change.role === 'MASTER' && change.node !== evidence.activeBefore);
  const first = taking[0]?.at_s ?? 0;
  return [...new Set(taking.filter((change) => change.at_s - first < 0.5).map((change) => change.node))];
}

/** Seconds for which the MASTER that was struck kept its addresses; null where it lost them at once, or is not known to have lost them. */
function heldOn({ roles, activeBefore }: Evidence): number | null {
  const left = roles.find(({ node, role, at_s: at }) => at > 0 && node === activeBefore && role !== 'MASTER');
  return left && left.at_s > AT_ONCE ? left.at_s : null;
}

/** The arithmetic for this very moment, with its range where that says more. */
function exactly(theory: Prediction, expected: Prediction | null): string {
  if (expected === null) return '';
  if (expected.low === theory.low && expected.high === theory.high) return ` (${expected.formula})`;
  return ` (${expected.formula}: ${expected.low.toFixed(2)} to ${expected.high.toFixed(2)} s)`;
}

export function explain(evidence: Evidence): { agrees: boolean; explanation: string } {
  const { outage, theory, expected, takeover } = evidence;
  const measured = `${outage.toFixed(2)} s`;
  const range = `${theory.low.toFixed(2)} to ${theory.high.toFixed(2)} s`;
  if (outage >= theory.low && outage <= theory.high) {
    if (expectsNone(theory))
      return { agrees: true, explanation: `${measured}, where nothing should be lost. ${theory.reason}` };
    return {
      agrees: true,
      explanation: `${measured} lies within ${range}${exactly(theory, expected)}. ${theory.reason}`,
    };
  }
  if (outage < theory.low) {
    const late = heldOn(evidence);
    return {
      agrees: false,
      explanation:
        late === null
          ? `${measured} is shorter than ${range}: the packets found another way, or the fault took effect later than it was ordered.`
          : `${measured} is shorter than ${range}: ${evidence.activeBefore} had its addresses for ${late.toFixed(2)} s after the fault, and its kernel forwarded on for as long.`,
    };
  }
  const both = simultaneousMasters(evidence);
  if (both.length > 1) {
    return {
      agrees: false,
      explanation: `${measured} is longer than ${range}: ${both.join(' and ')} became MASTER in the same moment; the bridges carried the router's MAC address to the one that stepped down, until the other one was heard.`,
    };
  }
  if (takeover === null) {
    return { agrees: false, explanation: `${measured} is longer than ${range}: nobody became MASTER.` };
  }
  if (takeover <= theory.high) {
    return {
      agrees: false,
      explanation: `${measured} is longer than ${range}, although the new MASTER had the addresses after ${takeover.toFixed(2)} s: the packets still went to the old one until the bridges learned the way.`,
    };
  }
  return {
    agrees: false,
    explanation: `${measured} is longer than ${range}: the new MASTER had the addresses only after ${takeover.toFixed(2)} s; the machine was busy, or an advertisement of the old one came late.`,
  };
}
