import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingFile, removeOldRecordings } from '../../../../src/editor/topology/recording-file.js';
import { TimelineRecorder } from '../../../../src/experiment/timeline/recorder.js';
import { header, role } from '../../experiment/timelines.js';

const STATE = {
  recording: 1 as const,
  boot: 'b',
  containers: ['c1', 'c2'],
  header: { ...header, probes: [] },
  veil: null,
  probing: [],
};
const HOUR = 3600;

describe('The file of a recording', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-recordings-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function recorded(place: string, key: string): Promise<RecordingFile> {
    const file = new RecordingFile(place, key);
    const recorder = new TimelineRecorder(STATE.header);
    recorder.add(role(0, 'network1', 'MASTER'));
    file.begin(STATE, recorder);
    file.add(role(9, 'network2', 'MASTER'), () => STATE);
    file.save(STATE);
    await file.end();
    return file;
  }

  it('is found again by the same lab in the same boot, and by no other', async () => {
    await recorded(folder, 'a');
    const kept = await new RecordingFile(folder, 'a').read('b', ['c2', 'c3']);
    assert.equal(kept?.recorder.kept.events.length, 2);
    assert.equal(await new RecordingFile(folder, 'a').read('another boot', ['c2']), null);
    assert.equal(await new RecordingFile(folder, 'a').read('b', ['c9']), null);
    assert.equal(await new RecordingFile(folder, 'z').read('b', ['c1']), null);
  });

  it('goes with the lab to its other name, and goes on there', async () => {
    const file = await recorded(folder, 'a');
    file.moveTo('z');
    file.add(role(12, 'network1', 'MASTER'), () => STATE);
    file.save(STATE);
    await file.end();
    assert.equal((await new RecordingFile(folder, 'z').read('b', ['c1']))?.recorder.kept.events.length, 3);
    assert.equal((await readdir(folder)).length, 1);
    await file.remove();
    assert.deepEqual(await readdir(folder), []);
  });

  it('stops nobody where it cannot be written', async () => {
    const place = join(folder, 'no-folder');
    await writeFile(place, '');
    const file = await recorded(place, 'a');
    assert.equal(await file.read('b', ['c1']), null);
    await file.remove();
    assert.deepEqual(await readdir(folder), ['no-folder']);
  });

  it('is removed when nobody has gone on with it for a day, and not before', async () => {
    const before = async (hours: number): Promise<void> => {
      const path = join(folder, `${hours}.jsonl`);
      await writeFile(path, '{}\n');
      const time = Date.now() / 1000 - hours * HOUR;
      await utimes(path, time, time);
    };
    for (const hours of [0, 23, 25, 200]) await before(hours);
    await removeOldRecordings(folder);
    assert.deepEqual((await readdir(folder)).sort(), ['0.jsonl', '23.jsonl']);
    await removeOldRecordings(join(folder, 'there is none'));
  });
});
