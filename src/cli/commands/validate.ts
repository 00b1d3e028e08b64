/** `neutron-lab validate` */
import type { DefineCommand } from '../command-definition.js';
import { EXIT } from '../exit-codes.js';
import { LabFileInvalid } from '../errors.js';
import { parseLab } from '../lab-file.js';
import { readLabText } from '../lab-path.js';
import { type JsonChoice, examples, withJson } from '../options.js';
import { renderProblems } from '../../render/problems.js';

export const defineValidate: DefineCommand = (command, { terminal }, done) => {
  command.argument('[path]', 'a lab file, or a folder with one *.neutron.yaml', '.');
  examples(
    withJson(command),
    ['neutron-lab validate labs/ha-router', 'every mistake at once, with its place'],
    ['neutron-lab validate my.neutron.yaml --json', 'the same for an editor or a script'],
  );
  command.action(async (path: string, { json = false }: JsonChoice) => {
    const labText = await readLabText(path);
    const { file, text } = labText;
    try {
      const { lab, warnings } = parseLab(labText);
      if (json) terminal.json({ file, lab: lab.name, valid: true, problems: warnings });
      else {
        terminal.line(...renderProblems(file, text, warnings, terminal.paint));
        terminal.line(`${terminal.paint('✓', 'green')} ${file} is a valid lab file (${lab.name}).`);
      }
      done(EXIT.ok);
    } catch (error) {
      if (!(error instanceof LabFileInvalid)) throw error;
      if (json) terminal.json({ file, lab: null, valid: false, problems: error.problems });
      else terminal.line(...renderProblems(file, text, error.problems, terminal.paint));
      done(EXIT.input);
    }
  });
};
