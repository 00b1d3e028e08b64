import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { skipReason } from '../../support/skip.js';
import { MAIN, program } from './program.js';

describe('neutron-lab engine ensure', function () {
  this.timeout(60_000);

  it('finds the engine that answers and installs nothing', async () => {
    const { code, out, err } = await program('engine', 'ensure', '--json');
    assert.equal(code, EXIT.ok, err);
    const { installed, apiVersion } = JSON.parse(out) as { installed: boolean; apiVersion: string };
    assert.equal(installed, false);
    assert.match(apiVersion, /^\d+\.\d+$/);
    const words = await program('engine', 'ensure');
    assert.match(words.out, /^✓ .* \(API \d+\.\d+\), found by .+\.\n$/);
  });

  it('installs none where one is named that does not answer', async () => {
    const { code, err } = await program('engine', 'ensure', '--docker-host', 'unix:///nowhere/docker.sock', '--yes');
    assert.equal(code, EXIT.engine);
    assert.match(err, /\/nowhere\/docker\.sock/);
  });

  it('says what it would do where none answers, and does nothing unasked', function () {
    const hidden = ['--mount', 'sh', '-c', 'mount -t tmpfs none /run && exec "$@"', 'sh'];
    const probe = spawnSync('unshare', [...hidden, 'true']);
    if (probe.status !== 0) skipReason(this, 'Only root can hide the engine’s socket in a mount namespace.');
    const words = [...hidden, process.execPath, MAIN, 'engine', 'ensure'];
    const env = { ...process.env, HOME: '/nowhere', DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined };
    const { status, stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8', env });
    assert.equal(status, EXIT.engine, stderr);
    assert.match(stdout, /No container engine answers\. This would be done:\n {2}\S/);
    assert.match(stderr, /there is no terminal to ask at/);
    assert.match(stderr, /`neutron-lab engine ensure --yes`/);
  });
});

describe('neutron-lab image', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-image-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('save and load: the file is whole, and holds the image that this version needs', async () => {
    const file = join(folder, 'carried', 'node.tar');
    const saved = await program('image', 'save', file, '--json');
    assert.equal(saved.code, EXIT.ok, saved.out + saved.err);
    const { tag, bytes } = JSON.parse(saved.out) as { tag: string; bytes: number };
    assert.equal((await stat(file)).size, bytes);
    assert.deepEqual(await readdir(join(folder, 'carried')), ['node.tar']);

    const loaded = await program('image', 'load', file, '--json');
    assert.equal(loaded.code, EXIT.ok, loaded.err);
    assert.deepEqual(JSON.parse(loaded.out), { tags: [tag], wanted: tag, fits: true });
  });

  it('load refuses what is no image, and a file that is not there, with what would help', async () => {
    const file = join(folder, 'words.tar');
    await writeFile(file, 'these are only words\n'.repeat(100));
    const words = await program('image', 'load', file);
    assert.equal(words.code, EXIT.engine);
    assert.match(words.err, /^error: The image file .*words\.tar cannot be loaded \(.*\)\.\n.*image save/m);
    const nothing = await program('image', 'load', join(folder, 'nothing.tar'));
    assert.equal(nothing.code, EXIT.engine);
    assert.match(nothing.err, /nothing\.tar[^]*image save/);
  });
});
