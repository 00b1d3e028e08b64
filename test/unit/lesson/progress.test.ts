import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectInto, collected } from '../../../src/lesson/progress/collect.js';
import { progressPath, readProgress, recordDeed } from '../../../src/lesson/progress/progress-file.js';
import { type Deed, afterDeed, noProgress } from '../../../src/lesson/progress/progress.js';
import { roomOf } from '../../../src/lesson/progress/room.js';
import { serveRoom } from '../../../src/lesson/progress/room-server.js';

const ABOUT = { lesson: '10-ha-router', title: 'An HA router', steps: 3 };
const MINUTE = 60_000;
const check = (step: number, passed: boolean): Deed => ({ ...ABOUT, do: 'check', step, passed });

describe('a learner’s progress', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-progress-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('is kept where the platform keeps such things', () => {
    assert.equal(progressPath({}, 'linux', '/home/a'), '/home/a/.local/state/neutron-lab/progress.json');
    assert.equal(progressPath({ XDG_STATE_HOME: '/s' }, 'linux', '/home/a'), '/s/neutron-lab/progress.json');
    assert.equal(
      progressPath({ XDG_STATE_HOME: 's' }, 'linux', '/home/a'),
      '/home/a/.local/state/neutron-lab/progress.json',
    );
    assert.match(progressPath({}, 'darwin', '/Users/a'), /Application Support.neutron-lab/);
    assert.equal(progressPath({ NEUTRON_LAB_PROGRESS: '/p.json' }, 'linux', '/home/a'), '/p.json');
  });

  it('counts what passed, what was solved for them, and what failed in a row', () => {
    const deeds: Deed[] = [
      check(1, false),
      check(1, false),
      check(1, true),
      { ...ABOUT, do: 'solve', solved: [2] },
      check(3, false),
    ];
    const own = deeds.reduce((now, deed, at) => afterDeed(now, deed, at * MINUTE), noProgress('ada')).lessons[
      '10-ha-router'
    ];
    assert.deepEqual(own, {
      title: 'An HA router',
      steps: 3,
      passed: [1, 2],
      solved: [2],
      failed: { step: 3, count: 1 },
      began: 0,
      advanced: 3 * MINUTE,
      active: 4 * MINUTE,
    });
  });

  it('is read again, and is none where the file is none', async () => {
    const path = join(folder, 'a', 'progress.json');
    assert.deepEqual(await readProgress(path, 'ada'), noProgress('ada'));
    await recordDeed(path, 'ada', check(1, true));
    assert.deepEqual((await readProgress(path, 'ada')).lessons['10-ha-router']?.passed, [1]);
    await writeFile(path, '{"version":1,"lessons":');
    assert.deepEqual(await readProgress(path, 'ada'), noProgress('ada'));
  });

  it('is collected into a folder, whatever the learner is called', async () => {
    const room = join(folder, 'room');
    for (const learner of ['ada', '../../grace', 'Łucja Ω'])
      assert.equal(await collectInto(room, afterDeed(noProgress(learner), check(1, true), 0)), null);
    await writeFile(join(room, 'notes.json'), '[]');
    assert.deepEqual((await readdir(room)).sort(), ['__.._grace.json', 'ada.json', 'notes.json', 'Łucja_Ω.json']);
    assert.deepEqual((await collected(room)).map(({ learner }) => learner).sort(), ['../../grace', 'ada', 'Łucja Ω']);
    await assert.rejects(collected(join(folder, 'nowhere')), { code: 'NoRoom' });
  });

  it('is collected to an endpoint, which takes nothing else', async () => {
    let told = 0;
    const server = await serveRoom(join(folder, 'served'), { host: '127.0.0.1', port: 0, onChange: () => (told += 1) });
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    try {
      assert.equal(await collectInto(url, afterDeed(noProgress('ada'), check(1, true), 0)), null);
      assert.deepEqual(
        (await collected(url)).map(({ learner }) => learner),
        ['ada'],
      );
      assert.equal((await fetch(`${url}/x.json`, { method: 'PUT', body: '{}' })).status, 400);
      assert.equal((await fetch(url, { method: 'DELETE' })).status, 405);
      assert.equal(told, 1);
    } finally {
      server.close();
      server.closeAllConnections();
    }
    // What the connection met, and not only that the fetch failed.
    assert.match((await collectInto(url, noProgress('ada'))) ?? '', /ECONNREFUSED|ECONNRESET|other side closed/);
  });
});

describe('a room', () => {
  const limits = { minutes: 10, checks: 3 };
  const learner = (name: string, ...deeds: readonly (readonly [minute: number, deed: Deed])[]) =>
    deeds.reduce((now, [minute, deed]) => afterDeed(now, deed, minute * MINUTE), noProgress(name));

  it('shows those first who are stuck, and why', () => {
    const rows = roomOf(
      [
        learner('done', [0, check(1, true)], [1, check(2, true)], [2, check(3, true)]),
        learner('working', [55, check(1, true)]),
        learner('fails', [57, check(1, false)], [58, check(1, false)], [59, check(1, false)]),
        learner('slow', [40, check(1, true)], [58, check(2, false)]),
        learner('away', [5, check(1, true)]),
        noProgress('nobody'),
      ],
      60 * MINUTE,
      limits,
    );
    assert.deepEqual(
      rows.map((row) => [row.learner, row.state, row.why]),
      [
        ['slow', 'stuck', 'no progress for 20 min'],
        ['fails', 'stuck', 'step 1 failed 3 times'],
        ['working', 'working', ''],
        ['done', 'done', ''],
        ['away', 'away', ''],
      ],
    );
  });
});
