/** Folders that come with the program. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabFileNotFound } from './errors.js';

/** Of the page that draws labs; null where it was not built. */
export async function webviewFile(name: string): Promise<string | null> {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'dist', 'webview', name);
    if (existsSync(candidate)) return await readFile(candidate, 'utf8');
  }
  return null;
}

/**
 * The folder of all labs, which lies above src/cli as well as above dist.
 * @throws LabFileNotFound
 */
export function bundledLabs(): string {
  return bundledLab('');
}

/**
 * A folder of `labs`.
 * @throws LabFileNotFound
 */
export function bundledLab(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'labs', name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) {
      throw new LabFileNotFound(
        `What comes with Neutron Lab is not there: ${join('labs', name)}.`,
        'Install Neutron Lab again.',
      );
    }
  }
}
