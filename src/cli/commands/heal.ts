/** `neutron-lab heal` */
import { mend, removeFault } from '../../lab/break/break-and-mend.js';
import { recordedOrWoken } from '../../lab/wake.js';
import { awaitReady, bringUp, provideImage } from '../bring-up.js';
import type { DefineCommand } from '../command-definition.js';
import { LabUnknown, UsageError } from '../errors.js';
import { Interrupt } from '../interrupt.js';
import { type LabAccess, knownLab, withRunningLab } from '../lab-access.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';
import { count } from '../../render/words.js';
import type { Terminal } from '../terminal.js';

interface HealOptions extends LabChoice, JsonChoice {
  readonly fault?: string;
  readonly wait: boolean;
}

async function healAll(access: LabAccess, terminal: Terminal, options: HealOptions): Promise<void> {
  const quiet = options.json === true;
  using interrupt = new Interrupt(terminal, quiet ? null : undefined);
  const { signal } = interrupt;
  const lab = await recordedOrWoken(access.running, access.recorded);
  if (lab === null) throw new LabUnknown(access.running.name);
  // The image that its nodes run: healing is not the moment to change it.
  const image = access.running.containers[0]?.image ?? (await provideImage(access.runtime, terminal, quiet, signal));
  const intent = { lab, previous: lab, attached: null, warnings: [] };
  const result = await bringUp(access.runtime, intent, terminal, { image, signal, quiet });
  using running = result.running;
  const { changed } = result;
  if (options.wait) await awaitReady(running, lab, terminal, { signal, quiet });
  if (quiet) terminal.json({ lab: lab.name, changed });
  else {
    const what = changed === 0 ? 'nothing was broken' : `healed, ${count(changed, 'change')}`;
    terminal.line(`${terminal.paint('✓', 'green')} ${terminal.paint(lab.name, 'bold')}: ${what}.`);
  }
}

export const defineHeal: DefineCommand = (command, { terminal }) => {
  command.argument('[node]', 'only this node; without it everything');
  withJson(withLab(command))
    .option('--fault <name>', 'only this fault of the node, by the name that `status` shows')
    .option('--no-wait', 'do not wait until the lab is ready again');
  examples(
    command,
    ['neutron-lab heal', 'everything, as `up` would'],
    ['neutron-lab heal network1', 'one node, the others stay as they are'],
    ['neutron-lab heal network1 --fault link-eth0', 'one fault of several'],
  );
  command.action(async (node: string | undefined, options: HealOptions) => {
    if (node === undefined && options.fault !== undefined) {
      throw new UsageError('A fault is on a node.', 'Name it: `neutron-lab heal NODE --fault NAME`.');
    }
    await withRunningLab(options, async (access) => {
      if (node === undefined) {
        await healAll(access, terminal, options);
        return;
      }
      const lab = knownLab(access);
      const { running } = access;
      const changed =
        options.fault === undefined
          ? await mend(running, lab, running.container(node).node)
          : await removeFault(running, lab, node, options.fault);
      if (options.json === true) terminal.json({ lab: lab.name, node, changed });
      else {
        const what = changed === 0 ? 'nothing was broken' : `healed, ${count(changed, 'step')}`;
        terminal.line(`${terminal.paint('✓', 'green')} ${node}: ${what}.`);
      }
    });
  });
};
