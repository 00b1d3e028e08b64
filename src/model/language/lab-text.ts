/** One version of a lab file, read as far as is asked for and no more than once. */
import { readLabFile, type ReadResult } from '../lab-file/read.js';
import { indexLab, type LabIndex } from '../lab-queries.js';
import { namesOf, type Names } from './names.js';
import { readSyntax, type SyntaxNode } from './syntax.js';

export interface LabText {
  readonly text: string;
  /** The name of the file, from which a lab without a name takes its own. */
  readonly file: string | undefined;
  syntax(): SyntaxNode | null;
  names(): Names;
  read(): ReadResult;
  /** The lab with its lookups; that of an earlier version while this one has mistakes, null where there is none. */
  lab(): LabIndex | null;
}

/** @param before The lab of an earlier version, so that help goes on while a line is half written. */
export function labText(text: string, file?: string, before: LabIndex | null = null): LabText {
  const syntax = once(() => readSyntax(text));
  const read = once(() => readLabFile(text, { file }));
  return {
    text,
    file,
    syntax,
    names: once(() => namesOf(syntax())),
    read,
    lab: once(() => {
      const { lab } = read();
      return lab === null ? before : indexLab(lab);
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
