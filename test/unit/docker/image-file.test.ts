import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import { loadImageFile, saveImageFile } from '../../../src/docker/image-file.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { type FakeAnswers, type FakeEngine, startFakeEngine, temporaryFolder } from './fake-engine.js';

describe('an image in a file', () => {
  let folder: string;
  let engine: FakeEngine;
  let runtime: Runtime;
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(async () => {
    runtime.close();
    await engine.stop();
    await rm(folder, { recursive: true });
  });
  const open = async (request: FakeAnswers['request']): Promise<void> => {
    engine = await startFakeEngine(request ? { request } : {});
    runtime = await openRuntime({ setting: engine.socket });
  };

  it('has its name only when it is whole', async () => {
    await open((_request, response) => response.end('whole'));
    const file = join(folder, 'image.tar');
    assert.equal(await saveImageFile(runtime, 'a:1', file), 5);
    assert.equal(await readFile(file, 'utf8'), 'whole');
    assert.deepEqual(await readdir(folder), ['image.tar']);
  });

  it('is not there when the engine stops half way, and an older one stays', async () => {
    await open((_request, response) => {
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const file = join(folder, 'image.tar');
    await writeFile(file, 'older');
    await assert.rejects(saveImageFile(runtime, 'a:1', file));
    assert.deepEqual(await readdir(folder), ['image.tar']);
    assert.equal(await readFile(file, 'utf8'), 'older');
  });

  it('is not there when it is cancelled', async () => {
    const abort = new AbortController();
    await open((_request, response) => {
      response.write('half', () => {
        abort.abort();
      });
    });
    await assert.rejects(saveImageFile(runtime, 'a:1', join(folder, 'image.tar'), { signal: abort.signal }), {
      code: 'Cancelled',
    });
    assert.deepEqual(await readdir(folder), []);
  });

  it('that is missing, or holds no image, is refused with a sentence', async () => {
    await open((request, response) => {
      request.on('end', () => response.end('{"errorDetail":{"message":"no"},"error":"invalid tar header"}\n')).resume();
    });
    await assert.rejects(loadImageFile(runtime, join(folder, 'none.tar')), { code: 'ImageFileUnusable' });
    await writeFile(join(folder, 'bad.tar'), 'nonsense');
    await assert.rejects(
      loadImageFile(runtime, join(folder, 'bad.tar')),
      /bad\.tar cannot be loaded \(invalid tar header\)/,
    );
  });

  it('for which the disk of the engine has no room is not the file at fault', async () => {
    const full = 'write /usr/bin/perl: no space left on device';
    await open((request, response) => {
      request.on('end', () => response.end(`{"error":"${full}"}\n`)).resume();
    });
    const file = join(folder, 'good.tar');
    await writeFile(file, 'sound');
    await assert.rejects(loadImageFile(runtime, file), { remedy: /is full: "docker system df"/ });
  });

  it('that is no longer wanted was cancelled, also where the engine says so itself', async () => {
    const abort = new AbortController();
    const said = '{"stream":"begun\\n"}\n{"error":"context canceled"}\n';
    await open((request, response) => {
      request.on('end', () => response.end(said)).resume();
    });
    const onProgress = (): void => {
      abort.abort();
    };
    await assert.rejects(runtime.build(Readable.from([]), 'a:1', onProgress, { signal: abort.signal }), {
      code: 'Cancelled',
    });
  });

  it('that cannot be built is told with the first complaint, and without the command', async () => {
    const lines = [
      {
        stream:
          "Err:1 http://archive.example/debian bookworm InRelease\n  Temporary failure resolving 'archive.example'\n",
      },
      { stream: 'E: Unable to locate package keepalived\n' },
      { error: "The command '/bin/sh -c apt-get update\n && apt-get install' returned a non-zero code: 100" },
    ];
    await open((request, response) => {
      request.on('end', () => response.end(lines.map((line) => JSON.stringify(line)).join('\n'))).resume();
    });
    await assert.rejects(
      runtime.build(Readable.from([]), 'a:1', () => undefined),
      {
        said: 'a command of it ended with code 100 and said "Temporary failure resolving \'archive.example\'"',
      },
    );
  });
});
