import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import { CancelledError, EngineGoneError } from '../../../src/docker/engine-errors.js';
import type { NodeSpec, Runtime } from '../../../src/docker/runtime.js';
import { type FakeAnswers, type FakeEngine, startFakeEngine } from './fake-engine.js';

describe('what an engine answers', () => {
  let engine: FakeEngine;
  let runtime: Runtime;
  afterEach(async () => {
    runtime.close();
    await engine.stop();
  });
  const open = async (answers: FakeAnswers): Promise<void> => {
    engine = await startFakeEngine(answers);
    runtime = await openRuntime({ setting: engine.socket });
  };
  const answer = (status: number, body: string): Promise<void> =>
    open({
      request: (request, response) => {
        request.on('end', () => response.writeHead(status).end(body)).resume();
      },
    });

  it('and breaks off in the middle is told as a broken connection, not waited for', async () => {
    await open({
      request: (_request, response) => {
        response.write('[{"Id":', () => response.destroy());
      },
    });
    await assert.rejects(runtime.listNodes(), EngineGoneError);
    await assert.rejects(runtime.imageInfo('a:1'), /The connection .* broke during the question for the image a:1/);
  });

  it('and cannot be understood is told with the question', async () => {
    await answer(200, '<html>a proxy</html>');
    await assert.rejects(runtime.listNodes(), /broke during the list of nodes: its answer cannot be understood/);
    const spec: NodeSpec = { lab: 'a', node: 'n', version: '1', image: 'i', underlay: 'u', address: '10.0.0.2' };
    await assert.rejects(runtime.createNode(spec), EngineGoneError);
    await assert.rejects(runtime.createUnderlay('a', '10.0.0.0/24', '1'), EngineGoneError);
  });

  it('is a refusal in its own words, in JSON or not', async () => {
    for (const [body, said] of [
      ['{"message":"no space left - on device."}', 'no space left - on device'],
      ['gateway timeout\n', 'gateway timeout'],
    ] as const) {
      await answer(504, body);
      const refusal = `The container engine refused the start of a node: ${said} (HTTP 504).`;
      await assert.rejects(runtime.start('c1'), { code: 'EngineRefused', message: refusal, status: 504 });
      const other = `The container engine refused the saving of the image a:1: ${said} (HTTP 504).`;
      await assert.rejects(runtime.saveImage('a:1'), { code: 'EngineRefused', message: other });
      runtime.close();
      await engine.stop();
    }
    await answer(500, '');
  });

  it('is no error where it says that it is so already, or with another success than Docker', async () => {
    await answer(304, '');
    await runtime.start('c1');
    await runtime.stop('c1', 1);
    runtime.close();
    await engine.stop();
    await answer(202, '{}');
    await runtime.pause('c1');
    await runtime.tag('a:1', 'b:2');
  });

  it('on a subnet that is taken is known as that, with Docker and with Podman', async () => {
    for (const [message, code] of [
      ['Pool overlaps with other one on this address space', 'SubnetTaken'],
      ['invalid pool request: Pool overlaps with other one on this address space', 'SubnetTaken'],
      ['subnet 10.0.0.0/24 is already used on the host or by another config', 'SubnetTaken'],
      ['network with name neutron-lab-a already exists', 'EngineRefused'],
    ] as const) {
      await answer(403, JSON.stringify({ message }));
      await assert.rejects(runtime.createUnderlay('a', '10.0.0.0/24', '1'), { code });
      runtime.close();
      await engine.stop();
    }
    await answer(500, '');
  });

  it('without an upgrade is told: a command would have no input', async () => {
    await open({
      request: (request, response) => {
        if (request.url?.endsWith('/exec')) response.writeHead(201).end('{"Id":"e1"}');
        else response.end();
      },
      upgrade: false,
    });
    await assert.rejects(runtime.exec('c1', { argv: ['cat'] }), /the engine kept the connection to itself/);
  });

  it('is not waited for when the signal says so, and what was to be sent is let go of', async () => {
    await open({ request: (request) => request.resume() });
    const abort = new AbortController();
    const tar = new PassThrough();
    const failing = Promise.all([
      assert.rejects(runtime.saveImage('a:1', abort.signal), CancelledError),
      assert.rejects(
        runtime.pull('a:1', () => undefined, abort.signal),
        CancelledError,
      ),
      assert.rejects(runtime.importImage(tar, 'a:1', abort.signal), CancelledError),
    ]);
    abort.abort();
    await failing;
    assert.ok(tar.destroyed);
  });
});
