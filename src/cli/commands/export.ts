/** `neutron-lab export` */
import { Argument } from 'commander';
import { exportLab, FORMATS, type Format } from '../../model/export/export-lab.js';
import { ROLES, type Role } from '../../model/export/topology.js';
import type { Lab } from '../../model/resources.js';
import { renderProblems } from '../../render/problems.js';
import type { DefineCommand } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { knownLab, withRunningLab } from '../lab-access.js';
import { parseLab } from '../lab-file.js';
import { readLabText } from '../lab-path.js';
import { examples, type LabChoice, oneOf, withLab } from '../options.js';
import type { Terminal } from '../terminal.js';
import { writeOutput } from '../write-output.js';

interface ExportChoice extends LabChoice {
  readonly as: Role;
  readonly servers: boolean;
  readonly output?: string;
  readonly force?: boolean;
}

export const defineExport: DefineCommand = (command, { terminal }) => {
  command.description(
    'The topology of a lab for a real cloud: a script of the openstack client, a Heat template (HOT) or Terraform. Nothing is run and no cloud is asked; what a format cannot say stands in it as a comment.',
  );
  command
    .addArgument(new Argument('<format>', 'what to write').choices(FORMATS))
    .argument('[path]', 'a lab file, or a folder with one *.neutron.yaml; this folder, unless --lab says what runs');
  withLab(command)
    .option('--as <role>', `for whom: ${ROLES.join(', ')}`, oneOf(ROLES), 'admin')
    .option('--no-servers', 'the ports of the instances, but no instances')
    .option('-o, --output <file>', 'write it there, not to standard output')
    .option('--force', 'write over a file that is there');
  examples(
    command,
    ['neutron-lab export openstack labs/ha-router', 'the commands that would build it, in their order'],
    ['neutron-lab export heat labs/ha-router -o edge.yaml', 'openstack stack create -t edge.yaml edge'],
    ['neutron-lab export terraform labs/ha-router --as member', 'with what a member of a project may declare'],
    ['neutron-lab export openstack --lab ha-router', 'the lab that runs, with the addresses that it has'],
  );
  command.action(async (format: Format, path: string | undefined, options: ExportChoice) => {
    const lab = await labOf(path, options, terminal);
    const text = exportLab(lab, format, { role: options.as, servers: options.servers });
    if (options.output === undefined) {
      terminal.write(text);
      return;
    }
    await writeOutput(options.output, text, options.force === true);
    terminal.errorLine(`${terminal.errorPaint('✓', 'green')} ${options.output}, the lab ${lab.name}.`);
  });
};

async function labOf(path: string | undefined, options: ExportChoice, terminal: Terminal): Promise<Lab> {
  if (path !== undefined && options.lab !== undefined) {
    throw new UsageError('A lab file and a running lab are given at once.', 'Give the path, or `--lab NAME`.');
  }
  if (options.lab !== undefined) return await withRunningLab(options, (access) => Promise.resolve(knownLab(access)));
  const labText = await readLabText(path ?? '.');
  const { lab, warnings } = parseLab(labText);
  if (warnings.length > 0) {
    terminal.errorLine(...renderProblems(labText.file, labText.text, warnings, terminal.errorPaint));
  }
  return lab;
}
