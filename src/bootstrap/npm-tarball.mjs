// A package of the npm registry as files, without installing it: fetched by npm, which knows this machine's mirror and proxy.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, whyNpmFailed } from './install.mjs';
import { run } from './process.mjs';
import { Refusal, say } from './say.mjs';

/**
 * @typedef {object} Tarball
 * @property {string} name
 * @property {string} version
 * @property {string} integrity As package-lock.json has it: the bytes that we have seen, whichever mirror they come from.
 */

/**
 * Puts a part of a package into a folder.
 *
 * @param {Tarball} tarball
 * @param {string} part A folder of the package whose content is wanted: `lib/vscode`.
 * @param {string} folder
 */
export async function unpack({ name, version, integrity }, part, folder) {
  const file = join(folder, `${name}-${version}.tgz`);
  const packed = await run([...npm(), 'pack', `${name}@${version}`, '--silent', '--pack-destination', folder], {
    cwd: folder,
    output: 'quiet',
  });
  demand(packed, (code, output) => whyNpmFailed(output, code));
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity)
    throw new Refusal(
      `${name}@${version} is not what it was when this was written (${found}). Nothing of it was used.`,
    );
  const depth = String(part.split('/').length + 1);
  const extracted = await run(['tar', '-xzf', file, `--strip-components=${depth}`, `package/${part}`], {
    cwd: folder,
    output: 'quiet',
  });
  demand(extracted, () => 'tar could not unpack it; what it said stands above.');
  rmSync(file);
}

/**
 * Ends with an explanation where a program failed or was interrupted.
 *
 * @param {import('./process.mjs').Ended} ended
 * @param {(code: number, output: string) => string} why
 */
export function demand({ code, output, interrupted }, why) {
  if (interrupted) throw new Refusal('Interrupted; nothing is left behind.', 130);
  if (code === 0) return;
  say(output.trimEnd());
  throw new Refusal(why(code, output));
}
