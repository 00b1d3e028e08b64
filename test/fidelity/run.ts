/** `npm run fidelity`: walks the recorded clouds and writes the table of `docs/fidelity.md`; another folder is only told. */
import { TestBed } from '../support/running.js';
import { differenceText, unexplained } from './compare.js';
import { writeReport } from './document.js';
import { recordedClouds } from './larger-cloud.js';
import { report } from './report.js';
import { type Walked, walkAll } from './walk-all.js';

const bed = await TestBed.make();
try {
  const walked: Walked[] = [];
  for (const one of walkAll(bed, recordedClouds())) {
    const result = await one;
    walked.push(result);
    const found = unexplained(result.verdicts);
    process.stdout.write(
      `${result.scenario.name}: ${found.length === 0 ? 'equal' : `${String(found.length)} lines differ`}\n`,
    );
    for (const difference of found) process.stdout.write(`  ${differenceText(difference)}\n`);
    if (found.length > 0) process.exitCode = 1;
  }
  const text = report(walked);
  if (process.env.NEUTRON_LAB_SCENARIOS === undefined) await writeReport(text);
  process.stdout.write(`\n${text}\n`);
} finally {
  await bed.end();
}
