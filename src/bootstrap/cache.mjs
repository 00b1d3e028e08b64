// What is fetched once and used by every clone of this person: ~/.cache/neutron-lab, a folder for each thing and version.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What an installation that was killed left behind is removed when it is older than this, in milliseconds. */
const ABANDONED = 60 * 60_000;
const UNFINISHED = 'unfinished-';

/** XDG Base Directory Specification: a relative XDG_CACHE_HOME is none. */
export function cacheFolder() {
  const named = process.env.XDG_CACHE_HOME;
  return join(named?.startsWith('/') ? named : join(homedir(), '.cache'), 'neutron-lab');
}

/**
 * The folder of that name: there, or made now. It is made beside its place and moved there when it is whole, so that an
 * end at any moment leaves no half, and two that make it at the same time do not meet.
 *
 * @param {string} name With its version.
 * @param {(folder: string) => Promise<void>} make Fills an empty folder.
 * @returns {Promise<string>}
 */
export async function cached(name, make) {
  const cache = cacheFolder();
  const place = join(cache, name);
  if (existsSync(place)) return place;
  mkdirSync(cache, { recursive: true });
  removeAbandoned(cache);
  const folder = mkdtempSync(join(cache, UNFINISHED));
  try {
    await make(folder);
    moveTo(place, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return place;
}

/** @param {string} place @param {string} folder */
function moveTo(place, folder) {
  try {
    renameSync(folder, place);
  } catch (error) {
    // Somebody else was faster, with the same.
    if (!existsSync(place)) throw error;
  }
}

/** @param {string} cache */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(UNFINISHED))) {
    const path = join(cache, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > ABANDONED) rmSync(path, { recursive: true, force: true });
  }
}
