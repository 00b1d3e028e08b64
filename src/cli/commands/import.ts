/** `neutron-lab import` */
import { basename, dirname, resolve } from 'node:path';
import { importCloud, type Imported } from '../../model/import/import-cloud.js';
import type { ImportFile } from '../../model/import/gather.js';
import { ImportRefused } from '../../model/import/parse-json.js';
import type { DefineCommand } from '../command-definition.js';
import { ImportFilesUnreadable } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { readImportFiles } from '../import-files.js';
import { type JsonChoice, examples, withJson } from '../options.js';
import { renderImport, renderImportProblems } from '../render/import.js';
import { renderProblems } from '../../render/problems.js';
import type { Terminal } from '../terminal.js';
import { writeOutput } from '../write-output.js';

interface ImportOptions extends JsonChoice {
  readonly output?: string;
  readonly force?: boolean;
  readonly name?: string;
}

export const defineImport: DefineCommand = (command, { terminal }, done) => {
  command
    .argument('<path...>', 'JSON of a cloud, or folders with it: what the API answers, or `openstack … -f json` prints')
    .option('-o, --output <file>', 'write the lab file there, not to standard output')
    .option('--force', 'write over a file that is there')
    .option('--name <lab>', 'the name of the lab; that of the output or of the input otherwise');
  examples(
    withJson(command),
    ['neutron-lab import cloud/ -o prod.neutron.yaml', 'all *.json of a folder, told apart by what they hold'],
    ['neutron-lab import networks.json ports.json', 'to standard output; what a lab cannot have to standard error'],
    ["neutron-lab import cloud/ --json | jq '.notes'", 'what is not the same as in the cloud, for scripts'],
  );
  command.action(async (paths: string[], options: ImportOptions) => {
    const files = await readImportFiles(paths);
    const imported = importFiles(files, options.name ?? labName(options.output ?? paths[0] ?? ''));
    const { text } = imported;
    if (text !== null && options.output !== undefined) await writeOutput(options.output, text, options.force === true);
    if (options.json === true) tellScript(imported, options, terminal);
    else tellPerson(imported, options, terminal);
    done(imported.lab === null ? EXIT.input : EXIT.ok);
  });
};

function importFiles(files: readonly ImportFile[], name: string): Imported {
  try {
    return importCloud(files, name);
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new ImportFilesUnreadable(error.message, error.remedy, error.code);
  }
}

/** `prod.neutron.yaml` and `prod.json` are the lab prod; `prod/cloud.json` is too. */
function labName(path: string): string {
  const whole = resolve(path);
  const name = basename(whole).replace(/(\.neutron)?\.(ya?ml|json)$/, '');
  return name === 'cloud' ? basename(dirname(whole)) : name;
}

function tellScript(
  { text, lab, notes, inputProblems, problems }: Imported,
  { output }: ImportOptions,
  terminal: Terminal,
): void {
  terminal.json({
    lab: lab?.name ?? null,
    file: text === null ? null : (output ?? null),
    ...(output === undefined ? { text } : {}),
    notes,
    inputProblems,
    problems,
  });
}

function tellPerson(imported: Imported, { output }: ImportOptions, terminal: Terminal): void {
  const { text, lab, problems, inputProblems } = imported;
  const paint = terminal.errorPaint;
  if (text === null) {
    terminal.errorLine(...renderImportProblems(inputProblems, paint));
    return;
  }
  if (output === undefined) terminal.write(text);
  terminal.errorLine(...renderImport(imported, output ?? null, paint));
  // Warnings are told by every command that takes the file.
  if (lab === null) terminal.errorLine(...renderProblems(output ?? 'the lab file', text, problems, paint));
}
