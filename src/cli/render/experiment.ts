/** An experiment as it happens, and its report. Pure. */
import type { ExperimentReport, ReportedRun } from '../../experiment/experiment-report.js';
import type { NeutronRecord, NeutronRecording } from '../../experiment/neutron-record.js';
import { type Prediction, expectsNone } from '../../experiment/theory.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import { type Paint, printable, wrap } from '../../render/paint.js';
import { expectationText } from '../../render/experiment/expectation-text.js';
import { listed, moment, seconds } from '../../render/words.js';
import { paintRole } from './roles.js';
import { table } from './table.js';

/** Lines for what was just recorded; nothing for what needs no words. */
export function renderExperimentEvent(event: TimelineEvent, times: number, paint: Paint): string[] {
  if (event.kind === 'role' && event.before !== null) {
    // The same role again: what was amiss with it is over.
    const remark = event.remark ?? (event.before === event.role ? 'keepalived runs again' : null);
    return [`    ${event.node} ${paintRole(event.role, event.role, paint)}${remark === null ? '' : `: ${remark}`}`];
  }
  if (event.kind === 'probe' && event.outcome === 'failed')
    return [`    ${paint('✗', 'red')} a TCP connection broke: ${printable(event.error ?? '')}`];
  if (event.kind !== 'mark') return [];
  const number = times > 1 ? `run ${String(event.run)} of ${String(times)}, ` : '';
  switch (event.phase) {
    case 'probing':
      return [`  ${number}probing ${printable(event.detail)}`];
    case 'fault':
      return [`  ${paint('✗', 'red')} ${printable(event.detail)}`];
    case 'healing':
      return [`  healing ${printable(event.detail)}`];
    default:
      return [];
  }
}

export function theoryText(theory: Prediction): string {
  if (theory.high === Infinity) return 'until it is healed';
  return expectsNone(theory) ? 'none' : `${seconds(theory.low)} to ${seconds(theory.high)}`;
}

export function renderExperiment(report: ExperimentReport, paint: Paint, width: number): string[] {
  const { runs, outage_s: outage, theory, agrees, neutron, expectations } = report;
  const several = runs.length > 1;
  const [first] = runs;
  if (first === undefined) return [];
  const spread = several ? `, ${seconds(outage.min)} to ${seconds(outage.max)} in ${String(runs.length)} runs` : '';
  const verdict = agrees ? paint('agrees', 'green') : paint('does not agree', 'red');
  return [
    ...(several ? runTable(runs, paint) : [...probeTable(first, paint), '', ...facts(first)]),
    '',
    `  Outage here   ${paint(seconds(outage.median), 'bold')}${several ? ' median' : ''}${spread}`,
    `  Theory        ${theoryText(theory)}: ${verdict}`,
    ...healing(report),
    ...realNeutron(neutron),
    '',
    ...explanations(runs).flatMap((text) => wrap(printable(text), width - 2).map((line) => `  ${line}`)),
    ...[...new Set(runs.flatMap(({ remarks }) => remarks))].flatMap((text) =>
      wrap(text, width - 2).map((line) => paint(`  ${line}`, 'grey')),
    ),
    ...expectations.map((one) => {
      const text = ` ${one.fault}: ${expectationText(one, runs.length)}`;
      return `  ${one.met ? paint('✓', 'green') : paint('✗', 'red')}${text}`;
    }),
  ];
}

function realNeutron(record: NeutronRecord | null): string[] {
  if (record === null) return ['  Real Neutron  not recorded'];
  const told = ({ outage_s: outage, what, api }: NeutronRecording): string =>
    `${outage === null ? 'for ever' : seconds(outage)} (${what}; ${api})`;
  return [
    `  Real Neutron  ${told(record)}`,
    ...(record.healing === undefined ? [] : [`  … its healing ${told(record.healing)}`]),
  ];
}

/** Nothing where it cost nothing. */
function healing({ runs, healing_outage_s: { median, min, max } }: ExperimentReport): string[] {
  if (max === 0) return [];
  const range = runs.length > 1 ? ` median, ${seconds(min)} to ${seconds(max)}` : '';
  return [`  Its healing   ${seconds(median)}${range}`];
}

/** Of several runs those that need one, and one of the others. */
function explanations(runs: readonly ReportedRun[]): string[] {
  const dear = runs.reduce<ReportedRun['healing']>(
    (most, run) => (run.healing.outage_s > most.outage_s ? run.healing : most),
    { outage_s: 0, explanation: null },
  );
  const after = dear.explanation === null ? [] : [`${seconds(dear.outage_s)} at the end: ${dear.explanation}`];
  if (runs.length === 1) return [...runs.map(({ explanation }) => explanation), ...after];
  const strange = runs
    .filter(({ agrees }) => !agrees)
    .map(({ run, explanation }) => `Run ${String(run)}: ${explanation}`);
  const usual = runs.find(({ agrees }) => agrees);
  return [...(usual ? [usual.theory.reason] : []), ...strange, ...after];
}

function probeTable({ probes }: ReportedRun, paint: Paint): string[] {
  const dear = probes.some((probe) => probe.healing_outage_s > 0);
  return table(
    ['PROBE', 'SENT', 'LOST', 'LATE', 'TWICE', 'BROKEN', 'OUTAGE', ...(dear ? ['HEALING'] : [])],
    probes.map((probe) => [
      printable(probe.name),
      String(probe.sent),
      String(probe.lost),
      String(probe.late),
      String(probe.duplicates),
      probe.kind === 'tcp' ? String(probe.broken) : '',
      seconds(probe.outage_s),
      ...(dear ? [seconds(probe.healing_outage_s)] : []),
    ]),
    paint,
  );
}

function facts(run: ReportedRun): string[] {
  const masters = run.masters.map(({ node, from_s: from, to_s: to }) => {
    const begin = from < 0 ? 'from before' : `from ${seconds(from)}`;
    return `${node} ${begin}${to === null ? '' : ` to ${seconds(to)}`}`;
  });
  const both = run.several_masters.map(
    ({ nodes, from_s: from, to_s: to }) => `${listed(nodes)} for ${moment(to - from)}`,
  );
  return [
    ...(masters.length > 0 ? [`  MASTER: ${masters.join('; ')}.`] : []),
    ...(both.length > 0 ? [`  MASTER at once: ${both.join('; ')}.`] : []),
    `  Advertisements: ${counts(run.adverts)}. Gratuitous ARPs and NAs: ${counts(run.announcements)}. Flaps: ${String(run.flaps)}.`,
  ];
}

function counts(values: Readonly<Record<string, number>>): string {
  const each = Object.entries(values).map(([node, count]) => `${node} ${String(count)}`);
  return each.length === 0 ? 'none' : each.join(', ');
}

function runTable(runs: readonly ReportedRun[], paint: Paint): string[] {
  return table(
    ['RUN', 'MASTER', 'TAKEOVER', 'OUTAGE', 'THEORY', ''],
    runs.map((run) => [
      String(run.run),
      `${run.active_before.join(', ')} → ${run.active_after.join(', ') || 'nobody'}`,
      run.takeover_s === null ? '' : seconds(run.takeover_s),
      paint(seconds(run.outage_s), run.agrees ? 'green' : 'red'),
      theoryText(run.theory),
      run.agrees ? paint('agrees', 'green') : paint('does not agree', 'red'),
    ]),
    paint,
  );
}

export function renderExperimentList(
  all: readonly { readonly name: string; readonly title: string }[],
  paint: Paint,
  width = Infinity,
): string[] {
  return [
    ...table(
      ['EXPERIMENT', ''],
      all.map(({ name, title }) => [name, title]),
      paint,
      2,
      width,
    ),
    '',
    paint('  `neutron-lab experiment NAME` runs one.', 'grey'),
  ];
}
