import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineCandidate, engineCandidates } from '../../../src/docker/engine-candidates.js';
import { connectionTo } from '../../../src/docker/engine-connection.js';
import { endpointText, parseEndpoint } from '../../../src/docker/engine-endpoint.js';
import { EngineContextError, EngineSettingError, EngineTlsError } from '../../../src/docker/engine-errors.js';
import { temporaryFolder } from './fake-engine.js';

describe('where an engine is looked for', () => {
  let home: string;
  before(async () => (home = await temporaryFolder()));
  after(() => rm(home, { recursive: true }));

  const candidates = (env: NodeJS.ProcessEnv, setting?: string): Promise<readonly EngineCandidate[]> =>
    engineCandidates({ env, home, platform: 'linux', ...(setting === undefined ? {} : { setting }) });
  const one = async (env: NodeJS.ProcessEnv, setting?: string): Promise<string> => {
    const [first, ...others] = await candidates(env, setting);
    assert.equal(others.length, 0, 'who names an engine wants this one and no other');
    return `${first!.found}: ${endpointText(first!.endpoint)}`;
  };
  const makeContext = async (name: string, host: string, skipTls = false): Promise<string> => {
    const digest = createHash('sha256').update(name).digest('hex');
    const folder = join(home, '.docker', 'contexts', 'meta', digest);
    await mkdir(folder, { recursive: true });
    const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: skipTls } } };
    await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
    return join(home, '.docker', 'contexts', 'tls', digest, 'docker');
  };

  it('is the setting, then DOCKER_HOST, then DOCKER_CONTEXT, then the current context, then the default sockets', async () => {
    await makeContext('far', 'tcp://far.example:2375');
    await makeContext('desktop-linux', `unix://${home}/desktop.sock`);
    await writeFile(join(home, '.docker', 'config.json'), JSON.stringify({ currentContext: 'desktop-linux' }));
    const env = { DOCKER_HOST: 'tcp://10.0.0.1:2375', DOCKER_CONTEXT: 'far' };
    assert.equal(await one(env, '/srv/docker.sock'), 'the setting: unix:///srv/docker.sock');
    assert.equal(await one(env), 'DOCKER_HOST: tcp://10.0.0.1:2375');
    assert.equal(await one({ DOCKER_CONTEXT: 'far' }), 'the docker context "far": tcp://far.example:2375');
    assert.equal(await one({}), `the docker context "desktop-linux": unix://${home}/desktop.sock`);
    assert.deepEqual(
      (await candidates({ DOCKER_CONTEXT: 'default', XDG_RUNTIME_DIR: '/run/user/7' })).map(({ endpoint }) =>
        endpointText(endpoint),
      ),
      [
        'unix:///var/run/docker.sock',
        `unix://${home}/.docker/run/docker.sock`,
        `unix://${home}/.docker/desktop/docker.sock`,
        'unix:///run/user/7/docker.sock',
        'unix:///run/podman/podman.sock',
        'unix:///run/user/7/podman/podman.sock',
      ],
    );
    await rm(join(home, '.docker', 'config.json'));
  });

  it('is told when a context is named that is not there', async () => {
    await assert.rejects(candidates({ DOCKER_CONTEXT: 'gone' }), (error: unknown) => {
      assert.ok(error instanceof EngineContextError);
      assert.match(error.message, /^The docker context "gone" \(from DOCKER_CONTEXT\) cannot be used: there is no /);
      return true;
    });
  });

  it('uses TLS where DOCKER_TLS_VERIFY or DOCKER_CERT_PATH says so, and names the files that are missing', async () => {
    const folder = join(home, 'certs');
    await mkdir(folder);
    await writeFile(join(folder, 'ca.pem'), '');
    const [candidate] = await candidates({ DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder });
    assert.equal(endpointText(candidate!.endpoint), 'tcp://h:2376');
    await assert.rejects(connectionTo(candidate!), (error: unknown) => {
      assert.ok(error instanceof EngineTlsError);
      assert.ok(error.message.includes(`${folder}/cert.pem, ${folder}/key.pem cannot be read`), error.message);
      return true;
    });
    for (const name of ['cert.pem', 'key.pem']) await writeFile(join(folder, name), '');
    assert.equal((await connectionTo(candidate!)).modem.protocol, 'https');
  });

  it('uses the TLS files of a context where it has some, and speaks in the clear where it has none', async () => {
    const folder = await makeContext('secure', 'tcp://s:2376');
    const [candidate] = await candidates({ DOCKER_CONTEXT: 'secure' });
    assert.equal((await connectionTo(candidate!)).modem.protocol, 'http');
    await mkdir(folder, { recursive: true });
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) await writeFile(join(folder, name), '');
    assert.equal((await connectionTo(candidate!)).modem.protocol, 'https');
  });

  it('takes addresses as the docker command does', () => {
    const text = (value: string): string => endpointText(parseEndpoint(value, 'DOCKER_HOST', false));
    assert.equal(text('unix:///run/x.sock'), 'unix:///run/x.sock');
    assert.equal(text('/run/x.sock'), 'unix:///run/x.sock');
    assert.equal(text('npipe:////./pipe/docker_engine'), 'npipe:////./pipe/docker_engine');
    assert.equal(text('tcp://host'), 'tcp://host:2375');
    assert.equal(text('tcp://host:80'), 'tcp://host:80');
    assert.equal(text('10.1.2.3:2375'), 'tcp://10.1.2.3:2375');
    assert.equal(text('https://host'), 'tcp://host:2376');
    assert.equal(text('tcp://[::1]:2375'), 'tcp://[::1]:2375');
    assert.equal(text('ssh://me@host:22'), 'ssh://me@host:22');
    assert.equal(text('ssh://host'), 'ssh://host');
  });

  for (const value of [
    'docker',
    ' ',
    'unix://',
    'unix://relative',
    'ftp://h',
    'tcp://',
    'tcp://h:99999',
    'ssh://u:p@h',
  ])
    it(`refuses "${value}" with a sentence`, () => {
      assert.throws(
        () => parseEndpoint(value, 'DOCKER_HOST', false),
        (error: unknown) => {
          assert.ok(error instanceof EngineSettingError);
          assert.ok(error.message.startsWith(`DOCKER_HOST is "${value}": `));
          return true;
        },
      );
    });
});
