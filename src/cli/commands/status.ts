/** `neutron-lab status` */
import { readNodes, statusOf } from '../../lab/status.js';
import type { DefineCommand } from '../command-definition.js';
import { Interrupt } from '../interrupt.js';
import { knownLab, withRunningLab } from '../lab-access.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';
import { renderStatus } from '../render/status.js';
import { renderTopology } from '../render/topology.js';
import { watchAsJson, watchAsLines, watchOnScreen } from '../watch-status.js';

interface StatusOptions extends LabChoice, JsonChoice {
  readonly watch?: boolean;
  readonly topology?: boolean;
}

export const defineStatus: DefineCommand = (command, { terminal }) => {
  command.argument('[lab]', 'its name, or the path of its file; may be left out where only one lab runs');
  withJson(withLab(command))
    .option('-w, --watch', 'go on and show every change as it happens')
    .option('-t, --topology', 'draw how everything is plugged together');
  examples(
    command,
    ['neutron-lab status', ''],
    ['neutron-lab status --watch', 'live, until Ctrl-C'],
    ['neutron-lab status --watch --json', 'JSON lines: the state, then every event with the time of its node'],
    ['neutron-lab status --topology', 'a drawing'],
  );
  command.action(async (word: string | undefined, options: StatusOptions) => {
    const name = word ?? options.lab;
    await withRunningLab({ ...options, ...(name === undefined ? {} : { lab: name }) }, async (access) => {
      const { running } = access;
      const recorded = access.recorded ?? (await running.recordedBeforeItWentDown());
      const lab = knownLab({ ...access, recorded });
      if (options.watch === true) {
        using interrupt = new Interrupt(terminal, null);
        const show = options.json === true ? watchAsJson : terminal.live ? watchOnScreen : watchAsLines;
        await show(running, lab, terminal, interrupt);
        return;
      }
      const status = statusOf(lab, await readNodes(running));
      if (options.json === true) terminal.json(status);
      else if (options.topology === true)
        terminal.line(...renderTopology(lab, status, terminal.paint, terminal.columns));
      else terminal.line(...renderStatus(status, terminal.paint, terminal.width));
    });
  });
};
