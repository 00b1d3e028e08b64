/** A measured outage beside the one that theory predicts, on one scale. Pure. */
import type { FailoverRun } from '../experiment/failover-report.js';
import type { Paint } from './paint.js';
import { seconds } from './words.js';

/** What it says beside its figures, in the language of whoever reads it. */
export interface OutageWords {
  readonly theory: string;
  readonly measured: string;
  readonly range: (low: string, high: string) => string;
}

const ENGLISH: OutageWords = { theory: 'theory', measured: 'measured', range: (low, high) => `${low} to ${high}` };

/** Of the longest word, at least. */
const LABEL = 10;

/** Two bars and their figures: where theory allows the outage to end, and where it ended. */
export function renderOutageBars(
  run: Pick<FailoverRun, 'outage_s' | 'theory' | 'agrees'>,
  paint: Paint,
  width: number,
  words = ENGLISH,
): string[] {
  const { outage_s, theory, agrees } = run;
  const room = Math.max(20, Math.min(60, width - LABEL - 24));
  const longest = Math.max(theory.high, outage_s, 0.01);
  const columns = (value: number): number => Math.round((value / longest) * room);
  const low = columns(theory.low);
  const range = Math.max(1, columns(theory.high) - low);
  const predicted = paint('─'.repeat(low), 'grey') + paint('▒'.repeat(range), 'cyan');
  const measured = paint('█'.repeat(Math.max(1, columns(outage_s))), agrees ? 'green' : 'red');
  const label = (text: string): string =>
    text.padEnd(Math.max(LABEL, words.theory.length + 1, words.measured.length + 1));
  return [
    `  ${label(words.theory)}${predicted}  ${rangeText(theory, words)}`,
    `  ${label(words.measured)}${measured}  ${paint(seconds(outage_s), agrees ? 'green' : 'red', 'bold')}`,
  ];
}

/** `4.8 s to 7.0 s`, or one figure where theory has only one. */
export function rangeText({ low, high }: { readonly low: number; readonly high: number }, { range } = ENGLISH): string {
  return seconds(low) === seconds(high) ? seconds(low) : range(seconds(low), seconds(high));
}
