/** `neutron-lab up` */
import type { DefineCommand } from '../command-definition.js';
import { awaitReady, bringUp, provideImage } from '../bring-up.js';
import { intentOf } from '../lab-file.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { readLabText } from '../lab-path.js';
import { type EngineChoice, type JsonChoice, examples, withEngine, withJson } from '../options.js';
import { renderProblems } from '../../render/problems.js';
import { count, milliseconds } from '../../render/words.js';

interface UpOptions extends EngineChoice, JsonChoice {
  readonly wait: boolean;
}

export const defineUp: DefineCommand = (command, { terminal }) => {
  command.argument('[path]', 'a lab file, or a folder with one *.neutron.yaml', '.');
  withJson(withEngine(command)).option(
    '--no-wait',
    'come back when everything is configured; do not wait for MASTERs and addresses',
  );
  examples(
    command,
    ['neutron-lab up labs/ha-router', 'from nothing, after an edit, or after a crash: always the same command'],
    ['neutron-lab up', 'the lab file in this folder'],
    ['neutron-lab up my.neutron.yaml --no-wait --json', 'for scripts'],
  );
  command.action(async (path: string, options: UpOptions) => {
    const { paint } = terminal;
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : undefined);
    const { signal } = interrupt;
    const began = performance.now();
    const labText = await readLabText(path);
    const runtime = await openEngine(options);
    try {
      const intent = await intentOf(runtime, labText);
      const { lab, warnings } = intent;
      if (!quiet && warnings.length > 0) {
        terminal.errorLine(...renderProblems(labText.file, labText.text, warnings, terminal.errorPaint));
      }
      const image = await provideImage(runtime, terminal, quiet, signal);
      if (!quiet && terminal.live)
        terminal.line(
          `${paint(lab.name, 'bold')} ${paint(`on ${runtime.engine.name} ${runtime.engine.version}, ${runtime.engine.found}`, 'grey')}`,
        );
      const result = await bringUp(runtime, intent, terminal, { image, signal, quiet });
      using running = result.running;
      const { changed } = result;
      const configuredMs = performance.now() - began;
      const changes = changed === 0 ? 'nothing to change' : count(changed, 'change');
      if (!quiet)
        terminal.line(
          `${paint('✓', 'green')} ${paint(lab.name, 'bold')} is configured: ${changes}, ${milliseconds(configuredMs)}.`,
        );
      const status = options.wait ? await awaitReady(running, lab, terminal, { signal, quiet }) : null;
      const readyMs = performance.now() - began;
      if (quiet) {
        const configured_s = configuredMs / 1000;
        terminal.json({
          lab: lab.name,
          changed,
          configured_s,
          ready_s: status ? readyMs / 1000 : null,
          warnings,
          status,
        });
      } else if (status) {
        const masters = status.routers.filter(({ ha }) => ha).length;
        const what = [
          masters > 0
            ? `one MASTER for ${masters === 1 ? 'the HA router' : `each of ${String(masters)} HA routers`}`
            : '',
          status.instances.length > 0 ? 'every instance has its addresses' : '',
        ].filter((part) => part !== '');
        terminal.prose(
          `${paint('✓', 'green')} ${paint(lab.name, 'bold')} is ready after ${milliseconds(readyMs)}${what.length > 0 ? `: ${what.join(', ')}` : ''}.`,
        );
      }
    } finally {
      runtime.close();
    }
  });
};
