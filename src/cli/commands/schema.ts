/** `neutron-lab schema` */
import { labFileJsonSchema } from '../../model/lab-file/json-schema.js';
import type { DefineCommand } from '../command-definition.js';
import { examples } from '../options.js';

export const defineSchema: DefineCommand = (command, { terminal }) => {
  examples(
    command,
    ['neutron-lab schema > neutron-lab.schema.json', ''],
    [
      '# yaml-language-server: $schema=neutron-lab.schema.json',
      'as the first line of a lab file: completion while writing',
    ],
  );
  command.action(() => {
    terminal.json(labFileJsonSchema());
  });
};
