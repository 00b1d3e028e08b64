/** `neutron-lab plan` */
import { wantedImageTag } from '../../docker/image.js';
import { planLab } from '../../lab/bring-up/up.js';
import { intentOf } from '../lab-file.js';
import type { DefineCommand } from '../command-definition.js';
import { openEngine } from '../lab-access.js';
import { readLabText } from '../lab-path.js';
import { type EngineChoice, type JsonChoice, examples, withEngine, withJson } from '../options.js';
import { planJson, renderPlan } from '../../render/plan.js';
import { renderProblems } from '../../render/problems.js';
import { VERSION } from '../version.js';

export const definePlan: DefineCommand = (command, { terminal }) => {
  command.argument('[path]', 'a lab file, or a folder with one *.neutron.yaml', '.');
  examples(
    withJson(withEngine(command)),
    ['neutron-lab plan labs/ha-router', 'every command that `up` would run, and why'],
    ["neutron-lab plan labs/ha-router --json | jq -r '.steps[].command'", 'the commands alone'],
  );
  command.action(async (path: string, options: EngineChoice & JsonChoice) => {
    const labText = await readLabText(path);
    const runtime = await openEngine(options);
    try {
      const { lab, previous, attached, warnings } = await intentOf(runtime, labText);
      const plan = await planLab(runtime, lab, { image: await wantedImageTag(), version: VERSION, previous, attached });
      if (options.json === true) {
        terminal.json(planJson(plan));
        return;
      }
      if (warnings.length > 0) {
        terminal.errorLine(...renderProblems(labText.file, labText.text, warnings, terminal.errorPaint));
      }
      terminal.line(...renderPlan(plan, terminal.paint, terminal.columns));
    } finally {
      runtime.close();
    }
  });
};
