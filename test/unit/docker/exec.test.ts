import assert from 'node:assert/strict';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import { CancelledError, EngineGoneError, EngineRequestError } from '../../../src/docker/engine-errors.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { type FakeAnswers, type FakeEngine, startFakeEngine } from './fake-engine.js';

/** What a real engine would have to be killed for. */
describe('a command on an engine that fails', () => {
  let engine: FakeEngine;
  let runtime: Runtime;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): number => unhandled.push(reason);
  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));
  afterEach(async () => {
    runtime.close();
    await engine.stop();
    await new Promise(setImmediate);
    assert.deepEqual(unhandled.splice(0), []);
  });
  const open = async (answers: FakeAnswers): Promise<void> => {
    engine = await startFakeEngine(answers);
    runtime = await openRuntime({ setting: engine.socket });
  };
  const created: NonNullable<FakeAnswers['request']> = (request, response) => {
    request.resume();
    if (request.url?.endsWith('/exec')) response.writeHead(201).end('{"Id":"e1"}');
    else response.destroy();
  };

  it('rejects the exit code when the connection is cut, and ends the outputs', async () => {
    await open({
      request: created,
      upgrade: (connection) => connection.end(Buffer.from([1, 0, 0, 0, 0, 0, 0, 9, 65])),
    });
    const session = await runtime.exec('c1', { argv: ['true'] });
    const text = await session.stdout.toArray();
    assert.equal(Buffer.concat(text as Buffer[]).toString(), 'A');
    await assert.rejects(session.exit, EngineGoneError);
    session.stdin.write('too late');
    session.stdin.end('still too late');
  });

  it('is no unhandled rejection when nobody asks for the exit code', async () => {
    await open({ request: created, upgrade: (connection) => connection.destroy() });
    const session = await runtime.exec('c1', { argv: ['true'] });
    await new Promise((resolve) => session.stdout.on('end', resolve).resume());
  });

  it('is cancelled by its signal and by close', async () => {
    await open({ request: created });
    const abort = new AbortController();
    const session = await runtime.exec('c1', { argv: ['sleep', '9'], signal: abort.signal });
    abort.abort();
    await assert.rejects(session.exit, CancelledError);
    const other = await runtime.exec('c1', { argv: ['sleep', '9'] });
    other.close();
    await assert.rejects(other.exit, CancelledError);
    await assert.rejects(runtime.exec('c1', { argv: ['x'], signal: abort.signal }), CancelledError);
  });

  it('has the size that was told last, however long the engine takes for one', async () => {
    const sizes: string[] = [];
    const answers: (() => void)[] = [];
    let told: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (told = resolve));
    await open({
      request: (request, response) => {
        const { searchParams, pathname } = new URL(request.url ?? '', 'http://engine');
        if (!pathname.endsWith('/resize')) {
          created(request, response);
          return;
        }
        request.resume();
        sizes.push(`${searchParams.get('w') ?? ''}x${searchParams.get('h') ?? ''}`);
        answers.push(() => response.writeHead(200).end());
        told();
        // The first is answered when the others have been told.
        if (sizes.length > 1) answers.at(-1)?.();
      },
    });
    const session = await runtime.exec('c1', { argv: ['sh'], tty: true });
    const all = [session.resize(80, 24)];
    await first;
    all.push(session.resize(80, 20), session.resize(70, 20));
    answers[0]?.();
    await Promise.all(all);
    assert.deepEqual(sizes, ['80x24', '70x20']);
    session.close();
  });

  it('is refused in the words of the engine', async () => {
    await open({
      request: (_request, response) => response.writeHead(409).end('{"message":"Container c1 is not running"}'),
    });
    await assert.rejects(runtime.exec('c1', { argv: ['ip', 'addr'] }), (error: unknown) => {
      assert.ok(error instanceof EngineRequestError);
      assert.equal(
        error.message,
        'The container engine refused the command ip: Container c1 is not running (HTTP 409).',
      );
      return true;
    });
  });

  it('events end with an error when the engine goes, and in silence when they are not wanted any more', async () => {
    await open({
      request: (request, response) => {
        response.write('{"Action":"start","Actor":{"ID":"c1","Attributes":{"org.neutron-lab.lab":"a"}},"time":7}\n');
        if (request.url?.includes('label')) response.write('{"Action":"exec_create: sh","time":8}\n{broken\n');
      },
    });
    const abort = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const event of runtime.events(abort.signal)) {
        seen.push(`${event.type} ${event.lab} ${event.id}`);
        abort.abort();
      }
    })();
    await watching;
    assert.deepEqual(seen, ['start a c1']);
    const lost = (async () => {
      for await (const event of runtime.events(new AbortController().signal)) if (event.id) await engine.stop();
    })();
    await assert.rejects(lost, EngineGoneError);
    engine = await startFakeEngine();
  });
});
