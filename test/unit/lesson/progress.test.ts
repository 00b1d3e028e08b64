import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectInto } from '../../../src/lesson/progress/collect.js';
import { collected } from '../../../src/lesson/progress/collected.js';
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
    assert.deepEqual((await readdir(room)).sort(), ['__.._grace.json', 'ada.json', 'Łucja_Ω.json']);
    const { progress, unread } = await collected(room);
    assert.deepEqual(progress.map(({ learner }) => learner).sort(), ['../../grace', 'ada', 'Łucja Ω']);
    assert.deepEqual(unread, []);
    await writeFile(join(folder, 'plain'), '');
    const readers = async (path: string): Promise<number> => (await stat(path)).mode & 0o044;
    assert.equal(await readers(join(room, 'ada.json')), await readers(join(folder, 'plain')));
  });

  it('is named where it cannot be read, with why, and what to do; the others are there', async () => {
    const room = join(folder, 'damaged');
    const ada = afterDeed(noProgress('ada'), check(1, true), 0);
    await collectInto(room, ada);
    const whole = JSON.stringify(ada);
    await writeFile(join(room, 'bob.json'), whole.slice(0, -20));
    await writeFile(join(room, 'cleo.json'), whole.replace('"version":1', '"version":2'));
    await writeFile(join(room, 'dan.json'), whole.replace('"steps":3', '"steps":"3"'));
    await writeFile(join(room, 'eve.json'), '');
    await mkdir(join(room, 'folder.json'));
    await writeFile(join(room, '._ada.json'), 'of a file server');
    const { progress, unread } = await collected(room);
    assert.deepEqual(
      progress.map(({ learner }) => learner),
      ['ada'],
    );
    assert.deepEqual(
      unread.map(({ file, why }) => `${file}: ${why}`),
      [
        'bob.json: it is no JSON; it may have been cut off',
        'cleo.json: a newer Neutron Lab wrote it (version 2 of such files)',
        'dan.json: it is not what Neutron Lab collects: `lessons.10-ha-router.steps` is wrong',
        'eve.json: it is empty, as where a disk was full',
        'folder.json: it is a folder',
      ],
    );
    const remedies = new Set(unread.map(({ remedy }) => remedy));
    assert.ok(remedies.has('Update Neutron Lab on this machine.'));
    const server = await serveRoom(room, { host: '127.0.0.1', port: 0, onChange: () => undefined });
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      assert.deepEqual(await collected(url), { progress, unread });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('is collected to an endpoint, which takes nothing else', async () => {
    let told = 0;
    const server = await serveRoom(join(folder, 'served'), { host: '127.0.0.1', port: 0, onChange: () => (told += 1) });
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    try {
      assert.equal(await collectInto(url, afterDeed(noProgress('ada'), check(1, true), 0)), null);
      assert.deepEqual(
        (await collected(url)).progress.map(({ learner }) => learner),
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
