import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar-stream';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { type FakeEngine, VERSION, startFakeEngine } from './fake-engine.js';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** dockerode is made leaner in the bundle (src/build.mjs), which the other tests do not see. */
describe('the bundled command line', () => {
  const paths: string[] = [];
  const request: RequestListener = (incoming, response) => {
    paths.push((incoming.url ?? '').replace(/\?.*/, ''));
    response.end(incoming.url === '/version' ? JSON.stringify(VERSION) : '[]');
  };
  const list = async (host: string): Promise<{ stdout: string; stderr: string }> => {
    const env = { ...process.env, DOCKER_HOST: host, DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: '', NODE_OPTIONS: '' };
    return promisify(execFile)(process.execPath, [CLI, 'list', '--json'], { env });
  };
  let engine: FakeEngine;
  before(async () => (engine = await startFakeEngine({ request })));
  after(() => engine.stop());
  beforeEach(() => paths.splice(0));

  it('asks an engine behind a socket, and says nothing else', async () => {
    const { stdout, stderr } = await list(`unix://${engine.socket}`);
    assert.deepEqual(JSON.parse(stdout), []);
    assert.equal(stderr, '');
    assert.deepEqual(paths.sort(), ['/v1.41/containers/json', '/v1.41/networks']);
  });

  it('asks one over TCP, and says nothing else', async () => {
    const server = createServer(request);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { stdout, stderr } = await list(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    assert.deepEqual(JSON.parse(stdout), []);
    assert.equal(stderr, '');
    assert.deepEqual(paths.sort(), ['/v1.41/containers/json', '/v1.41/networks', '/version']);
  });

  it('gives an engine that has no node image what one is made of', async () => {
    const names: string[] = [];
    const builder = await startFakeEngine({
      request: (incoming, response) => {
        if (!(incoming.url ?? '').includes('/build')) {
          // Of all images the one that a node's is built on is there.
          response.writeHead((incoming.url ?? '').includes('/base') ? 200 : 404);
          response.end(JSON.stringify({ Id: 'sha256:1', RepoTags: [], Size: 1, message: 'no such image' }));
          return;
        }
        const reader = extract();
        reader.on('entry', ({ name }, entry, next) => {
          names.push(name);
          entry.on('end', next).resume();
        });
        reader.on('finish', () => response.end(JSON.stringify({ error: 'that is all that was wanted' })));
        incoming.pipe(reader);
      },
    });
    const env = { ...process.env, DOCKER_HOST: `unix://${builder.socket}`, NEUTRON_LAB_IMAGE: '', NODE_OPTIONS: '' };
    const made = promisify(execFile)(process.execPath, [CLI, 'image', 'build'], { env });
    await assert.rejects(made, { code: EXIT.engine, stderr: /that is all that was wanted/ });
    await builder.stop();
    assert.ok(names.includes('Dockerfile') && names.includes('libexec/init'), names.join(' '));
  });
});
