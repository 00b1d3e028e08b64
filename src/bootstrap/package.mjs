// `npm run package`: the extension as one file, which desktop VS Code, code-server and editors of their kind install.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';
import { Refusal, say } from './say.mjs';

/** Everything that the extension reads at run time, or a person reads in the editor, and nothing else. */
const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'containers',
  'dist/dockerode.cjs',
  'dist/editor.cjs',
  'dist/extension.cjs',
  'dist/lab-file.schema.json',
  'dist/lessons.cjs',
  'dist/running-lab-text.cjs',
  'dist/third-party-notices.txt',
  'dist/tar-stream.cjs',
  'dist/topology.cjs',
  'dist/webview',
  'docs/images/failover-report.png',
  'docs/images/inside.png',
  'docs/images/lesson.png',
  'docs/images/topology.png',
  'labs',
  'package.nls.de.json',
  'package.nls.json',
  'src/editor/l10n',
  'src/editor/media',
];
/** Of package.json, what is for those who build it. */
const BUILDERS = ['bin', 'dependencies', 'devDependencies', 'files', 'private', 'scripts', 'type'];
/** Milliseconds. */
const LIMIT = 2 * 60_000;

/**
 * @param {string} root
 * @param {string} [out] Where the file goes.
 * @returns {Promise<string>} Its path.
 */
export async function packageExtension(root, out = join(root, 'dist', 'neutron-lab.vsix')) {
  const stage = join(root, '.cache', 'vsix');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const path of CONTENTS) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    cpSync(join(root, path), join(stage, path), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of BUILDERS) delete manifest[key];
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(stage, 'README.md'), withoutDrawings(readFileSync(join(root, 'README.md'), 'utf8')));
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const quiet = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const { code, output } = await run([process.execPath, vsce, 'package', ...quiet, '--out', out], {
    cwd: stage,
    output: 'quiet',
    limit: LIMIT,
  });
  if (code !== 0 || !existsSync(out)) {
    say(output.trimEnd());
    throw new Refusal('vsce did not make a VSIX; what it said stands above.');
  }
  return out;
}

/** A VSIX's description may not have SVG images (vsce refuses them). @param {string} readme */
function withoutDrawings(readme) {
  return readme.replace(/^!\[[^\]]*\]\([^)]*\.svg\)\n\n?/gm, '');
}

/** @param {string} file */
export function sizeOf(file) {
  return `${(statSync(file).size / 1e6).toFixed(1)} MB`;
}
