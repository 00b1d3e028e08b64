/** `neutron-lab fail node | keepalived | link | …` */
import type { Command } from 'commander';
import { inject } from '../../lab/failures.js';
import { printable } from '../../render/paint.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import * as links from '../fail/of-links.js';
import * as nodes from '../fail/of-nodes.js';
import * as routers from '../fail/of-routers.js';
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
  define(command, context, nodes.node);
  define(command, context, nodes.restart);
  define(command, context, nodes.freeze);
  define(command, context, nodes.agent);
  define(command, context, routers.keepalived);
  define(command, context, routers.config);
  define(command, context, routers.conntrack);
  define(command, context, routers.dhcp);
  define(command, context, links.link);
  define(command, context, links.partition);
  define(command, context, links.impair);
  define(command, context, links.mtu);
};
