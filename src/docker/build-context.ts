/** The folder `containers/node` as a build context, and the name of the image that comes of it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { LabError } from '../model/errors.js';

export interface ContextFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly executable: boolean;
  readonly content: Buffer;
}

/** `containers/node` of this package: it lies above src/docker as well as above dist. */
export function nodeImageFolder(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'containers', 'node');
    if (existsSync(join(candidate, 'Dockerfile'))) return candidate;
    if (folder === dirname(folder)) {
      throw new LabError(
        'NodeImageFolderMissing',
        `The folder containers/node of Neutron Lab is not above ${start}.`,
        'Install Neutron Lab again: its package holds that folder.',
      );
    }
  }
}

/** All files but texts for people (*.md) and hidden ones, in the order of their paths. */
export async function readContext(folder: string): Promise<readonly ContextFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(async (file): Promise<ContextFile> => {
    const [content, { mode }] = await Promise.all([readFile(file), stat(file)]);
    const path = file.slice(folder.length + 1).replaceAll('\\', '/');
    // A script of Windows' file system has no x bit; what begins with #! is a program all the same.
    return { path, executable: (mode & 0o100) !== 0 || content.subarray(0, 2).toString() === '#!', content };
  });
  return (await Promise.all(read)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The same for the same files, whatever their dates, owners and umask: 12 hexadecimal digits. Pure. */
export function contextHash(files: readonly ContextFile[]): string {
  const hash = createHash('sha256');
  for (const { path, executable, content } of files) {
    hash.update(`${path}\0${executable ? 'x' : '-'}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** A change of the folder makes another image. */
export function nodeImageTag(files: readonly ContextFile[]): string {
  return `neutron-lab/node:${contextHash(files)}`;
}

/** The tar that a build takes. */
export async function packContext(files: readonly ContextFile[]): Promise<Readable> {
  // Read where an image is made, which is once on a machine. It is CommonJS: bundled, it has nothing but its default export.
  const { default: tarStream } = await import('tar-stream');
  const tar = tarStream.pack();
  for (const { path, executable, content } of files) {
    tar.entry({ name: path, mode: executable ? 0o755 : 0o644, mtime: new Date(0) }, content);
  }
  tar.finalize();
  // tar-stream's own stream is none of Node's.
  return tar.pipe(new PassThrough());
}
