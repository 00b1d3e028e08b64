/**
 * Every row of the table of failovers: broken some times, its median beside what theory says and what a real Neutron did.
 *
 * Some labs are up side by side: each of them waits for VRRP's timers most of the time. NEUTRON_LAB_RUNS says how often each
 * row is run, NEUTRON_LAB_BESIDE how many labs there are at once, NEUTRON_LAB_ROWS which rows (names, with commas).
 */
import { readFileSync } from 'node:fs';
import type { ExperimentReport } from '../../src/experiment/experiment-report.js';
import { runExperiment } from '../../src/experiment/experiment.js';
import { analyseLabFile } from '../../src/model/lab-file/read.js';
import { Bench } from '../support/bench.js';
import { TestBed, readTestLab } from '../support/running.js';

const RUNS = Number(process.env.NEUTRON_LAB_RUNS ?? '10');
const BESIDE = Number(process.env.NEUTRON_LAB_BESIDE ?? '4');

/** Experiments of labs/experiments; those that take longest first. */
const ROWS = [
  'qr-link-down',
  'node-killed',
  'ha-link-down',
  'underlay-cut',
  'node-frozen',
  'split-brain',
  'keepalived-killed-for-good',
  'keepalived-respawned-early',
  'keepalived-child-killed',
  'keepalived-terminated',
  'keepalived-parent-killed',
  'node-stopped',
];
const WANTED = process.env.NEUTRON_LAB_ROWS?.split(',') ?? ROWS;

const METHOD = `pings every 20 ms through the router, from the first lost request to the first answered one, the longest; the fault alone, without its healing; the moments are spread over one interval of advertisements; ${String(BESIDE)} labs of their own side by side, which wait for timers most of the time`;

const began = performance.now();

function tell(text: string): void {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}

async function measure(bed: TestBed, row: string): Promise<ExperimentReport> {
  const text = readFileSync(new URL(`../../labs/experiments/${row}.neutron.yaml`, import.meta.url), 'utf8');
  const { scenario } = analyseLabFile(text);
  const lab = readTestLab(text, row.slice(0, 20));
  if (!scenario) throw new Error(`${row} has no scenario`);
  const running = await bed.upAndReady(lab);
  try {
    // Until the traffic is back is long enough: the files say how long a person wants to look on.
    const { report } = await runExperiment(
      running,
      lab,
      { ...scenario, watch: null },
      {
        times: RUNS,
        endBeforeHealing: true,
        onRun: ({ run, outage_s: outage, agrees, explanation }) => {
          tell(`${row}, ${String(run)} of ${String(RUNS)}: ${outage.toFixed(2)} s${agrees ? '' : `: ${explanation}`}`);
        },
      },
    );
    return report;
  } finally {
    running.close();
    await bed.down(lab.name);
  }
}

function besideOf({ theory, agrees, agreeing, neutron }: ExperimentReport): string {
  const range = `theory ${theory.low.toFixed(2)} to ${theory.high.toFixed(2)} s: the median ${agrees ? 'agrees' : 'does NOT agree'}, ${String(agreeing)} of ${String(RUNS)} runs do`;
  if (neutron === null) return range;
  const real = neutron.outage_s === null ? 'for ever' : `${neutron.outage_s.toFixed(2)} s`;
  return `${range}; a real Neutron, one run: ${real} (${neutron.what})`;
}

const bed = await TestBed.make();
const bench = new Bench('Faults');
const reports = new Map<string, ExperimentReport>();
const waiting = [...WANTED];
try {
  const lanes = Array.from({ length: BESIDE }, async () => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      try {
        reports.set(row, await measure(bed, row));
      } catch (error) {
        process.exitCode = 1;
        tell(`${row} was not measured: ${String(error)}`);
      }
    }
  });
  await Promise.all(lanes);
  for (const row of WANTED) {
    const report = reports.get(row);
    if (!report) continue;
    const figure = bench.figure({ name: `outage: ${row}`, unit: 's', method: METHOD, beside: besideOf(report) });
    for (const run of report.runs) figure.add(run.outage_s);
  }
  bench.finish(bed.runtime.engine);
} finally {
  await bed.end();
}
