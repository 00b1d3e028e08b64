import assert from 'node:assert/strict';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import { EngineNotFoundError, EngineTooOldError } from '../../../src/docker/engine-errors.js';
import { compareVersions, findEngine } from '../../../src/docker/find-engine.js';
import { engineRemedy, parseOperatingSystem } from '../../../src/docker/operating-system.js';
import { type FakeEngine, VERSION, startFakeEngine, temporaryFolder } from './fake-engine.js';

describe('finding the engine', () => {
  const engines: FakeEngine[] = [];
  const start = async (version?: object): Promise<string> => {
    const engine = await startFakeEngine(version ? { version } : {});
    engines.push(engine);
    return engine.socket;
  };
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.stop();
  });

  it('tells how it was found and speaks API 1.41', async () => {
    const socket = await start();
    const { engine, speak, connection } = await findEngine({ env: { DOCKER_HOST: `unix://${socket}` } });
    connection.agent.destroy();
    assert.equal(engine.found, 'DOCKER_HOST');
    assert.equal(engine.endpoint, `unix://${socket}`);
    assert.equal(engine.version, '27.1');
    assert.equal(engine.local, false, 'an engine with another kernel is on another machine');
    assert.equal(speak, '1.41');
  });

  it('speaks the oldest API that a newer engine still knows', async () => {
    const socket = await start({ ...VERSION, ApiVersion: '1.52', MinAPIVersion: '1.44' });
    const { speak, connection } = await findEngine({ setting: socket });
    connection.agent.destroy();
    assert.equal(speak, '1.44');
  });

  it('finds an engine by setting although DOCKER_HOST is broken', async () => {
    const socket = await start();
    const before = process.env.DOCKER_HOST;
    process.env.DOCKER_HOST = 'tcp://[';
    try {
      const { connection } = await findEngine({ setting: socket });
      connection.agent.destroy();
      assert.equal(process.env.DOCKER_HOST, 'tcp://[');
    } finally {
      if (before === undefined) delete process.env.DOCKER_HOST;
      else process.env.DOCKER_HOST = before;
    }
  });

  it('names Podman', async () => {
    const socket = await start({ ...VERSION, ApiVersion: '1.41', Components: [{ Name: 'Podman Engine' }] });
    const { engine, connection } = await findEngine({ setting: socket });
    connection.agent.destroy();
    assert.equal(engine.name, 'Podman');
  });

  it('reaches one over TCP', async () => {
    const server = createServer((_request, response) => response.end(JSON.stringify(VERSION)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { engine, connection } = await findEngine({ env: { DOCKER_HOST: `127.0.0.1:${port}` } });
    connection.agent.destroy();
    server.close();
    assert.equal(engine.endpoint, `tcp://127.0.0.1:${port}`);
  });

  it('reaches one over the ssh command, commands on its containers included', async () => {
    const folder = await temporaryFolder();
    const engine = await startFakeEngine({
      request: (request, response) => {
        request.resume();
        if (request.url?.endsWith('/exec')) response.writeHead(201).end('{"Id":"e1"}');
        else response.end('{"Running":false,"ExitCode":3}');
      },
      // Echoes what comes as frames of stdout, and ends when the input ends.
      upgrade: (connection) => {
        connection.on('end', () => connection.end());
        connection.on('data', (data: Buffer) =>
          connection.write(Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, data.length]), data])),
        );
      },
    });
    engines.push(engine);
    // Stands for ssh and for "docker system dial-stdio" at its other end.
    await writeFile(
      join(folder, 'ssh'),
      `#!${process.execPath}
      if (process.argv.slice(-6).join(' ') !== '22 -- far docker system dial-stdio') {
        // One that gives up is gone before all that it said has come.
        require('node:child_process').spawn('sleep', ['0.3'], { stdio: 'inherit' });
        process.exit(255);
      }
      const socket = require('node:net').connect({ path: ${JSON.stringify(engine.socket)}, allowHalfOpen: true });
      process.stdin.pipe(socket).pipe(process.stdout);`,
      { mode: 0o755 },
    );
    const path = process.env.PATH;
    process.env.PATH = `${folder}:${path ?? ''}`;
    try {
      const runtime = await openRuntime({ setting: 'ssh://me@far:22' });
      assert.equal(runtime.engine.endpoint, 'ssh://me@far:22');
      const session = await runtime.exec('c1', { argv: ['cat'] });
      session.stdin.end('hello');
      assert.equal(Buffer.concat((await session.stdout.toArray()) as Buffer[]).toString(), 'hello');
      assert.equal(await session.exit, 3);
      runtime.close();
      await assert.rejects(findEngine({ setting: 'ssh://nobody' }), /ssh ended with 255/);
    } finally {
      process.env.PATH = path;
      await rm(folder, { recursive: true });
    }
  });

  it('refuses one that is too old', async () => {
    const socket = await start({ ...VERSION, Version: '19.03', ApiVersion: '1.40', MinAPIVersion: '1.12' });
    await assert.rejects(findEngine({ setting: socket }), (error: unknown) => {
      assert.ok(error instanceof EngineTooOldError);
      assert.equal(
        error.message,
        'The engine found by the setting is version 19.03 with API 1.40; API 1.41 is needed.',
      );
      return true;
    });
  });

  it('says what was tried when nothing answers, and does not fall back to another engine', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.sock'), '');
    for (const [name, problem] of [
      ['none.sock', 'there is no such socket'],
      ['file.sock', 'nothing listens there'],
    ] as const) {
      const path = join(folder, name);
      await assert.rejects(findEngine({ env: { DOCKER_HOST: `unix://${path}` } }), (error: unknown) => {
        assert.ok(error instanceof EngineNotFoundError);
        assert.equal(error.message, `No container engine answers. Tried DOCKER_HOST (unix://${path}): ${problem}.`);
        assert.equal(error.named, true);
        return true;
      });
    }
    await rm(folder, { recursive: true });
  });

  it('says what to do when the socket may not be opened', async function () {
    if (process.getuid?.() === 0) process.setegid?.(65534);
    if (process.geteuid?.() === 0) process.seteuid?.(65534);
    try {
      const folder = await temporaryFolder();
      const socket = join(folder, 'x');
      await chmod(folder, 0o000);
      await assert.rejects(findEngine({ setting: socket }), {
        code: 'EngineNoPermission',
        message: /is there, but the user \S+ may not open it\.$/,
      });
      await chmod(folder, 0o700);
      await rm(folder, { recursive: true });
    } finally {
      if (process.getuid?.() === 0) {
        process.seteuid?.(0);
        process.setegid?.(0);
      }
    }
  });

  it('compares versions by number', () => {
    assert.ok(compareVersions('1.9', '1.41') < 0);
    assert.ok(compareVersions('1.41', '1.41') === 0);
    assert.ok(compareVersions('2.0', '1.99') > 0);
  });

  it('knows the remedy of each system', () => {
    const remedy = (platform: NodeJS.Platform, release: string): string =>
      engineRemedy(parseOperatingSystem(platform, release));
    assert.match(remedy('linux', 'ID=debian\nVERSION_CODENAME=bookworm\n'), /apt-get install .*docker\.io iptables/);
    assert.match(remedy('linux', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'), /apt-get/);
    assert.match(remedy('linux', 'ID="fedora"\n'), /Podman/);
    assert.match(remedy('darwin', ''), /Docker Desktop/);
  });
});
