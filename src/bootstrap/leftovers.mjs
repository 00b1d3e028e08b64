// A test run that had to be ended cannot take its labs down itself.
import { run } from './process.mjs';
import { say } from './say.mjs';

/**
 * Takes down the labs whose names begin with the prefix of one test run, and no other.
 *
 * @param {string} root
 * @param {string} prefix
 */
export async function removeLabsOf(root, prefix) {
  const cli = [process.execPath, 'dist/cli.js'];
  const { output } = await run([...cli, 'list', '--json'], { cwd: root, output: 'quiet', limit: 30_000 });
  for (const lab of labNames(output).filter((name) => name.startsWith(prefix))) {
    say(`Taking down ${lab}, which the tests left behind.`);
    await run([...cli, 'down', lab], { cwd: root, limit: 60_000 });
  }
}

/**
 * Names of labs in what `neutron-lab list --json` prints.
 *
 * @param {string} json
 * @returns {string[]}
 */
export function labNames(json) {
  try {
    return JSON.parse(json).map((/** @type {{ lab: string }} */ { lab }) => lab);
  } catch {
    return [];
  }
}
