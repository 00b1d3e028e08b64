/** The learner's progress on this machine, which the command line and the editor share. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type Deed, type Progress, afterDeed, noProgress, progressSchema } from './progress.js';

/**
 * XDG Base Directory Specification for what an application remembers; the places that macOS and Windows have for that.
 * `NEUTRON_LAB_PROGRESS` goes before all.
 */
export function progressPath(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (env.NEUTRON_LAB_PROGRESS !== undefined && env.NEUTRON_LAB_PROGRESS !== '') return env.NEUTRON_LAB_PROGRESS;
  const xdg = env.XDG_STATE_HOME?.startsWith('/') === true ? env.XDG_STATE_HOME : null;
  const ofPlatform =
    platform === 'win32'
      ? (env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : join(home, '.local', 'state');
  return join(xdg ?? ofPlatform, 'neutron-lab', 'progress.json');
}

/** As a trainer sees the learner: `NEUTRON_LAB_LEARNER`, or the name of the account. */
export function learnerName(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.NEUTRON_LAB_LEARNER?.trim() ?? '';
  if (named !== '') return named.slice(0, 100);
  try {
    return userInfo().username || 'learner';
  } catch {
    // An account without an entry in the list of users.
    return 'learner';
  }
}

/** What was never written, or is no progress, is none. */
export async function readProgress(path: string, learner: string): Promise<Progress> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return { ...progressSchema.parse(value), learner };
  } catch {
    return noProgress(learner);
  }
}

/** Whole or not at all. @returns the progress with it */
export async function recordDeed(path: string, learner: string, deed: Deed, now = Date.now()): Promise<Progress> {
  const progress = afterDeed(await readProgress(path, learner), deed, now);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, `${JSON.stringify(progress, null, 2)}\n`);
  return progress;
}

/** @param mode Nobody else may read it, where nothing is said */
export async function writeWhole(path: string, text: string, mode = 0o600): Promise<void> {
  const beside = `${path}.${String(process.pid)}.tmp`;
  await writeFile(beside, text, { mode });
  await rename(beside, path);
}
