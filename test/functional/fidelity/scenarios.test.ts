/** Every recorded cloud, brought up and put beside what a real Neutron built. `docs/fidelity.md` holds the result. */
import assert from 'node:assert/strict';
import { differenceText, unexplained } from '../../fidelity/compare.js';
import { measuredParts } from '../../fidelity/document.js';
import { recordedClouds } from '../../fidelity/larger-cloud.js';
import { report } from '../../fidelity/report.js';
import { type Walked, walkAll } from '../../fidelity/walk-all.js';
import { TestBed } from '../../support/running.js';
import { skipReason } from '../../support/skip.js';

describe('a lab made of a recorded cloud', function () {
  this.timeout(240_000);
  const scenarios = recordedClouds();
  let bed: TestBed;
  let walks: readonly Promise<Walked>[];

  before(async () => {
    bed = await TestBed.make();
    walks = walkAll(bed, scenarios);
    for (const walk of walks) walk.catch(() => undefined);
  });

  after(async () => {
    await Promise.allSettled(walks);
    await bed.end();
  });

  for (const [index, { name }] of scenarios.entries()) {
    it(`is on its nodes what Neutron built: ${name}`, async () => {
      const walked = await walks[index];
      assert.ok(walked);
      assert.equal(unexplained(walked.verdicts).map(differenceText).join('\n'), '');
      assert.ok(walked.verdicts.some(({ compared }) => compared > 0));
    });
  }

  it('is described by docs/fidelity.md', async function () {
    if (process.env.NEUTRON_LAB_SCENARIOS !== undefined)
      skipReason(this, 'It tells of the clouds that come with the project.');
    const { written, now } = await measuredParts(report(await Promise.all(walks)));
    assert.equal(withoutNotes(written), withoutNotes(now), '`npm run fidelity` writes the table again');
  });
});

/** Which of the accepted differences there are depends on the engine, too; that a thing is equal does not. */
function withoutNotes(text: string): string {
  return text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, '').replace(/[ -]+/g, ' ');
}
