/** `neutron-lab list` */
import type { DefineCommand } from '../command-definition.js';
import { openEngine } from '../lab-access.js';
import { type EngineChoice, type JsonChoice, examples, withEngine, withJson } from '../options.js';
import { labSummaries, renderLabs } from '../render/labs.js';

export const defineList: DefineCommand = (command, { terminal }) => {
  command.alias('ls');
  examples(
    withJson(withEngine(command)),
    ['neutron-lab list', ''],
    ["neutron-lab list --json | jq -r '.[].lab'", 'the names alone'],
  );
  command.action(async (options: EngineChoice & JsonChoice) => {
    const runtime = await openEngine(options);
    try {
      const labs = labSummaries(...(await Promise.all([runtime.listNodes(), runtime.listUnderlays()])));
      if (options.json === true) terminal.json(labs);
      else terminal.line(...renderLabs(labs, Date.now() / 1000, terminal.paint, terminal.width));
    } finally {
      runtime.close();
    }
  });
};
