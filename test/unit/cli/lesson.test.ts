import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectInto } from '../../../src/lesson/progress/collect.js';
import { afterDeed, noProgress } from '../../../src/lesson/progress/progress.js';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { commandLine } from './command-line.js';

describe('neutron-lab lesson', function () {
  // Each of them starts the program several times.
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-lesson-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('lists the lessons, and tells of one by number, by name and by path', async () => {
    assert.match((await commandLine('lesson')).out, /^10 +An HA router +3 +25/m);
    const list = JSON.parse((await commandLine('lesson', '--json')).out) as { id: string }[];
    assert.ok(list.some(({ id }) => id === '10-ha-router'));
    for (const word of ['10', 'ha-router', '10-ha-router', 'labs/10-ha-router', 'labs/10-ha-router/lesson.md'])
      assert.match((await commandLine('lesson', 'show', word)).out, /^An HA router\n/, word);
  });

  it('says what there is where a lesson or a step is not', async () => {
    const { code, err } = await commandLine('lesson', 'show', '77');
    assert.equal(code, EXIT.input);
    assert.match(err, /^error: There is no lesson "77"\.\n {2}There is 01-/);
    const step = await commandLine('lesson', 'check', '10', '--step', '0');
    assert.equal(step.code, EXIT.input);
  });

  it('makes a lesson to begin with, which its lint has nothing to say of', async () => {
    const path = join(folder, '16-my-lesson');
    assert.equal((await commandLine('lesson', 'new', path)).code, EXIT.ok);
    assert.match(await readFile(join(path, 'my-lesson.neutron.yaml'), 'utf8'), /^lab: my-lesson$/m);
    assert.equal((await commandLine('lesson', 'lint', path, '--no-run')).out, `✓ ${path}/lesson.md\n`);
    assert.match((await commandLine('lesson', 'new', path)).err, /is there already/);
  });

  it('shows what is wrong with a lesson, line by line, and exits with 1', async () => {
    const path = join(folder, 'lesson.md');
    await writeFile(path, '# A\n\n## B\n\n```yaml chek\n```\n');
    const { code, out } = await commandLine('lesson', 'lint', path, '--no-run');
    assert.equal(code, EXIT.failed);
    assert.match(out, /:1:1: error: The lesson has no front matter\./);
    assert.match(out, /:5:1: error: `yaml chek` is no cell\.\n.*\n.*\n {2}→ Did you mean `yaml check`\?/);
    const run = await commandLine('lesson', 'run', path, '--docker-host', 'unix:///nowhere/docker.sock');
    assert.deepEqual([run.code, run.err.includes('lesson.md:1:1: error')], [EXIT.input, true]);
  });

  it('shows an empty room as one', async () => {
    assert.equal((await commandLine('lesson', 'room', folder)).out, 'Nobody has collected anything here yet.\n');
    const { code, err } = await commandLine('lesson', 'room', join(folder, 'nowhere'));
    assert.equal(code, EXIT.failed);
    assert.match(err, /Nothing can be read from/);
    const watched = await commandLine('lesson', 'room', join(folder, 'nowhere'), '--watch');
    assert.deepEqual([watched.code, watched.err], [EXIT.failed, err]);
  });

  it('shows in a room who can be read, and names what cannot', async () => {
    const room = join(folder, 'room');
    const ada = afterDeed(
      noProgress('ada'),
      { lesson: '10-ha-router', title: 'An HA router', steps: 3, do: 'check', step: 1, passed: true },
      Date.now(),
    );
    await collectInto(room, ada);
    await writeFile(join(room, 'bob.json'), '{"version":1,');
    const { out } = await commandLine('lesson', 'room', room);
    assert.match(
      out,
      /^LEARNER[^\n]*\nada +An HA router +1 of 3 +working[^\n]*\n\n! bob\.json is left out: it is no JSON; it may have been cut off\.\n {2}The next check of its learner writes it anew/,
    );
    const told = JSON.parse((await commandLine('lesson', 'room', room, '--json')).out) as {
      learners: { learner: string }[];
      unread: { file: string; why: string; remedy: string }[];
    };
    assert.deepEqual(
      [told.learners.map(({ learner }) => learner), told.unread.map(({ file }) => file)],
      [['ada'], ['bob.json']],
    );
    await rm(join(room, 'ada.json'));
    assert.match((await commandLine('lesson', 'room', room)).out, /^! bob\.json is left out/);
  });
});
