import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { CancelledError } from '../../../src/docker/engine-errors.js';
import type { NodeContainer, Runtime } from '../../../src/docker/runtime.js';
import { Bench, nodeImage, openOrSkip, run } from './test-engine.js';

describe('a command on a node', () => {
  let runtime: Runtime;
  let bench: Bench;
  let node: NodeContainer;
  before(async function () {
    runtime = await openOrSkip(this);
    bench = new Bench(runtime, await nodeImage(runtime, this));
    node = await bench.runningNode('node');
  });
  after(async () => {
    await (bench as Bench | undefined)?.remove();
    (runtime as Runtime | undefined)?.close();
  });
  const shell = (script: string, stdin = ''): ReturnType<typeof run> =>
    run(runtime, node.id, ['sh', '-c', script], stdin);

  it('has its input, both outputs and its exit code', async () => {
    assert.deepEqual(await shell('cat; echo wrong >&2; exit 7', 'first'), {
      code: 7,
      stdout: 'first',
      stderr: 'wrong\n',
    });
    assert.equal((await shell('exit 0')).code, 0);
    assert.equal((await shell('kill -9 $$')).code, 137);
  });

  it('gets what is written at once, every time', async () => {
    for (let turn = 0; turn < 20; turn++) assert.equal((await shell('cat', `turn ${turn}`)).stdout, `turn ${turn}`);
  });

  it('takes words as they are: nothing is given to a shell', async () => {
    const hostile = '$(reboot) `id` "; rm -rf / \u00e4\n';
    assert.equal((await run(runtime, node.id, ['printf', '%s', hostile])).stdout, hostile);
    const { stdout } = await run(runtime, node.id, ['printenv', 'NAME'], '', { env: { NAME: hostile } });
    assert.equal(stdout, `${hostile}\n`);
  });

  it('that does not exist is told by its exit code', async () => {
    const { code, stdout, stderr } = await run(runtime, node.id, ['no-such-command']);
    assert.ok(code === 126 || code === 127, `${code}`);
    assert.match(stdout + stderr, /no-such-command/);
  });

  it('carries 10 MB there and back unchanged, however slowly it is read', async () => {
    const sent = randomBytes(10 << 20);
    const session = await runtime.exec(node.id, { argv: ['cat'] });
    session.stderr.resume();
    const hash = createHash('sha256');
    let turns = 0;
    await Promise.all([
      pipeline([sent], session.stdin),
      (async () => {
        for await (const chunk of session.stdout) {
          hash.update(chunk as Buffer);
          if (turns++ % 16 === 0) await new Promise(setImmediate);
        }
      })(),
    ]);
    assert.equal(await session.exit, 0);
    assert.equal(hash.digest('hex'), createHash('sha256').update(sent).digest('hex'));
  });

  it('waits for a reader that is behind', async () => {
    const session = await runtime.exec(node.id, { argv: ['sh', '-c', 'head -c 30000000 /dev/zero; echo done >&2'] });
    session.stdin.end();
    const first = await Promise.race([
      new Promise((resolve) => session.stderr.once('data', resolve)).then(() => 'done'),
      run(runtime, node.id, ['sleep', '0.3']).then(() => 'waiting'),
    ]);
    assert.equal(first, 'waiting');
    session.stdout.resume();
    assert.equal(await session.exit, 0);
  });

  it('that closed its outputs and goes on has its own exit code', async () => {
    assert.equal((await shell('exec >&- 2>&-; sleep 0.3; exit 5')).code, 5);
  });

  it('has a terminal when it is asked for, of the size that is told', async () => {
    const session = await runtime.exec(node.id, {
      argv: ['sh', '-c', 'read x; stty size'],
      tty: true,
      env: { TERM: 'xterm' },
    });
    await session.resize(91, 37);
    session.stdin.write('\n');
    const text = Buffer.concat((await session.stdout.toArray()) as Buffer[]).toString();
    assert.match(text, /37 91/);
    assert.equal(await session.exit, 0);
  });

  it('is left by its signal, and its input ends', async () => {
    const abort = new AbortController();
    const argv = ['sh', '-c', 'cat > /dev/null; echo ended > /tmp/ended'];
    const session = await runtime.exec(node.id, { argv, signal: abort.signal });
    session.stdin.write('x');
    abort.abort();
    await assert.rejects(session.exit, CancelledError);
    const { code } = await shell(
      'n=0; while [ ! -e /tmp/ended ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n+1)); done; cat /tmp/ended',
    );
    assert.equal(code, 0);
  });

  it('ends with its node', async () => {
    const other = await bench.runningNode('short-lived');
    const session = await runtime.exec(other.id, { argv: ['sh', '-c', 'echo runs; sleep 1000'] });
    await new Promise((resolve) => session.stdout.once('data', resolve));
    await runtime.kill(other.id);
    await session.exit.then(
      (code) => {
        assert.equal(code, 137);
      },
      (error: unknown) => {
        assert.match(String(error), /Engine/);
      },
    );
    await assert.rejects(runtime.exec(other.id, { argv: ['true'] }), { code: 'EngineRefused' });
  });
});
