/** The JSON files that a person means when importing a cloud. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportFile } from '../model/import/gather.js';
import { MAX_JSON_BYTES } from '../model/import/parse-json.js';
import { ImportFilesUnreadable } from './errors.js';

/** More files are no answer of an API but a mistake in the path. */
const MAX_FILES = 2000;

/**
 * @param paths Files, and folders of which all `*.json` are taken
 * @throws ImportFilesUnreadable
 */
export async function readImportFiles(paths: readonly string[]): Promise<readonly ImportFile[]> {
  const names = (await Promise.all(paths.map(filesOf))).flat();
  if (names.length > MAX_FILES) {
    throw new ImportFilesUnreadable(
      `There are ${String(names.length)} files; at most ${String(MAX_FILES)} are read.`,
      'Give the folder that holds the answers of Neutron, and nothing else.',
    );
  }
  const files: ImportFile[] = [];
  let left = MAX_JSON_BYTES;
  for (const { name, size } of names) {
    left -= size;
    if (left < 0) {
      throw new ImportFilesUnreadable(
        `The files are larger than ${String(MAX_JSON_BYTES / 1e6)} MB together, from ${name} on nothing is read.`,
        'Import the networks and routers that matter: `openstack port list` and the API take filters.',
      );
    }
    files.push({ name, text: await textOf(name) });
  }
  return files;
}

async function filesOf(path: string): Promise<readonly { readonly name: string; readonly size: number }[]> {
  const info = await stat(path).catch(() => null);
  if (info === null) {
    throw new ImportFilesUnreadable(
      `There is no file or folder "${path}".`,
      'Give JSON files of a cloud, or a folder with such files.',
    );
  }
  if (info.isFile()) return [{ name: path, size: info.size }];
  if (!info.isDirectory()) throw new ImportFilesUnreadable(`"${path}" is not a file.`, 'Give a JSON file or a folder.');
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) {
    throw new ImportFilesUnreadable(
      `There is no *.json in ${path === '.' ? 'this folder' : path}.`,
      'Write some: `openstack network list --long -f json > networks.json`.',
    );
  }
  const inside = await Promise.all(names.map(async (name) => ({ name, info: await stat(join(path, name)) })));
  return inside.filter((one) => one.info.isFile()).map((one) => ({ name: join(path, one.name), size: one.info.size }));
}

async function textOf(name: string): Promise<string> {
  const bytes = await readFile(name).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportFilesUnreadable(`${name} cannot be read: ${why}.`, 'Look at its permissions.');
  });
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ImportFilesUnreadable(
      `${name} is not text in ${encoding.toUpperCase()}, as JSON is.`,
      'Save it as UTF-8: `iconv -f LATIN1 -t UTF-8 FILE`, if it came from an old terminal.',
    );
  }
}

/**
 * PowerShell writes UTF-16 where a shell of Unix writes UTF-8. JSON begins with an ASCII character, so where a byte of 0
 * stands tells which (RFC 4627, section 3).
 */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || first === 0) return 'utf-16be';
  return 'utf-8';
}
