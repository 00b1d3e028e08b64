/** What VS Code calls in its extension host, in the browser's as on a desktop: the tests beside this file, by mocha. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import JournalReporter from '../../support/reporter.mjs';

/** Milliseconds for a test: an extension that activates for the first time on a loaded machine takes some seconds. */
const TIMEOUT = 60_000;

/** @throws Error when a test failed; VS Code makes the exit code of it. */
export async function run(): Promise<void> {
  const {
    NEUTRON_LAB_TEST_JOURNAL: journal,
    NEUTRON_LAB_TEST_REPORT: report,
    NEUTRON_LAB_TEST_GREP: grep,
  } = process.env;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: TIMEOUT,
    reporter: JournalReporter,
    reporterOptions: { journal, report },
    ...(grep === undefined ? {} : { grep }),
  });
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.test.cjs')))
    mocha.addFile(join(__dirname, name));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
