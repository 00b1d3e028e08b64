import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../../src/bootstrap/package.mjs';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import { ROOT } from '../support/session.js';
import { Workbench } from '../support/workbench.js';

describe('The VSIX', () => {
  let scratch: string;
  let vsix: string;

  before(async () => {
    await ensureBundled(ROOT);
    scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-package-'));
    vsix = await packageExtension(ROOT, join(scratch, 'neutron-lab.vsix'));
  });
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is small: 5 MB, its code 2 MB, 1 MB of that before an engine is needed', () => {
    const size = (path: string) => statSync(path).size;
    const first = size(join(ROOT, 'dist/extension.cjs'));
    assert.ok(first <= 5e4, `dist/extension.cjs, which is read at every activation, has ${first} bytes`);
    const host = first + size(join(ROOT, 'dist/editor.cjs'));
    assert.ok(host <= 1e6, `dist/extension.cjs and dist/editor.cjs have ${host} bytes`);
    assert.ok(host + size(join(ROOT, 'dist/dockerode.cjs')) <= 2e6);
    assert.ok(size(vsix) <= 5e6, `the VSIX has ${size(vsix)} bytes`);
  });

  it('holds what the manifest names, the image, the labs and the licences, and nothing of those who build it', () => {
    const staged = join(ROOT, '.cache', 'vsix');
    const files = readdirSync(staged, { recursive: true }).map(String);
    const manifest = JSON.parse(readFileSync(join(staged, 'package.json'), 'utf8')) as Record<string, unknown>;
    const named = JSON.stringify(manifest).match(/(?<=")(\.\/)?(src|dist)\/[\w./-]+(?=")/g) ?? [];
    for (const path of named) assert.ok(files.includes(path.replace('./', '')), `${path} is not in it`);
    const code = files.filter((path) => path.endsWith('.cjs')).map((path) => readFileSync(join(staged, path), 'utf8'));
    const late = code.flatMap((text) => [...text.matchAll(/require\("\.\/([\w-]+\.cjs)"\)/g)].map(([, name]) => name));
    assert.ok(late.includes('dockerode.cjs'), late.join());
    for (const name of late) assert.ok(files.includes(`dist/${name}`), `${name}, which is read later, is not in it`);
    for (const path of ['containers/node/Dockerfile', 'labs/ha-router/ha-router.neutron.yaml', 'LICENSE'])
      assert.ok(files.includes(path), `${path} is not in it`);
    assert.match(readFileSync(join(staged, 'dist/third-party-notices.txt'), 'utf8'), /^zod \d/m);
    const strangers = files.filter((path) => /node_modules|\.ts$|\.map$|^test|^\./.test(path));
    assert.deepEqual(strangers, []);
    assert.equal(manifest.scripts, undefined);
    assert.equal(manifest.devDependencies, undefined);
  });

  it('installs in a VS Code and is active for a lab file', async () => {
    const workbench = await Workbench.open({ labs: ['ha-router'], extension: { vsix } });
    try {
      await workbench.openFile('ha-router.neutron.yaml');
      await workbench.activationOf('Neutron Lab');
    } finally {
      await workbench.close();
    }
  });
});
