/** `neutron-lab fail node | keepalived | link | …` */
import type { Command } from 'commander';
import { inject } from '../../lab/break/break-and-mend.js';
import { printable } from '../../render/paint.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import { eachFault } from '../fail/faults.js';
import { type FailOptions, type FaultCommand, findSpot } from '../fail/spot.js';
import { withRunningLab } from '../lab-access.js';
import { examples, withJson, withLab } from '../options.js';

function define<O extends FailOptions>(parent: Command, { terminal }: CommandContext, fault: FaultCommand<O>): void {
  const command = parent.command(fault.name).summary(fault.summary).description(fault.description);
  command.argument('<node>', 'a node, or a router: then the node where its MASTER is');
  withJson(withLab(fault.options?.(command) ?? command));
  examples(command, ...fault.examples);
  command.action(async (word: string, options: O) => {
    await withRunningLab(options, async (access) => {
      const spot = await findSpot(access, word);
      const { fault: chosen, what } = fault.choose(spot, options);
      const { remarks } = await inject(access.running, spot.lab, chosen);
      if (options.json === true) {
        terminal.json({ lab: spot.lab.name, fault: chosen, remarks });
        return;
      }
      const { paint } = terminal;
      terminal.line(`${paint('✗', 'red')} ${printable(what)}`);
      for (const remark of remarks) terminal.line(paint(`  ${remark}`, 'grey'));
      terminal.line(
        paint('  `neutron-lab status --watch` shows what comes of it, `neutron-lab heal` mends it.', 'grey'),
      );
    });
  });
}

export const defineFail: DefineCommand = (command, context) => {
  eachFault((fault) => {
    define(command, context, fault);
  });
};
