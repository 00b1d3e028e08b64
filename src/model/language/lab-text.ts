/** One version of a lab file, read as far as is asked for and no more than once. */
import { openLabFile, type OpenLabFile } from '../lab-file/edit/open.js';
import type { Places } from '../lab-file/places.js';
import type { Analysis } from '../lab-file/read.js';
import { indexLab, type LabIndex } from '../lab-queries.js';
import { namesOf, type Names } from './names.js';
import { readSyntax } from './sections.js';
import type { SyntaxNode } from './syntax.js';

/** A lab, and where its resources stand in the text that it was read from. */
export interface KnownLab {
  readonly index: LabIndex;
  readonly places: Places;
}

export interface LabText {
  readonly text: string;
  /** The name of the file, from which a lab without a name takes its own. */
  readonly file: string | undefined;
  syntax(): SyntaxNode | null;
  names(): Names;
  read(): Analysis;
  /** For those who edit it. */
  open(): OpenLabFile;
  /** As far as it can be built; that of an earlier version while this one is no YAML; null where there is none. */
  lab(): KnownLab | null;
}

/** @param before The lab of an earlier version, so that help goes on while a line is half written. */
export function labText(text: string, file?: string, before: KnownLab | null = null): LabText {
  const syntax = once(() => readSyntax(text));
  const open = once(() => openLabFile(text, { file }));
  const read = (): Analysis => open().analysis;
  return {
    text,
    file,
    syntax,
    names: once(() => namesOf(syntax())),
    read,
    open,
    lab: once(() => {
      const { built, places } = read();
      return built === null ? before : { index: indexLab(built), places };
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
