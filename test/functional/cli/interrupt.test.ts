import assert from 'node:assert/strict';
import { LabCopy, program, start } from './program.js';

describe('Ctrl-C during neutron-lab up', function () {
  this.timeout(120_000);
  let copy: LabCopy;
  before(async () => {
    copy = await LabCopy.of('legacy-router', 'cli-ctrlc');
  });
  after(async () => {
    await copy.remove();
  });

  for (const moment of [/underlay network created/, /: created/, /: configured/]) {
    it(`after ${String(moment)}: it says how to go on, and down leaves nothing`, async () => {
      const up = start(['up', copy.folder]);
      await up.says(moment);
      up.child.kill('SIGINT');
      const { code, err } = await up.ended;
      assert.equal(code, 130, err);
      assert.match(err, /`neutron-lab up` goes on from here/);
      assert.equal((await program('down', copy.lab)).code, 0);
      const labs = JSON.parse((await program('list', '--json')).out) as { lab: string }[];
      assert.ok(!labs.some(({ lab }) => lab === copy.lab));
    });
  }

  it('is not needed where a second up of the same lab begins meanwhile: both succeed', async () => {
    const first = start(['up', '--no-wait', copy.folder]);
    await first.says(/underlay network created/);
    const second = await program('up', '--no-wait', copy.folder);
    assert.equal(second.code, 0, second.out + second.err);
    const { code, out, err } = await first.ended;
    assert.equal(code, 0, out + err);
    const plan = await program('plan', copy.folder, '--json');
    assert.equal((JSON.parse(plan.out) as { empty: boolean }).empty, true);
    assert.equal((await program('down', copy.lab)).code, 0);
  });

  it('leaves a lab that the next up finishes', async () => {
    const up = start(['up', copy.folder]);
    await up.says(/: created/);
    up.child.kill('SIGINT');
    assert.equal((await up.ended).code, 130);
    const { code, out, err } = await program('up', copy.folder);
    assert.equal(code, 0, out + err);
    const plan = await program('plan', copy.folder, '--json');
    assert.equal((JSON.parse(plan.out) as { empty: boolean }).empty, true);
  });
});
