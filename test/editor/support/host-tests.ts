/** The tests of `test/editor/host` as an extension host can read them: one CommonJS file each. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './session.js';

const SOURCES = join(ROOT, 'test', 'editor', 'host');
/** Inside the checkout, so that packages are found, and not in `dist`, so that the VSIX has nothing of it. */
const BUNDLES = join(ROOT, '.cache', 'host-tests');

/** @returns The path for `extensionTestsPath`. */
export async function bundleHostTests(): Promise<string> {
  rmSync(BUNDLES, { recursive: true, force: true });
  await build({
    entryPoints: readdirSync(SOURCES)
      .filter((name) => name === 'run.ts' || name.endsWith('.test.ts'))
      .map((name) => join(SOURCES, name)),
    outdir: BUNDLES,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(BUNDLES, 'run.cjs');
}
