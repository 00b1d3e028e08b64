import assert from 'node:assert/strict';
import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { nodeImageFolder, nodeImageTag, packContext, readContext } from '../../../src/docker/build-context.js';
import { cannotReachArchive } from '../../../src/docker/image.js';
import { temporaryFolder } from './fake-engine.js';

describe('the node image', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
    await writeFile(join(folder, 'bin', 'node'), '#!/bin/sh\n');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const tag = async (): Promise<string> => nodeImageTag(await readContext(folder));

  it('has another name when a file of its folder changes, and the same one when nothing does', async () => {
    const before = await tag();
    assert.match(before, /^neutron-lab\/node:[0-9a-f]{12}$/);
    await utimes(join(folder, 'Dockerfile'), 1, 1);
    await chmod(join(folder, 'Dockerfile'), 0o600);
    await writeFile(join(folder, 'README.md'), 'for people');
    assert.equal(await tag(), before);
    await writeFile(join(folder, 'bin', 'node'), '#!/bin/bash\n');
    const changed = await tag();
    assert.notEqual(changed, before);
    await writeFile(join(folder, 'bin', 'other'), '');
    assert.notEqual(await tag(), changed);
  });

  it('is packed with programs that can be run, the same bytes each time', async () => {
    const files = await readContext(folder);
    const modes: Record<string, number | undefined> = {};
    const reader = extract();
    (await packContext(files)).pipe(reader);
    for await (const entry of reader) {
      modes[entry.header.name] = entry.header.mode;
      entry.resume();
    }
    assert.deepEqual(modes, { Dockerfile: 0o644, 'bin/node': 0o755 });
    const bytes = async (): Promise<Buffer> => Buffer.concat((await (await packContext(files)).toArray()) as Buffer[]);
    assert.deepEqual(await bytes(), await bytes());
  });

  it('finds its folder', async () => {
    const files = await readContext(nodeImageFolder());
    assert.ok(files.some(({ path }) => path === 'Dockerfile'));
    assert.ok(!files.some(({ path }) => path.endsWith('.md')));
  });

  it("tells a network that does not reach the archive from a package's fault", () => {
    assert.ok(cannotReachArchive(["W: Failed to fetch http://x  Temporary failure resolving 'x'"]));
    assert.ok(!cannotReachArchive(['E: Unable to locate package nonsense']));
  });
});
