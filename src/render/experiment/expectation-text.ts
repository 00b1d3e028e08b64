/** What became of a limit, as a face says it. Pure. */
import type { ReportedExpectation } from '../../experiment/experiment-report.js';
import { seconds } from '../words.js';

/** `5.7 s, expected below 8.0 s`; of one that was missed, by how much. Of several runs the longest counts. */
export function expectationText(
  { below_s: below, measured_s: measured, met }: ReportedExpectation,
  runs: number,
): string {
  const which = runs > 1 ? `, the longest of ${String(runs)} runs` : '';
  const missed = met ? '' : `, missed by ${seconds(measured - below)}`;
  return `${seconds(measured)}${which}, expected below ${seconds(below)}${missed}`;
}
