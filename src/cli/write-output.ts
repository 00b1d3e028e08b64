/** A file that a command makes for a person: nothing that is there is written over unless they say so. */
import { writeFile } from 'node:fs/promises';
import { UsageError } from './errors.js';

/** @throws UsageError */
export async function writeOutput(file: string, text: string, force: boolean): Promise<void> {
  await writeFile(file, text, { flag: force ? 'w' : 'wx' }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new UsageError(
        `${file} is there already, and nothing was written.`,
        'Give another `--output`, or `--force`.',
      );
    }
    throw new UsageError(`${file} cannot be written: ${why}.`, 'Give another `--output`.');
  });
}
