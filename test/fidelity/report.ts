/** The result of a walk as tables of Markdown. Pure. */
import { ACCEPTED, type Accepted } from './accepted.js';
import { type Verdict, unexplained } from './compare.js';
import { THINGS } from './things.js';
import type { Walked } from './walk-all.js';

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function mark(accepted: Accepted): string {
  return String(ACCEPTED.indexOf(accepted) + 1).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? '');
}

/** `equal`, with the numbers of the accepted differences in it; `differs`; or a dash where there is no such thing. */
export function cell(verdict: Verdict): string {
  if (verdict.compared === 0) return '–';
  if (unexplained([verdict]).length > 0) return '**differs**';
  const notes = ACCEPTED.filter((rule) => verdict.differences.some(({ accepted }) => accepted === rule));
  return ['equal', ...notes.map(mark)].join(' ');
}

export function resultTable(walked: readonly Walked[]): string {
  const numbers = walked.map(({ scenario }) => /^\d+/.exec(scenario.name)?.[0] ?? scenario.name);
  const rows = THINGS.map((thing) => [
    thing.title,
    `\`${thing.where}\``,
    ...walked.map(({ verdicts }) => {
      const verdict = verdicts.find((one) => one.thing === thing);
      return verdict ? cell(verdict) : '–';
    }),
  ]);
  return [
    row(['thing', 'on a network node', ...numbers]),
    row(['', '', ...numbers].map(() => '---')),
    ...rows.map(row),
  ].join('\n');
}

/** Of all scenarios × things that one of the two has: how many are equal. */
export function tally(walked: readonly Walked[]): {
  readonly equal: number;
  readonly all: number;
  readonly places: number;
} {
  const verdicts = walked.flatMap((one) => one.verdicts).filter(({ compared }) => compared > 0);
  return {
    all: verdicts.length,
    equal: verdicts.filter((verdict) => unexplained([verdict]).length === 0).length,
    places: verdicts.reduce((sum, { compared }) => sum + compared, 0),
  };
}

export function scenarioList(walked: readonly Walked[]): string {
  return walked
    .map(
      ({ scenario }) =>
        `- ${scenario.name.replace(/^(\d+)-(.*)$/, (_, number: string, words: string) => `${number}: ${words.replaceAll('-', ' ')}`)}`,
    )
    .join('\n');
}

export function acceptedList(): string {
  return ACCEPTED.map(({ title, reason }, index) => `${String(index + 1)}. **${title}.** ${reason}`).join('\n');
}

export function report(walked: readonly Walked[]): string {
  const { equal, all, places } = tally(walked);
  return [
    `${String(equal)} of ${String(all)} scenarios × things are equal, compared in ${String(places)} places.`,
    '',
    scenarioList(walked),
    '',
    resultTable(walked),
    '',
    acceptedList(),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
