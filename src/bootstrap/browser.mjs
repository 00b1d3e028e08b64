// A browser that a test can drive: one that is there, else Debian's Chromium.
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';
import { Refusal, say } from './say.mjs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Milliseconds for the installation. */
const LIMIT = 5 * 60_000;

/** @returns {string | null} The path of the program; NEUTRON_LAB_BROWSER goes first. */
export function findBrowser() {
  const named = process.env.NEUTRON_LAB_BROWSER;
  if (named !== undefined && named !== '') return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return paths.find(isProgram) ?? null;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    // Ubuntu's package is a script that asks for a snap.
    return !(path.endsWith('chromium-browser') && readFileSync(path, 'latin1').startsWith('#!'));
  } catch {
    return false;
  }
}

/**
 * Installs it where it is missing and can be had, after saying so.
 *
 * @returns {Promise<string>}
 * @throws Refusal where there is none.
 */
export async function ensureBrowser() {
  const there = findBrowser();
  if (there !== null) return there;
  if (!isDebian() || process.getuid?.() !== 0)
    throw new Refusal(
      'there is no Chromium or Chrome. Install one (on Debian: "sudo apt-get install chromium"), or name one in NEUTRON_LAB_BROWSER.',
    );
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  say(`There is no browser for the tests: running "${install.join(' ')}".`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const argv of [['apt-get', 'update', '-qq'], install]) {
    const { code, output, late, interrupted } = await run(argv, { cwd: '/', env, output: 'quiet', limit: LIMIT });
    if (interrupted) throw new Refusal('Interrupted.', 130);
    if (late) throw new Refusal(`"${argv.join(' ')}" took too long`);
    if (code !== 0) throw new Refusal(`"${argv.join(' ')}" failed: ${output.trim().split('\n').at(-1) ?? ''}`);
  }
  const installed = findBrowser();
  if (installed === null) throw new Refusal('the package chromium brought no program');
  return installed;
}

/** Ubuntu's package of that name is a snap, which containers cannot run. */
function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
