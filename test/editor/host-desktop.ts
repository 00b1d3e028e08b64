/**
 * `npm run test:desktop`: the same tests in a desktop VS Code, which @vscode/test-electron downloads: for machines with
 * internet and a display (`xvfb-run -a npm run test:desktop` where there is none). NEUTRON_LAB_VSCODE names a version:
 * `1.95.0`, the oldest one that we support, `stable` by default.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleHostTests } from './support/host-tests.js';
import { ROOT } from './support/session.js';

const scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-desktop-'));
const workspace = join(scratch, 'workspace');
for (const lab of ['ha-router', 'legacy-router'])
  cpSync(join(ROOT, 'labs', lab), join(workspace, lab), { recursive: true });
try {
  process.exitCode = await runTests({
    version: process.env.NEUTRON_LAB_VSCODE ?? 'stable',
    cachePath: join(ROOT, '.cache', 'vscode-desktop'),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: await bundleHostTests(),
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${join(scratch, 'data')}`,
    ],
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
