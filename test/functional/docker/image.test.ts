import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { loadImageFile, saveImageFile } from '../../../src/docker/image-file.js';
import { ensureImage } from '../../../src/docker/image.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { docker } from '../node/engine.js';
import { nodeImage, openOrSkip } from './test-engine.js';

function tarOf(files: Readonly<Record<string, string>>): Readable {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return tar.pipe(new PassThrough());
}

describe('images on the real engine', () => {
  let runtime: Runtime;
  let folder: string;
  const tag = `neutron-lab/test:${randomUUID().slice(0, 8)}`;
  before(async function () {
    runtime = await openOrSkip(this);
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-'));
  });
  after(async () => {
    if (!(runtime as Runtime | undefined)) return;
    for (const name of [tag, `${tag}-built`]) if (await runtime.imageInfo(name)) await runtime.removeImage(name);
    await rm(folder, { recursive: true });
    runtime.close();
  });

  it('are imported, saved whole, and loaded again', async () => {
    assert.equal(await runtime.imageInfo(tag), null);
    await runtime.importImage(tarOf({ 'etc/motd': 'hello\n' }), tag);
    const made = await runtime.imageInfo(tag);
    assert.ok(made !== null && made.size < 1000);
    const file = join(folder, 'image.tar');
    assert.equal(await saveImageFile(runtime, tag, file), (await stat(file)).size);
    assert.deepEqual(await readdir(folder), ['image.tar']);
    await runtime.removeImage(tag);
    assert.equal(await runtime.imageInfo(tag), null);
    assert.deepEqual(await loadImageFile(runtime, file), [tag]);
    assert.deepEqual(await runtime.imageInfo(tag), made);
  });

  it('are built with arguments, and a failure is told in the words of the builder', async () => {
    const context = (dockerfile: string): Readable => tarOf({ Dockerfile: dockerfile });
    const lines: string[] = [];
    const build = (text: string): Promise<void> =>
      runtime.build(context(text), `${tag}-built`, (line) => lines.push(line), { args: { BASE: tag } });
    await build('ARG BASE\nFROM ${BASE}\nLABEL x=y\n');
    assert.ok(lines.some((line) => line.startsWith('Step 1')));
    assert.notEqual(await runtime.imageInfo(`${tag}-built`), null);
    await assert.rejects(build('ARG BASE\nFROM ${BASE}\nCOPY nothing /\n'), {
      code: 'EngineTaskFailed',
      message: /nothing/,
    });
  });

  it('that cannot be pulled are told within seconds', async function () {
    this.timeout(60_000);
    const reference = 'registry.invalid/neutron-lab/nothing:1';
    await assert.rejects(ensureImage(runtime, { from: 'registry', registry: reference }), (error: unknown) => {
      assert.match(String(error), /the pull of registry\.invalid/);
      return true;
    });
  });

  it('stop being built when they are no longer wanted, and leave no container of the build behind', async function () {
    const base = await nodeImage(runtime, this);
    const ending = new AbortController();
    const mark = `busy-${randomUUID().slice(0, 8)}`;
    const dockerfile = `FROM ${base}\nRUN touch /${mark} && echo begun && sleep 60\n`;
    const build = runtime.build(
      tarOf({ Dockerfile: dockerfile }),
      `${tag}-built`,
      (line) => {
        if (line === 'begun') ending.abort();
      },
      { signal: ending.signal },
    );
    await assert.rejects(build, { code: 'Cancelled' });
    const of = ['ps', '-a', '--no-trunc', '--format', '{{.Command}}'];
    const until = Date.now() + 15_000;
    let containers: string;
    // The engine takes it away in its own time, and tells nobody when.
    do containers = await docker(...of);
    while (containers.includes(mark) && Date.now() < until);
    assert.ok(!containers.includes(mark), containers);
  });

  it('the node image is there, and made only once', async function () {
    const image = await nodeImage(runtime, this);
    const again = await ensureImage(runtime);
    assert.deepEqual([again.way, again.image.tag], ['present', image]);
    assert.ok(again.image.size < 200e6, `${again.image.size} bytes`);
  });
});
