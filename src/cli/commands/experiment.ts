/** `neutron-lab experiment` */
import { existsSync } from 'node:fs';
import { type Capturing, captureRouters } from '../../experiment/packets/capture.js';
import { runExperiment } from '../../experiment/experiment.js';
import { impliedScenarios } from '../../experiment/implied-scenarios.js';
import type { ExperimentReport } from '../../experiment/experiment-report.js';
import { ToldInOrder } from '../../experiment/told-in-order.js';
import { down } from '../../lab/bring-up/down.js';
import { Interrupted } from '../../lab/lab-errors.js';
import type { RunningLab } from '../../lab/running-lab.js';
import type { Lab } from '../../model/resources.js';
import type { Scenario } from '../../model/scenario.js';
import { awaitReady, bringUp, provideImage } from '../bring-up.js';
import type { DefineCommand } from '../command-definition.js';
import { EXIT } from '../exit-codes.js';
import { type Result, type WantedFiles, writeFiles } from '../experiment-files.js';
import { namedExperiments, pathOfExperiment } from '../experiment-library.js';
import { pictureOf } from '../experiment-page.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { intentOf } from '../lab-file.js';
import { type LabText, readLabText } from '../lab-path.js';
import { scenarioOf } from '../lab-scenario.js';
import { type EngineChoice, type JsonChoice, examples, wholeNumber, withEngine, withJson } from '../options.js';
import { renderExperiment, renderExperimentEvent, renderExperimentList } from '../render/experiment.js';
import type { Terminal } from '../terminal.js';

interface ExperimentOptions extends EngineChoice, JsonChoice, WantedFiles {
  readonly times: number;
  readonly keep?: boolean;
}

export const defineExperiment: DefineCommand = (command, { terminal }, done) => {
  command.description(
    'Brings a lab up, probes it, breaks it as its file says, watches, heals, and reports: what was measured, what theory says, and what a real Neutron did. Without an argument it lists the experiments that come with Neutron Lab.',
  );
  command.argument('[experiment]', 'a lab file with a `scenario`, or the name of an experiment');
  withJson(withEngine(command))
    .option('-t, --times <n>', 'how often', wholeNumber(1, 1000), 1)
    .option('--html <file>', 'write the report as one page, with the timelines drawn')
    .option('--pcap <file>', 'write what passed the routers, for Wireshark (pcapng)')
    .option(
      '--timeline <file>',
      'write every event, a JSON line each; of the last run (a scenario of several has a number in its files)',
    )
    .option('--keep', 'leave the lab running that was brought up for this');
  examples(
    command,
    ['neutron-lab experiment', 'what there is'],
    ['neutron-lab experiment node-killed', 'one of them'],
    ['neutron-lab experiment node-killed --times 10 --html report.html', 'ten runs, and a page to show'],
    ['neutron-lab experiment my.neutron.yaml --json', 'for scripts: exits with 1 where `expect` is not met'],
  );
  command.action(async (word: string | undefined, options: ExperimentOptions) => {
    if (word === undefined) {
      const all = await namedExperiments();
      if (options.json === true) terminal.json(all);
      else terminal.line(...renderExperimentList(all, terminal.paint, terminal.width));
      return;
    }
    const labText = await readLabText(existsSync(word) ? word : await pathOfExperiment(word));
    const reports = await runAll(labText, options, terminal);
    if (options.json === true) terminal.json(reports.length === 1 ? reports[0] : reports);
    done(reports.every(isGood) ? EXIT.ok : EXIT.failed);
  });
};

/** Who says what they expect is held to that; who says nothing learns whether theory holds. */
function isGood({ expectations, agrees }: ExperimentReport): boolean {
  return expectations.length > 0 ? expectations.every(({ met }) => met) : agrees;
}

async function runAll(labText: LabText, options: ExperimentOptions, terminal: Terminal): Promise<ExperimentReport[]> {
  const quiet = options.json === true;
  const declared = scenarioOf(labText);
  using interrupt = new Interrupt(terminal, quiet ? null : 'Stopping and healing … (Ctrl-C again leaves at once)');
  const { signal } = interrupt;
  const runtime = await openEngine(options);
  try {
    const intent = await intentOf(runtime, labText);
    const { lab } = intent;
    const image = await provideImage(runtime, terminal, quiet, signal);
    const stays = intent.attached !== null || options.keep === true;
    using running = (await bringUp(runtime, intent, terminal, { image, signal, quiet })).running;
    const after = stays
      ? 'The lab runs on, and what was broken is healed.'
      : 'What was broken is healed, and the lab is removed.';
    try {
      await awaitReady(running, lab, terminal, { signal, quiet });
      const results: Result[] = [];
      for (const scenario of impliedScenarios(declared)) {
        const result = await runOne(running, lab, scenario, options, terminal, signal);
        const written = await writeFiles(result, options, await pictureOf(running, lab), results.length);
        if (!quiet && written.length > 0) terminal.line('', `Written: ${written.join(', ')}.`);
        results.push(result);
      }
      return results.map(({ report }) => report);
    } catch (error) {
      throw error instanceof Interrupted ? new Interrupted(after) : error;
    } finally {
      if (!stays) {
        running.close();
        await down(runtime, lab.name);
      }
    }
  } finally {
    runtime.close();
  }
}

async function runOne(
  running: RunningLab,
  lab: Lab,
  scenario: Scenario,
  options: ExperimentOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Result> {
  const { paint } = terminal;
  const quiet = options.json === true;
  const { times } = options;
  if (!quiet) terminal.line('', paint(scenario.title ?? lab.name, 'bold'));
  const capturing: Capturing | null = options.pcap === undefined ? null : await captureRouters(running, lab);
  const told = new ToldInOrder<{ readonly t: number; readonly lines: readonly string[] }>(({ lines }) => {
    terminal.line(...lines);
  });
  try {
    const result = await runExperiment(running, lab, scenario, {
      times,
      signal,
      onEvent: (event) => {
        const lines = quiet ? [] : renderExperimentEvent(event, times, paint);
        if (lines.length > 0) told.add({ t: event.t, lines });
      },
    }).finally(() => {
      told.flush();
    });
    if (!quiet) terminal.prose('', ...renderExperiment(result.report, paint, terminal.columns));
    return { ...result, packets: (await capturing?.stop()) ?? null };
  } catch (error) {
    await capturing?.stop();
    throw error;
  }
}
