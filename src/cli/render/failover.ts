/** A failover as it happens, and its report. Pure. */
import type { RoleChange } from '../../experiment/experiment-report.js';
import type { FailoverFault, FailoverReport, FailoverRun } from '../../experiment/failover-report.js';
import type { FailoverProgress } from '../../experiment/failover-progress.js';
import { renderOutageBars, rangeText } from '../../render/outage-bar.js';
import { type Paint, printable, wrap } from '../../render/paint.js';
import { paintRole } from './roles.js';
import { table } from './table.js';
import { listed, moment, seconds } from '../../render/words.js';

export const FAULT_WORDS: Readonly<Record<FailoverFault, string>> = {
  node: 'its node loses its power',
  stop: 'its node is shut down in order',
  freeze: 'its node freezes',
  keepalived: 'its keepalived is killed',
  'keepalived-parent': "keepalived's parent process is killed",
  terminate: 'its keepalived is told to end',
  link: 'its HA interface goes down',
  underlay: 'its node is cut off from the others',
  partition: 'its advertisements are lost',
};

function renderRoleChange({ at_s, node, role }: RoleChange, paint: Paint): string {
  const at = `${at_s < 0 ? '' : '+'}${at_s.toFixed(2)} s`;
  return `    ${paint(at.padStart(9), 'grey')}  ${node} ${paintRole(role, role, paint)}`;
}

/** Lines for what was just told; nothing for what needs no words. */
export function renderFailoverProgress(progress: FailoverProgress, times: number, paint: Paint): string[] {
  switch (progress.type) {
    case 'stage':
      return renderStage(progress, times, paint);
    case 'role':
      return [renderRoleChange(progress.change, paint)];
    case 'run':
      return renderRun(progress.result, paint);
  }
}

function renderStage(
  { run, stage, detail }: Extract<FailoverProgress, { type: 'stage' }>,
  times: number,
  paint: Paint,
): string[] {
  const number = times > 1 ? `run ${String(run)} of ${String(times)}, ` : '';
  switch (stage) {
    case 'probing':
      return [`  ${number}probing ${printable(detail)}`];
    case 'fault':
      return [`  ${paint('✗', 'red')} ${printable(detail)}`];
    case 'healing':
      return [`  healing ${printable(detail)}`];
    case 'waiting':
    case 'takeover':
    case 'done':
      return [];
  }
}

function renderRun(run: FailoverRun, paint: Paint): string[] {
  const mark = run.agrees ? paint('✓', 'green') : paint('✗', 'red');
  const by = run.active_after === null ? 'nobody took over' : `${run.active_after} took over`;
  return [`  ${mark} outage ${paint(seconds(run.outage_s), 'bold')}, theory ${rangeText(run.theory)}; ${by}`];
}

export function renderFailoverReport(report: FailoverReport, paint: Paint, width: number): string[] {
  const { runs, router, fault, advert_int_s, probe_interval_ms } = report;
  const [first] = runs;
  if (first === undefined) return [];
  const title = `Failover of ${printable(router)}: ${FAULT_WORDS[fault]}`;
  const setting = `advertisements every ${String(advert_int_s)} s, probed every ${String(probe_interval_ms)} ms`;
  return [
    `${paint(title, 'bold')} ${paint(`· ${setting}`, 'grey')}`,
    '',
    ...(runs.length === 1 ? single(first, paint, width) : several(report, paint, width)),
  ];
}

function single(run: FailoverRun, paint: Paint, width: number): string[] {
  return [
    ...renderOutageBars(run, paint, width),
    '',
    ...probeTable(run, paint),
    '',
    ...facts(run),
    '',
    ...wrap(
      `${run.agrees ? 'It agrees with the theory.' : 'It does not agree with the theory.'} ${printable(run.explanation)}`,
      width - 2,
    ).map((line) => `  ${line}`),
  ];
}

function facts({ active_before, active_after, takeover_s, several_masters }: FailoverRun): string[] {
  if (active_after === null) return [`  ${active_before} was MASTER; nobody took over.`];
  const after = takeover_s === null ? '' : ` after ${seconds(takeover_s)}`;
  const both = several_masters.map(({ nodes, from_s, to_s }) => `${listed(nodes)} for ${moment(to_s - from_s)}`);
  return [
    `  ${active_before} was MASTER, ${active_after} took over${after}.`,
    ...(both.length > 0 ? [`  MASTER at once: ${both.join('; ')}.`] : []),
  ];
}

function probeTable(run: FailoverRun, paint: Paint): string[] {
  return table(
    ['PROBE', 'SENT', 'LOST', 'TWICE', 'OUTAGE'],
    run.probes.map(({ name, sent, lost, duplicates, outage_s }) => [
      printable(name),
      String(sent),
      String(lost),
      String(duplicates),
      seconds(outage_s),
    ]),
    paint,
  );
}

function several(report: FailoverReport, paint: Paint, width: number): string[] {
  const { runs, outage_median_s, outage_min_s, outage_max_s, agreeing } = report;
  const rows = runs.map((run, position) => [
    String(position + 1),
    `${run.active_before} → ${run.active_after ?? 'nobody'}`,
    run.takeover_s === null ? '' : seconds(run.takeover_s),
    paint(seconds(run.outage_s), run.agrees ? 'green' : 'red'),
    rangeText(run.theory),
    run.agrees ? paint('agrees', 'green') : paint('does not agree', 'red'),
  ]);
  const strange = runs.flatMap((run, position) =>
    run.agrees
      ? []
      : [
          '',
          ...wrap(`Run ${String(position + 1)}: ${printable(run.explanation)}`, width - 2).map((line) => `  ${line}`),
        ],
  );
  return [
    ...table(['RUN', 'MASTER', 'TAKEOVER', 'OUTAGE', 'THEORY', ''], rows, paint),
    '',
    `  Outage: median ${paint(seconds(outage_median_s), 'bold')}, ${seconds(outage_min_s)} to ${seconds(outage_max_s)}.`,
    `  ${String(agreeing)} of ${String(runs.length)} runs agree with the theory.`,
    ...strange,
  ];
}
