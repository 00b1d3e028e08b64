/**
 * `npm run test:host`: the tests of `test/editor/host` in the extension host of a real VS Code, in a browser that nobody
 * has to look at. Its address names extension and tests; that is heeded only with --enable-smoke-test-driver.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHostTests } from './support/host-tests.js';
import { ROOT, Session } from './support/session.js';

/** Milliseconds for all of them. */
const LIMIT = 5 * 60_000;

const tests = await bundleHostTests();
const scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-host-'));
const report = join(scratch, 'report');
const session = await Session.start({
  labs: ['ha-router', 'legacy-router'],
  extension: 'none',
  env: { NEUTRON_LAB_TEST_REPORT: report },
  flags: ['--enable-smoke-test-driver'],
});
try {
  const code = await codeOf(session, tests);
  if (existsSync(report)) process.stdout.write(readFileSync(report, 'utf8'));
  if (code === null) process.stderr.write(`The extension host did not end its tests within ${LIMIT / 1000} s.\n`);
  process.exitCode = code ?? 1;
} finally {
  await session.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** The exit code as VS Code tells it, null when it does not. */
async function codeOf({ page, folder, server }: Session, path: string): Promise<number | null> {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(ROOT.replace(/\/$/, ''))],
    ['extensionTestsPath', remote(path)],
  ];
  let overdue: NodeJS.Timeout | undefined;
  const code = new Promise<number | null>((resolve, reject) => {
    overdue = setTimeout(() => {
      resolve(null);
    }, LIMIT);
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  await session.goto({ folder, payload: JSON.stringify(payload) });
  return code.finally(() => {
    clearTimeout(overdue);
  });
}
