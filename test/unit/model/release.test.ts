import assert from 'node:assert/strict';
import { readLabFile } from '../../../src/model/lab-file/read.js';

function read(config: string, routers = 'routers: { one: { ha: true }, two: { ha: true }, three: { ha: true } }') {
  return readLabFile(`lab: releases\n${routers}\nconfig: { ${config} }\n`, { file: 'releases.neutron.yaml' });
}

describe('The release of Neutron that a lab is like', () => {
  it('is Zed unless the lab says another', () => {
    assert.equal(read('').lab?.config.release, 'zed');
    assert.equal(read('release: pike').lab?.config.release, 'pike');
  });

  it('is the newest one with quotes or without, which makes it a number', () => {
    for (const config of ['release: 2026.1', 'release: "2026.1"'])
      assert.deepEqual([read(config).lab?.config.release, read(config).problems], ['2026.1', []]);
  });

  it('is one of those that are known, or the lab says which those are', () => {
    const [problem] = read('release: queens').problems;
    assert.match(problem!.message, /queens.* is not allowed here/);
    assert.match(problem!.remedy, /pike or zed or 2026\.1/);
  });

  it('numbers routers from 1 on in Pike, by lot later', () => {
    assert.deepEqual(Object.values(read('release: pike').lab!.ha_vr_ids), [1, 2, 3]);
    const byLot = Object.values(read('release: zed').lab!.ha_vr_ids);
    assert.notDeepEqual(byLot, [1, 2, 3]);
    assert.deepEqual(Object.values(read('release: 2026.1').lab!.ha_vr_ids), byLot);
  });

  it('changes no VRID of a running lab', () => {
    const held = read('').lab!;
    const changed = readLabFile('lab: releases\nrouters: { one: { ha: true } }\nconfig: { release: pike }\n', {
      file: 'releases.neutron.yaml',
      held,
    });
    const [id] = changed.lab!.routers.map((router) => router.id);
    assert.equal(changed.lab!.ha_vr_ids[id!], held.ha_vr_ids[id!]);
  });
});
