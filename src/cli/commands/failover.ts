/** `neutron-lab failover` */
import { measureFailover } from '../../experiment/failover.js';
import type { FailoverProgress } from '../../experiment/failover-progress.js';
import { FAILOVER_FAULTS, type FailoverFault, type FailoverReport } from '../../experiment/failover-report.js';
import type { DefineCommand } from '../command-definition.js';
import { EXIT } from '../exit-codes.js';
import { Interrupt } from '../interrupt.js';
import { knownLab, withRunningLab } from '../lab-access.js';
import { findRouter, onlyHaRouter } from '../lab-words.js';
import { type JsonChoice, type LabChoice, examples, oneOf, wholeNumber, withJson, withLab } from '../options.js';
import { FAULT_WORDS, renderFailoverProgress, renderFailoverReport } from '../render/failover.js';

interface FailoverOptions extends LabChoice, JsonChoice {
  readonly by: FailoverFault;
  readonly times: number;
  readonly interval: number;
}

/** Of ten runs one may be spoilt by a busy machine. */
const ENOUGH = 0.9;

export function agreesWithTheory({ agreeing, runs }: Pick<FailoverReport, 'agreeing' | 'runs'>): boolean {
  return agreeing >= Math.ceil(runs.length * ENOUGH);
}

export const defineFailover: DefineCommand = (command, { terminal }, done) => {
  command.argument('[router]', 'an HA router; may be left out where the lab has only one');
  withJson(withLab(command))
    .option(
      '-b, --by <fault>',
      `how its MASTER is broken: ${FAILOVER_FAULTS.join(', ')}`,
      oneOf(FAILOVER_FAULTS),
      'node',
    )
    .option('-t, --times <n>', 'how often', wholeNumber(1, 1000), 1)
    .option('-i, --interval <ms>', 'milliseconds between two probes', wholeNumber(5, 1000), 20);
  const words = FAILOVER_FAULTS.map((fault) => `  ${fault.padEnd(20)}${FAULT_WORDS[fault]}`);
  command.addHelpText('after', `\nFaults:\n${words.join('\n')}`);
  examples(
    command,
    ['neutron-lab failover edge', 'kill the node of the MASTER, measure, heal'],
    ['neutron-lab failover edge --by terminate', 'a graceful leave: the skew time alone'],
    ['neutron-lab failover edge --times 10 --json', 'the whole report, for scripts'],
  );
  command.action(async (word: string | undefined, options: FailoverOptions) => {
    const { by: fault } = options;
    const json = options.json === true;
    using interrupt = new Interrupt(terminal, json ? null : 'Stopping and healing … (Ctrl-C again leaves at once)');
    await withRunningLab(options, async (access) => {
      const lab = knownLab(access);
      const router = word === undefined ? onlyHaRouter(lab.routers, 'in this lab') : findRouter(lab, word);
      const onProgress = (progress: FailoverProgress): void => {
        if (!json) terminal.prose(...renderFailoverProgress(progress, options.times, terminal.paint));
      };
      if (!json) terminal.line(`${terminal.paint(router.name, 'bold')}: ${FAULT_WORDS[fault]}`);
      const { times, interval } = options;
      const report = await measureFailover(access.running, lab, {
        routerId: router.id,
        fault,
        times,
        intervalMs: interval,
        signal: interrupt.signal,
        onProgress,
      });
      if (json) terminal.json(report);
      else terminal.prose('', ...renderFailoverReport(report, terminal.paint, terminal.columns));
      done(agreesWithTheory(report) ? EXIT.ok : EXIT.failed);
    });
  });
};
