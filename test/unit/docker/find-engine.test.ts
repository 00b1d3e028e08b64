import assert from 'node:assert/strict';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
