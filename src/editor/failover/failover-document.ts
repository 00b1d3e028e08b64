/** The report of a failover as a Markdown document. Pure. */
import * as l10n from '@vscode/l10n';
import type { FailoverReport, FailoverRun } from '../../experiment/failover-report.js';
import { plainPaint } from '../../render/paint.js';
import { rangeText, renderOutageBars } from '../../render/outage-bar.js';
import { moment, seconds } from '../../render/words.js';
import { faultWords, outageWords } from './failover-words.js';

const WIDTH = 96;

export function failoverDocument(report: FailoverReport): string {
  const { router, lab, fault, runs, advert_int_s, probe_interval_ms } = report;
  return [
    `# ${l10n.t('Failover of {0}: {1}', cell(router), faultWords(fault).label)}`,
    l10n.t('Lab {0} · advertisements every {1} s · probed every {2} ms', cell(lab), advert_int_s, probe_interval_ms),
    ...summary(report),
    ...(runs.length > 1 ? [overview(runs)] : []),
    ...runs.flatMap((run, at) => runSection(run, runs.length > 1 ? at + 1 : null)),
    `## ${l10n.t('How it was taken')}`,
    l10n.t(
      'Outage: from the first request through the router that was lost to the first one that was answered, the longest of all probes. Times are seconds on the monotonic clock that all nodes of a machine share. Theory: RFC 3768 and RFC 5798, and how keepalived treats signals, for priority {0}.',
      report.priority,
    ),
    '',
  ].join('\n\n');
}

function summary({ runs, agreeing, outage_median_s: median, outage_min_s: least, outage_max_s: most }: FailoverReport) {
  const [first] = runs;
  if (first === undefined) return [];
  if (runs.length === 1)
    return [
      `**${l10n.t('Outage {0}, theory {1}.', seconds(first.outage_s), rangeText(first.theory, outageWords()))}** ${verdict(first)}`,
    ];
  return [
    `**${l10n.t('Outage: median {0}, {1} to {2}.', seconds(median), seconds(least), seconds(most))}** ${l10n.t('{0} of {1} runs agree with the theory.', agreeing, runs.length)}`,
  ];
}

function verdict({ agrees }: FailoverRun): string {
  return agrees ? l10n.t('It agrees with the theory.') : l10n.t('It does not agree with the theory.');
}

function overview(runs: readonly FailoverRun[]): string {
  return table(
    [l10n.t('Run'), 'MASTER', l10n.t('Takeover'), l10n.t('Outage'), l10n.t('Theory'), l10n.t('Agrees')],
    runs.map((run, at) => [
      String(at + 1),
      `${run.active_before} → ${run.active_after ?? l10n.t('nobody')}`,
      run.takeover_s === null ? '–' : seconds(run.takeover_s),
      seconds(run.outage_s),
      rangeText(run.theory, outageWords()),
      run.agrees ? '✓' : '✗',
    ]),
  );
}

function runSection(run: FailoverRun, number: number | null): string[] {
  return [
    ...(number === null ? [] : [`## ${l10n.t('Run {0}', number)}`]),
    ['```text', ...renderOutageBars(run, plainPaint, WIDTH, outageWords()), '```'].join('\n'),
    ...(number === null ? [] : [verdict(run)]),
    cell(run.explanation),
    ...together(run),
    `### ${l10n.t('In order')}`,
    events(run),
    `### ${l10n.t('Probes')}`,
    table(
      [l10n.t('Probe'), l10n.t('Sent'), l10n.t('Lost'), l10n.t('Twice'), l10n.t('Outage')],
      run.probes.map(({ name, sent, lost, duplicates, outage_s }) => [
        name,
        String(sent),
        String(lost),
        String(duplicates),
        seconds(outage_s),
      ]),
    ),
  ];
}

function firstLost(name: string, count: number): string {
  return count === 1
    ? l10n.t('{0}: a request is lost', name)
    : l10n.t('{0}: the first of {1} lost requests', name, count);
}

/** Who was MASTER beside another one, and who stayed it. */
function together({ several_masters: all, active_after: stayed }: FailoverRun): string[] {
  if (all.length === 0) return [];
  const each = all.map(({ nodes, from_s: from, to_s: to }) =>
    l10n.t('{0} for {1}', nodes.join(', '), moment(to - from)),
  );
  const both = l10n.t('MASTER at once: {0}.', each.join('; '));
  return [cell(stayed === null ? both : `${both} ${l10n.t('{0} stayed it.', stayed)}`)];
}

/** What happened, by the time since the fault. */
function events(run: FailoverRun): string {
  const lost = run.probes.flatMap(({ name, outages }) =>
    outages.flatMap(({ begins_s, length_s, lost: count }) => [
      { at: begins_s, text: firstLost(name, count) },
      { at: begins_s + length_s, text: l10n.t('{0}: answered again', name) },
    ]),
  );
  const heard =
    run.since_last_advert_s === null
      ? []
      : [{ at: -run.since_last_advert_s, text: l10n.t('the last advertisement of {0}', run.active_before) }];
  const roles = run.roles.map(({ at_s: at, node, role }) => ({ at, text: l10n.t('{0} is {1}', node, role) }));
  const fault = { at: 0, text: l10n.t('{0}: {1}', run.active_before, faultWords(run.fault).label) };
  const all = [...heard, fault, ...roles, ...lost].sort((one, other) => one.at - other.at);
  return table(
    [l10n.t('Time'), l10n.t('Event')],
    all.map(({ at, text }) => [`${at < 0 ? '−' : '+'}${Math.abs(at).toFixed(2)} s`, text]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Names come from a stranger's file: nothing of them is Markdown or HTML. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, (character) => `\\${character}`).replace(/[\r\n]+/g, ' ');
}
