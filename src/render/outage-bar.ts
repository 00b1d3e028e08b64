/** A measured outage beside the one that theory predicts, on one scale. Pure. */
import type { FailoverRun } from '../experiment/failover-report.js';
import type { Paint } from './paint.js';
import { seconds } from './words.js';

const LABEL = 10;

/** Two bars and their figures: where theory allows the outage to end, and where it ended. */
export function renderOutageBars(
  run: Pick<FailoverRun, 'outage_s' | 'theory' | 'agrees'>,
  paint: Paint,
  width: number,
): string[] {
  const { outage_s, theory, agrees } = run;
  const room = Math.max(20, Math.min(60, width - LABEL - 24));
  const longest = Math.max(theory.high, outage_s, 0.01);
  const columns = (value: number): number => Math.round((value / longest) * room);
  const low = columns(theory.low);
  const range = Math.max(1, columns(theory.high) - low);
  const predicted = paint('─'.repeat(low), 'grey') + paint('▒'.repeat(range), 'cyan');
  const measured = paint('█'.repeat(Math.max(1, columns(outage_s))), agrees ? 'green' : 'red');
  const label = (text: string): string => text.padEnd(LABEL);
  return [
    `  ${label('theory')}${predicted}  ${rangeText(theory)}`,
    `  ${label('measured')}${measured}  ${paint(seconds(outage_s), agrees ? 'green' : 'red', 'bold')}`,
  ];
}

/** `4.8 s to 7.0 s`, or one figure where theory has only one. */
export function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return seconds(low) === seconds(high) ? seconds(low) : `${seconds(low)} to ${seconds(high)}`;
}
