import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
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

describe('Ctrl-C during an experiment', function () {
  this.timeout(120_000);
  let copy: LabCopy;
  const file = (): string => join(copy.folder, 'copy.neutron.yaml');
  before(async () => {
    copy = await LabCopy.of('ha-router', 'cli-ctrlc-exp');
    const scenario = 'scenario: { title: A test, faults: [{ fault: freeze, on: edge }], watch: 60 }';
    await appendFile(file(), `\n${scenario}\n`);
  });
  after(async () => {
    await copy.remove();
  });

  it('heals first, a frozen node too, ends with 130 and reports nothing', async () => {
    const experiment = start(['experiment', file()]);
    await experiment.says(/UNKNOWN: the node is frozen/);
    experiment.child.kill('SIGINT');
    const { code, out, err } = await experiment.ended;
    assert.equal(code, 130, out + err);
    assert.match(err, /What was broken is healed, and the lab is removed/);
    assert.doesNotMatch(out, /Outage here/);
    const labs = JSON.parse((await program('list', '--json')).out) as { lab: string }[];
    assert.ok(!labs.some(({ lab }) => lab === copy.lab));
  });
});
