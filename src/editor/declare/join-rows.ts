/** Rows of a lab that are brought together: by dropping one on another, or by drawing a cable between them. */
import type { LabFileEdit } from '../../model/lab-file/edit/edits.js';
import { together } from '../../model/lab-file/edit/verbs.js';
import type { LabStore } from '../labs/lab-store.js';
import type { About } from '../tree/row.js';
import { dropOf } from './drop.js';
import type { FileEdits } from './file-edits.js';

/** @throws LabError where the two have nothing to do with one another, or the edit is refused */
export async function joinRows(labs: LabStore, edits: FileEdits, joined: readonly About[], onto: About): Promise<void> {
  const entry = labs.get(onto.lab);
  if (!entry?.uri) return;
  const lab = { ...entry, uri: entry.uri };
  const written: LabFileEdit[] = [];
  for (const about of joined.filter(({ lab: key, id }) => key === onto.lab && id !== onto.id)) {
    const drop = dropOf(await edits.open(lab), about, onto);
    if ('edit' in drop) written.push(drop.edit);
    else await edits.ask(lab, drop.ask);
  }
  if (written.length > 0) await edits.write(lab, together(...written));
}
