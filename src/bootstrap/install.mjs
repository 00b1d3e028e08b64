// The npm packages and the bundle: there and current, or made so.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { duration, Refusal, say } from './say.mjs';

/** Lines of npm's that are shown where it failed; it says itself where its whole log is. */
const SHOWN = 30;

/** Modification time in milliseconds, 0 for what is not there. @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest modification time below a folder. @param {string} folder @returns {number} */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : modified(path));
  }, 0);
}

/** npm's own file where npm started us, so that it works where `npm` is a script that only a shell can start. */
export function npm() {
  const started = process.env.npm_execpath;
  return started?.endsWith('.js') ? [process.execPath, started] : ['npm'];
}

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-SHOWN).join('\n');
}

/** @param {string} output What npm said. @param {number} code */
export function whyNpmFailed(output, code) {
  if (code === 127) return 'npm was not found. Install it (on Debian and Ubuntu: apt-get install npm) and start again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
    return 'The npm packages could not be fetched: the package registry did not answer. Connect this machine to the internet, or name a mirror or proxy with "npm config set registry|proxy …", or copy the folder node_modules from a machine with the same system, and start again.';
  if (/ENOSPC/.test(output)) return 'The disk is full: about 250 MB are needed for the npm packages.';
  if (/EACCES|EPERM/.test(output))
    return 'npm may not write here. Give the folder to yourself, or use a clone of your own, and start again.';
  return `npm ended with code ${String(code)}; what it said stands above.`;
}

/**
 * Runs `npm ci` where packages are missing or the lock file is newer than what is installed, and bundles again where a
 * source is newer than the bundle.
 *
 * @param {string} root
 */
export async function ensureInstalled(root) {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed < modified(join(root, 'package-lock.json'))) {
    say(
      installed === 0
        ? 'The npm packages are missing: running "npm ci", which puts them into node_modules and bundles the command line into dist.'
        : 'The lock file is newer than the installed npm packages: running "npm ci".',
    );
    if ((await run(['git', '--version'], { cwd: root, output: 'quiet' })).code === 127)
      say('git is not installed. Nothing here needs it, but "git pull" would bring you the next version.');
    // The tools that build and test are needed even where the machine is set to production.
    const began = Date.now();
    const { code, output } = await run([...npm(), 'ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      output: 'quiet',
    });
    if (code !== 0) {
      say(lastLines(output));
      throw new Refusal(whyNpmFailed(output, code));
    }
    say(`The npm packages are there (${duration(Date.now() - began)}).`);
  }
  await ensureBundled(root);
}

/**
 * Bundles again where a source is newer than the bundle.
 *
 * @param {string} root
 */
export async function ensureBundled(root) {
  if (modified(join(root, 'dist', 'cli.js')) < Math.max(newest(join(root, 'src')), newest(join(root, 'webview')))) {
    const { code, output } = await run([process.execPath, join('src', 'build.mjs')], { cwd: root, output: 'quiet' });
    if (code !== 0) {
      say(output.trimEnd());
      throw new Refusal('The sources do not bundle; what esbuild said stands above.');
    }
  }
}
