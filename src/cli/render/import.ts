/** What an import has to say: what the lab has, and what is not the same as in the cloud. Pure. */
import type { Imported } from '../../model/import/import-cloud.js';
import { renderNote } from '../../model/import/notes.js';
import type { ImportProblem } from '../../model/import/validate.js';
import { type Paint, printable } from '../../render/paint.js';
import { count } from '../../render/words.js';

/** @param file Where the lab file was written, null for standard output. */
export function renderImport({ lab, notes }: Imported, file: string | null, paint: Paint): string[] {
  const told = notes.map((note) => `${paint('-', 'yellow')} ${printable(renderNote(note))}`);
  const head = told.length === 0 ? [] : [paint('Not the same as in the cloud:', 'bold'), ...told];
  if (lab === null) return head;
  const has = [
    count(lab.networks.length, 'network'),
    count(lab.routers.length, 'router'),
    count(lab.ports.length, 'port'),
    count(lab.instances.length, 'instance'),
  ].join(', ');
  const where = file === null ? `The lab ${lab.name}` : `${file}, the lab ${lab.name}`;
  return [...head, `${paint('✓', 'green')} ${where}: ${has}.`];
}

export function renderImportProblems(problems: readonly ImportProblem[], paint: Paint): string[] {
  return [
    ...problems.flatMap(({ file, message, remedy }) => [
      `${paint(`${printable(file)}:`, 'bold')} ${paint('error:', 'red', 'bold')} ${printable(message)}`,
      `  ${paint('→', 'cyan')} ${remedy}`,
    ]),
    count(problems.length, 'error'),
  ];
}
