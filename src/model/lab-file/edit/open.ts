/** A lab file that is going to be asked about and edited. */
import type { Alias } from 'yaml';
import { valueAt } from '../issues.js';
import type { PlacedKind } from '../places.js';
import type { Path } from '../problems.js';
import { analyseLabFile, type Analysis, type ReadOptions } from '../read.js';
import { EditableText } from './change.js';
import { EditRefused } from './refusals.js';
import { aliasesOf } from './shared.js';

/** Read once; it never changes. */
export interface OpenLabFile {
  readonly text: string;
  readonly options: ReadOptions;
  readonly analysis: Analysis;
  /** @throws EditRefused when the text is no YAML. */
  readonly editable: EditableText;
  readonly aliases: ReadonlyMap<string, readonly Alias[]>;
}

export function openLabFile(text: string, options: ReadOptions = {}): OpenLabFile {
  const analysis = analyseLabFile(text, options);
  let editable: EditableText | null = null;
  let aliases: ReadonlyMap<string, readonly Alias[]> | null = null;
  return {
    text,
    options,
    analysis,
    get editable() {
      return (editable ??= editableOf(text, analysis));
    },
    get aliases() {
      const { document } = analysis;
      return (aliases ??= document === null || !text.includes('*') ? new Map() : aliasesOf(document.yaml));
    },
  };
}

function editableOf(text: string, { document, problems }: Analysis): EditableText {
  if (document === null) {
    const [first] = problems;
    const where = first === undefined ? '' : ` in line ${String(first.line)}`;
    throw new EditRefused(
      first?.code ?? 'YamlSyntax',
      first?.message ?? 'The lab file cannot be read.',
      `Mend that${where} by hand first. ${first?.remedy ?? ''}`.trim(),
    );
  }
  return new EditableText(text, document.yaml);
}

/** The plain value at a path, undefined when there is none. */
export function valueOf({ analysis }: OpenLabFile, path: Path): unknown {
  return valueAt(analysis.document?.root.value, path);
}

/** What the text at a path means: the id of a resource, null when it is no reference of the kind. */
export function meaningOf({ analysis }: OpenLabFile, path: Path, kind: PlacedKind): string | null {
  const reference = analysis.places.meaning(path);
  return reference?.kind === kind ? reference.id : null;
}
