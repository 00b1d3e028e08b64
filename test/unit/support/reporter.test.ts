import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tallyOf } from '../../../src/bootstrap/tally.mjs';

const mocha = ['node_modules/mocha/bin/mocha.js', 'test/unit/support/skipping.fixture.ts'];

/** The fixture in a mocha of its own: what it wrote to the terminal and to the journal. */
function runFixture(args: readonly string[], env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'neutron-lab-reporter-'));
  try {
    const journal = join(folder, 'journal');
    const argv = [...mocha, '--reporter-option', `journal=${journal}`, ...args];
    const { status, stdout } = spawnSync(process.execPath, argv, {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      timeout: 9000,
    });
    return { stdout, sum: tallyOf(readFileSync(journal, 'utf8'), status ?? -1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('The reporter', () => {
  it('prints why each test was skipped, and the failures in full', () => {
    const { stdout, sum } = runFixture([]);
    assert.deepEqual(sum.tally, { passed: 1, failed: 1, skipped: 3 });
    assert.match(
      stdout,
      /2 skipped: The kernel has no IPVS\.\n {4}- a suite that cannot run here one\n {4}- a suite .* inside two\n/,
    );
    assert.match(stdout, /1 skipped: It is too cold\.\n {4}- others three\n/);
    assert.match(stdout, /1\) others\n\s+four:\n\s+Error: as it should/);
  });

  it('counts every test as skipped, with the reason, where none can run', () => {
    const reason = 'There is no container engine here.';
    const { stdout, sum } = runFixture(['--require', 'test/support/skip-all.ts'], { NEUTRON_LAB_SKIP_TESTS: reason });
    assert.deepEqual(sum.tally, { passed: 0, failed: 0, skipped: 5 });
    assert.match(stdout, /5 skipped: There is no container engine here\./);
  });
});
