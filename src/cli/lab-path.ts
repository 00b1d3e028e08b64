/** From what a person types to the lab file that is meant. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LabFileNotFound } from './errors.js';

const ENDING = '.neutron.yaml';

/** A file may come from a stranger: more than this is not even read. Bytes; the reader itself allows less. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface LabText {
  /** As the person would write it, for messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * @param path A file, or a folder with exactly one lab file
 * @throws LabFileNotFound
 */
export async function findLabFile(path: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  if (info === null) {
    throw new LabFileNotFound(
      `There is no file or folder "${path}".`,
      `Give a lab file (*${ENDING}) or a folder that holds one.`,
    );
  }
  if (!info.isDirectory()) return path;
  const files = (await readdir(path)).filter((name) => name.endsWith(ENDING)).sort();
  const [only] = files;
  if (only === undefined) {
    throw new LabFileNotFound(
      `There is no lab file (*${ENDING}) in ${place(path)}.`,
      'Name one: `neutron-lab up labs/ha-router`.',
    );
  }
  if (files.length > 1) {
    throw new LabFileNotFound(
      `There are ${String(files.length)} lab files in ${place(path)}: ${files.join(', ')}.`,
      'Say which one is meant.',
    );
  }
  return path === '.' ? only : join(path, only);
}

/** @throws LabFileNotFound */
export async function readLabText(path: string): Promise<LabText> {
  const file = await findLabFile(path);
  const info = await stat(file);
  if (!info.isFile()) throw new LabFileNotFound(`"${file}" is not a file.`, `Give a lab file (*${ENDING}).`);
  if (info.size > MAX_BYTES) {
    throw new LabFileNotFound(
      `${file} has ${(info.size / 1e6).toFixed(0)} MB; no lab file is that large.`,
      'Is it the right file?',
    );
  }
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new LabFileNotFound(`${file} cannot be read: ${why}.`, 'Look at its permissions.');
  });
  return { file, text };
}

function place(path: string): string {
  return path === '.' ? 'this folder' : path;
}
