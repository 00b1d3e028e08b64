/** The learner's folder: a copy of the lab file, so that the lesson's own is never edited. */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import type { LearnersFile } from './learners-file.js';

/** What a reset keeps of a file that was edited. */
export const KEPT = '.before-reset';

/** Puts the lab file there where it is not. @param file Its name */
export async function prepareFolder(folder: string, file: string, start: string): Promise<LearnersFile> {
  const path = join(folder, file);
  if ((await stat(path).catch(() => null)) === null) {
    await mkdir(folder, { recursive: true });
    await writeFile(path, start);
  }
  return fileOnDisk(path);
}

export function fileOnDisk(path: string): LearnersFile {
  return {
    name: path,
    read: async () => {
      try {
        return await readFile(path, 'utf8');
      } catch {
        throw new LabError('LabFileNotFound', `${path} cannot be read.`, 'Take the lesson back to its start (reset).');
      }
    },
    write: async (text) => {
      await writeFile(path, text);
    },
    keep: async () => {
      await copyFile(path, path + KEPT);
    },
  };
}
