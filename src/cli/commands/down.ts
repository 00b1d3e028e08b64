/** `neutron-lab down` */
import type { Runtime } from '../../docker/runtime.js';
import { type Removed, down } from '../../lab/bring-up/down.js';
import type { DefineCommand } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { chooseLab, labNames, openEngine } from '../lab-access.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';
import { count, milliseconds } from '../../render/words.js';

interface DownOptions extends LabChoice, JsonChoice {
  readonly all?: boolean;
}

async function chosen(runtime: Runtime, word: string | undefined, options: DownOptions): Promise<string[]> {
  const name = word ?? options.lab;
  if (options.all === true) {
    if (name !== undefined) throw new UsageError('Both a lab and --all were given.', 'Give one of the two.');
    return await labNames(runtime);
  }
  if (name === undefined && (await labNames(runtime)).length === 0) return [];
  return [await chooseLab(runtime, name)];
}

export const defineDown: DefineCommand = (command, { terminal }) => {
  command.argument('[lab]', 'its name, or the path of its file; may be left out where only one lab runs');
  withJson(withLab(command)).option('--all', 'every lab on this engine');
  examples(
    command,
    ['neutron-lab down', 'the one lab that runs'],
    ['neutron-lab down ha-router', ''],
    ['neutron-lab down labs/ha-router', 'the lab of that file'],
    ['neutron-lab down --all', 'every lab; what is not of Neutron Lab is never touched'],
  );
  command.action(async (word: string | undefined, options: DownOptions) => {
    const runtime = await openEngine(options);
    try {
      const labs = await chosen(runtime, word, options);
      const began = performance.now();
      const removed = await Promise.all(
        labs.map(async (lab): Promise<Removed & { lab: string }> => ({ lab, ...(await down(runtime, lab)) })),
      );
      if (options.json === true) {
        terminal.json(removed);
        return;
      }
      if (removed.length === 0) terminal.line('No lab runs on this engine: nothing to remove.');
      for (const { lab, containers, networks } of removed) {
        const { paint } = terminal;
        if (containers.length + networks.length === 0) {
          terminal.line(`There is no lab "${lab}" on this engine: nothing to remove.`);
          continue;
        }
        const what = `${count(containers.length, 'node')} and ${count(networks.length, 'network')}`;
        terminal.line(
          `${paint('✓', 'green')} ${paint(lab, 'bold')} is down: ${what} removed in ${milliseconds(performance.now() - began)}.`,
        );
      }
    } finally {
      runtime.close();
    }
  });
};
