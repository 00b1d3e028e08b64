import assert from 'node:assert/strict';
import { bootstrapCommand } from '../../../src/docker/debian-base.js';
import { aptSettings, archiveLines } from '../../../src/docker/debian-sources.js';

describe("this machine's way to Debian's archive", () => {
  it('is read from stanzas', () => {
    const text = `Types: deb deb-src
# a remark
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://other.example/node_20.x
Suites: nodistro
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;
    const key = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
    assert.deepEqual(archiveLines(text, 'bookworm'), [
      `deb ${key} http://mirror.example/debian bookworm main contrib`,
      `deb ${key} http://mirror.example/debian bookworm-updates main contrib`,
    ]);
  });

  it('is read from lines', () => {
    const text = `# deb http://no.example/debian bookworm main
deb [arch=amd64] http://mirror.example/debian bookworm main non-free # remark
deb-src http://mirror.example/debian bookworm main
deb https://download.docker.com/linux/debian bookworm stable
deb http://archive.ubuntu.com/ubuntu noble main
`;
    assert.deepEqual(archiveLines(text, 'bookworm'), [
      'deb [arch=amd64] http://mirror.example/debian bookworm main non-free',
    ]);
  });

  it('has the proxy of the environment, else that of apt', () => {
    const dump =
      'Acquire::http::Proxy "http://p:3128/";\nAcquire::Check-Valid-Until "false";\nAcquire::https::Proxy "DIRECT";\n';
    assert.deepEqual(aptSettings(dump, {}), {
      proxies: { http_proxy: 'http://p:3128/' },
      options: ['Acquire::Check-Valid-Until "false"'],
    });
    assert.deepEqual(aptSettings(dump, { HTTP_PROXY: 'http://e:1', no_proxy: 'localhost' }).proxies, {
      http_proxy: 'http://e:1',
      no_proxy: 'localhost',
    });
    assert.deepEqual(aptSettings('', {}), { proxies: {}, options: [] });
  });

  it('is given to mmdebstrap, which otherwise goes to the archive of Debian', () => {
    assert.deepEqual(bootstrapCommand(['A "b"'], true).slice(-4), ['--aptopt=A "b"', 'bookworm', '-', '-']);
    assert.deepEqual(bootstrapCommand([], false).slice(-2), ['bookworm', '-']);
  });
});
