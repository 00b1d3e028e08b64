/** The report of an experiment as one page without anything else: to open, to send, for a slide. Pure. */
import type { ExperimentReport, ReportedRun } from '../../experiment/experiment-report.js';
import type { NeutronRecording } from '../../experiment/neutron-record.js';
import { type Prediction, expectsNone } from '../../experiment/theory.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import { listed, moment } from '../words.js';
import { expectationText } from './expectation-text.js';
import { paragraphs, text } from './markup.js';
import { STYLE } from './style.js';
import { timelineSvg } from './timeline-svg.js';

/** @param picture The page that draws the lab with what was recorded (`src/picture/standalone.ts`); null where there is none */
export function experimentHtml(
  report: ExperimentReport,
  timelines: readonly Timeline[],
  picture: string | null = null,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${text(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Neutron Lab · ${text(report.lab)} · advertisements every ${String(report.advert_int_s)} s · ${String(report.runs.length)} ${report.runs.length === 1 ? 'run' : 'runs'}</p>
<h1>${text(report.title)}</h1>
</header>
${figures(report)}
${report.runs.map((run, index) => runSection(report, run, timelines[index])).join('\n')}
${picture === null ? '' : pictureSection(picture)}
${report.story === null ? '' : `<section><h2>What happens, and why</h2>${paragraphs(report.story)}</section>`}
${report.expectations.length === 0 ? '' : expectations(report)}
<footer>Every time is of one clock, CLOCK_MONOTONIC of the nodes’ kernel. An outage is from the first request that was lost to the first one that was answered.</footer>
</main>
</body>
</html>
`;
}

/** The picture's page is written into this one and asks nobody for anything; a frame has the policy of the page around it. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "script-src 'unsafe-inline'",
  'img-src data: blob:',
  'worker-src blob:',
].join('; ');

function pictureSection(page: string): string {
  const written = page.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<section><h2>The lab, and its clock</h2>
<p>The first run: drag through its time, replay it, compare it with another one.</p>
<iframe class="picture" sandbox="allow-scripts" title="Topology and clock" srcdoc="${written}"></iframe></section>`;
}

const s = (value: number): string => `${value.toFixed(2)} s`;

export function rangeOf(theory: Prediction): string {
  if (theory.high === Infinity) return 'until it is healed';
  return expectsNone(theory) ? 'none' : `${s(theory.low)} to ${s(theory.high)}`;
}

function figures(report: ExperimentReport): string {
  const { outage_s: outage, healing_outage_s: healing, theory, neutron, runs, agrees } = report;
  const range =
    runs.length > 1 ? `<small>${s(outage.min)} to ${s(outage.max)} in ${String(runs.length)} runs</small>` : '';
  const real =
    neutron === null
      ? '<strong>–</strong><small>not recorded</small>'
      : `<strong>${recorded(neutron)}</strong><small>${text(`${neutron.what}; ${neutron.api}`)}</small>${neutron.healing === undefined ? '' : `<small>${text(`Its healing: ${recorded(neutron.healing)} (${neutron.healing.what}; ${neutron.healing.api})`)}</small>`}`;
  const missed = report.expectations.filter(({ met }) => !met);
  return `<section class="figures">
<div class="figure"><span>Outage here${runs.length > 1 ? ', median' : ''}</span><strong>${s(outage.median)}</strong>${range}${healing.max === 0 ? '' : `<small>${text(`and by its healing ${s(healing.median)}`)}</small>`}</div>
<div class="figure"><span>Theory</span><strong>${rangeOf(theory)}</strong><small>${text(theory.formula)}</small></div>
<div class="figure"><span>Real Neutron 21 (Zed)</span>${real}</div>
<div class="figure ${agrees ? 'yes' : 'no'}"><span>Verdict</span><strong>${agrees ? '✓ agrees' : '✗ does not agree'}</strong><small>with what theory says</small>${missed.map((one) => `<small class="missed">${text(`✗ ${one.fault}: ${expectationText(one, runs.length)}`)}</small>`).join('')}</div>
</section>`;
}

function recorded({ outage_s: outage }: NeutronRecording): string {
  return outage === null ? 'for ever' : s(outage);
}

function runSection(report: ExperimentReport, run: ReportedRun, timeline: Timeline | undefined): string {
  const title = report.runs.length > 1 ? `Run ${String(run.run)}` : 'What happened';
  const body = `${timeline ? timelineSvg(timeline, run) : ''}
<p>${text(run.explanation)}</p>
${run.healing.explanation === null ? '' : `<p>${text(`${s(run.healing.outage_s)} at the end: ${run.healing.explanation}`)}</p>`}
${run.remarks.map((remark) => `<p class="remark">${text(remark)}</p>`).join('')}
${probeTable(run)}
${facts(run)}`;
  // The first run is what a slide shows; the others are there for who asks.
  return run.run === 1
    ? `<section><h2>${title}</h2>${body}</section>`
    : `<details><summary><h2>${title}: ${s(run.outage_s)}</h2></summary>${body}</details>`;
}

function probeTable({ probes }: ReportedRun): string {
  const dear = probes.some((probe) => probe.healing_outage_s > 0);
  const rows = probes.map(
    (probe) =>
      `<tr><td>${text(probe.name)}</td><td>${String(probe.sent)}</td><td>${String(probe.lost)}</td><td>${String(probe.late)}</td><td>${String(probe.duplicates)}</td><td>${probe.kind === 'tcp' ? String(probe.broken) : ''}</td><td>${probe.rtt_ms === null ? '–' : `${probe.rtt_ms.toFixed(2)} ms`}</td><td><strong>${s(probe.outage_s)}</strong></td>${dear ? `<td>${s(probe.healing_outage_s)}</td>` : ''}</tr>`,
  );
  return `<table><thead><tr><th>Probe</th><th>Sent</th><th>Lost</th><th>Late</th><th>Twice</th><th>Broken</th><th>Round trip</th><th>Outage</th>${dear ? '<th>By its healing</th>' : ''}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function counts(values: Readonly<Record<string, number>>): string {
  const each = Object.entries(values).map(([node, count]) => `${node} ${String(count)}`);
  return each.length === 0 ? 'none' : each.join(', ');
}

function facts(run: ReportedRun): string {
  const masters = run.masters.map(
    ({ node, from_s: from, to_s: to }) =>
      `${node} ${from < 0 ? 'from before' : `from ${s(from)}`}${to === null ? ' on' : ` to ${s(to)}`}`,
  );
  const rows: readonly (readonly [string, string])[] = [
    ['Done', run.faults.map(({ at_s: at, what }) => `${s(at)}: ${what}`).join('; ')],
    ['MASTER', masters.join('; ') || 'nobody'],
    [
      'Two at once',
      run.several_masters
        .map(({ from_s: from, to_s: to, nodes }) => `${listed(nodes)}, ${moment(Math.max(0, to - from))}`)
        .join('; ') || 'never',
    ],
    ['Lost by its healing', run.healing.outage_s === 0 ? 'nothing' : s(run.healing.outage_s)],
    ['Flaps', String(run.flaps)],
    ['Advertisements', counts(run.adverts)],
    ['Gratuitous ARPs, NAs', counts(run.announcements)],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${text(value)}</dd>`).join('')}</dl>`;
}

function expectations({ expectations: all, runs }: ExperimentReport): string {
  const items = all.map(
    (one) =>
      `<li class="${one.met ? 'yes' : 'no'}">${one.met ? '✓' : '✗'} ${text(one.fault)}: ${expectationText(one, runs.length)}</li>`,
  );
  return `<section><h2>What was expected</h2><ul>${items.join('')}</ul></section>`;
}
