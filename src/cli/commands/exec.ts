/** `neutron-lab exec` */
import { shellArgv, targetArgv } from '../../lab/exec-target.js';
import { NodeUnreachable } from '../../lab/node/node-session.js';
import type { LabError } from '../../model/errors.js';
import { attach } from '../attach.js';
import type { DefineCommand } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { resolveTarget } from '../exec-target.js';
import { withRunningLab } from '../lab-access.js';
import { type LabChoice, examples, withLab } from '../options.js';
import { hanging } from '../../render/fold.js';
import { errorLines } from '../report-error.js';
import { CommandMissing, CommandRefused, toldArgv } from '../told-command.js';

interface ExecOptions extends LabChoice {
  readonly namespace?: string;
  readonly interactive?: boolean;
  readonly tty?: boolean;
}

export const defineExec: DefineCommand = (command, { terminal, rest }, done) => {
  command
    .usage('[options] [PLACE] [-- COMMAND…]')
    .argument('[place]', 'a node, an instance, a router (where its MASTER is), or a network (where its DHCP server is)')
    .argument('[command...]', 'after --; without one a shell');
  withLab(command)
    .option('-n, --namespace <ns>', 'a namespace, or the name of the router, network or instance whose it is')
    .option('-i, --interactive', 'give the command what comes on standard input')
    .option('-t, --tty', 'give the command a terminal; on a terminal it gets one anyway');
  command.addHelpText(
    'after',
    '\nThe exit code is that of the command: 127 where there is none of that name, 126\nwhere it cannot be run.',
  );
  examples(
    command,
    ['neutron-lab exec network1 -- ip netns', 'on a node'],
    ['neutron-lab exec web1 -- ping -c 3 192.168.20.1', 'on an instance'],
    ['neutron-lab exec -n edge -- ip address', "in the router's namespace, where its MASTER is"],
    ['neutron-lab exec network2 -n edge -- ip address', 'in that of the replica on network2'],
    ['neutron-lab exec network1 -n qdhcp-3f0a… -- ss -lnup', 'in a namespace by its own name'],
    ['neutron-lab exec -it web1', 'a shell'],
    ['echo hello | neutron-lab exec -i web1 -- cat', ''],
  );
  command.action(async (place: string | undefined, words: readonly string[], options: ExecOptions) => {
    if (rest !== null && words.length > 0) {
      throw new UsageError(
        `"${words.join(' ')}" stands before --.`,
        'Put the whole command after it: `exec PLACE -- COMMAND`.',
      );
    }
    if (place === undefined && options.namespace === undefined) {
      throw new UsageError(
        'Where the command should run is missing.',
        'Name a node or an instance, or give -n NAMESPACE.',
      );
    }
    const given = rest ?? words;
    const tty = terminal.interactive;
    if (given.length === 0 && !tty && options.interactive !== true) {
      throw new UsageError(
        'There is no terminal for a shell here.',
        'Give a command after --, or -i to feed the shell.',
      );
    }
    await withRunningLab(options, async (access) => {
      const target = await resolveTarget(access, { place, namespace: options.namespace });
      const container = access.running.container(target.node);
      if (container.state !== 'running') {
        throw new NodeUnreachable(target.node, `its container is ${container.state}`);
      }
      access.running.close();
      const input = options.interactive === true;
      const shell = tty ? shellArgv(target) : targetArgv(target, ['bash']);
      const where = target.instance ? (place ?? options.namespace ?? target.node) : target.node;
      const say = (error: LabError): string =>
        errorLines(error, terminal.errorPaint)
          .flatMap((line) => hanging(line, terminal.width))
          .join('\n');
      const told = toldArgv(given, {
        missing: say(new CommandMissing(given, where)),
        refused: say(new CommandRefused(given, where)),
      });
      const argv = given.length > 0 ? targetArgv(target, told) : shell;
      done(await attach(access.runtime, container.id, terminal, { argv, input, tty }));
    });
  });
};
