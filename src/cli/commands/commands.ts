/** `neutron-lab commands` */
import { concerns, readCommandLog, recordLine } from '../../lab/command-log.js';
import { NodeUnreachable } from '../../lab/node/node-session.js';
import type { DefineCommand } from '../command-definition.js';
import { knownLab, withRunningLab } from '../lab-access.js';
import { findRouter } from '../lab-words.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';
import { renderCommandLog } from '../render/command-log.js';

interface CommandsOptions extends LabChoice, JsonChoice {
  readonly router?: string;
}

export const defineCommands: DefineCommand = (command, { terminal }) => {
  command.argument('<node>', 'a node of the lab');
  withJson(withLab(command)).option('-r, --router <router>', 'only what was done for this router');
  examples(
    command,
    ['neutron-lab commands network1', 'the whole story of a node, reasons as comments'],
    ['neutron-lab commands network1 --router edge', 'how one router came to be'],
    ["neutron-lab commands network1 --json | jq -r '.[].line'", 'the commands alone'],
  );
  command.action(async (node: string, options: CommandsOptions) => {
    await withRunningLab(options, async (access) => {
      const container = access.running.container(node);
      if (container.state !== 'running') throw new NodeUnreachable(node, `its container is ${container.state}`);
      const lab = options.router === undefined ? null : knownLab(access);
      const router = lab === null || options.router === undefined ? null : findRouter(lab, options.router);
      const all = await readCommandLog(access.runtime, container.id);
      const records = all.filter(
        (entry) =>
          lab === null || router === null || concerns(entry, { kind: 'router', id: router.id, name: router.name }, lab),
      );
      if (options.json === true) terminal.json(records.map((entry) => ({ ...entry, line: recordLine(entry) })));
      else if (records.length === 0)
        terminal.line(`No command was run on ${node}${router ? ` for router ${router.name}` : ''} yet.`);
      else terminal.line(...renderCommandLog(records, terminal.paint, terminal.columns));
    });
  });
};
