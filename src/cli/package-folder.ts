/** Folders that come with the program. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabFileNotFound } from './errors.js';

/**
 * A folder of `labs`, which lies above src/cli as well as above dist.
 * @throws LabFileNotFound
 */
export function bundledLab(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'labs', name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) {
      throw new LabFileNotFound(
        `The lab ${name} that comes with Neutron Lab is not there.`,
        'Install Neutron Lab again.',
      );
    }
  }
}
