import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EngineInstallationError,
  type MachineFacts,
  engineInstallation,
} from '../../../src/docker/engine-installation.js';
import { installEngine, plannedInstallation, startEngine } from '../../../src/docker/install-engine.js';
import { parseOperatingSystem } from '../../../src/docker/operating-system.js';
import { startFakeEngine, temporaryFolder } from './fake-engine.js';

const debian = parseOperatingSystem('linux', 'ID=debian\nVERSION_CODENAME=bookworm\n');
const bare: MachineFacts = {
  system: debian,
  root: true,
  dockerd: false,
  iptables: false,
  systemd: false,
  initScript: false,
};
const commands = (facts: Partial<MachineFacts>): { install: string[]; start: string[] } => {
  const { install, start } = engineInstallation({ ...bare, ...facts });
  const text = ({ argv }: { argv: readonly string[] }): string => argv.join(' ');
  return { install: install.map(text), start: start.map(text) };
};

describe('an engine for a machine that has none', () => {
  it('is installed from the distribution and started', () => {
    assert.deepEqual(commands({}), {
      install: ['apt-get update', 'apt-get install -y --no-install-recommends docker.io iptables'],
      start: ['service docker start', 'dockerd'],
    });
    assert.deepEqual(commands({ systemd: true }).start, ['systemctl start docker']);
    for (const step of engineInstallation(bare).install) assert.notEqual(step.why, '');
  });

  it('that is there and does not run is only started', () => {
    const there = { dockerd: true, iptables: true };
    assert.deepEqual(commands({ ...there, initScript: true }), {
      install: [],
      start: ['service docker start', 'dockerd'],
    });
    assert.deepEqual(commands(there), { install: [], start: ['dockerd'] });
    assert.deepEqual(commands({ dockerd: true }).install.at(-1), 'apt-get install -y --no-install-recommends iptables');
  });

  it('is the business of root, who is told what to type', () => {
    assert.throws(
      () => engineInstallation({ ...bare, root: false }),
      (error: unknown) => {
        assert.ok(error instanceof EngineInstallationError);
        assert.equal(
          error.remedy,
          'Run "sudo apt-get update && sudo apt-get install -y --no-install-recommends docker.io iptables && sudo service docker start", or this command as root.',
        );
        return true;
      },
    );
  });

  it('is not installed where we do not know how', () => {
    const fedora = parseOperatingSystem('linux', 'ID=fedora\n');
    assert.throws(() => engineInstallation({ ...bare, system: fedora }), /on Debian and Ubuntu only/);
    const mac = parseOperatingSystem('darwin', null);
    assert.throws(
      () => engineInstallation({ ...bare, system: mac }),
      (error: unknown) => {
        assert.match((error as EngineInstallationError).remedy, /Docker Desktop/);
        return true;
      },
    );
  });

  it('is not touched where one answers', async () => {
    const fake = await startFakeEngine();
    assert.equal(await plannedInstallation({ setting: fake.socket }), null);
    assert.equal((await installEngine({ setting: fake.socket })).version, '27.1');
    await fake.stop();
  });

  it('is not installed in the place of one that was named and does not answer', async () => {
    await assert.rejects(installEngine({ setting: '/nowhere/docker.sock' }), { code: 'EngineNotFound' });
  });

  it('is started by the first way that works, in a session of its own, and waited for', async () => {
    const folder = await temporaryFolder();
    const [socket, log, program] = ['docker.sock', 'log', 'dockerd.mjs'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(
      program,
      `import { createServer } from 'node:http';
       console.log('dockerd', process.pid);
       createServer((_, answer) => answer.end('{"Version":"20.10","ApiVersion":"1.41"}')).listen(${JSON.stringify(socket)});`,
    );
    const said: string[] = [];
    const engine = await startEngine(
      [
        { argv: ['/nowhere/service', 'docker', 'start'], why: 'it is not there' },
        { argv: [process.execPath, program], why: 'it is', log },
      ],
      socket,
      (line) => said.push(line),
    );
    assert.equal(engine.version, '20.10');
    assert.ok(
      said.some((line) => line.includes('/nowhere/service') && line.includes('could not be started')),
      said.join('\n'),
    );
    process.kill(Number(/dockerd (\d+)/.exec(await readFile(log, 'utf8'))?.[1]));
    await rm(folder, { recursive: true });
  });

  it('says why it could not be started', async () => {
    const folder = await temporaryFolder();
    const log = join(folder, 'log');
    const argv = [process.execPath, '-e', 'console.error("no iptables"); process.exit(3)'];
    await assert.rejects(
      startEngine([{ argv, why: '', log }], join(folder, 'docker.sock'), () => undefined),
      (error: unknown) => {
        assert.ok(error instanceof EngineInstallationError);
        assert.match(error.message, /ended with 3: no iptables/);
        assert.ok(error.remedy.includes(log));
        return true;
      },
    );
    await rm(folder, { recursive: true });
  });
});
