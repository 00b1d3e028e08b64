import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/session.js';
import { Workbench } from '../support/workbench.js';

describe('npm start', () => {
  let folder: string;
  let program: ChildProcess;
  let address: URL;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'neutron-lab-start-'));
    program = spawn(process.execPath, ['src/bootstrap.mjs', 'start', '--folder', folder, '--no-open'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.ok(program.stdout);
    for await (const line of createInterface({ input: program.stdout })) {
      const found = /http:\S+/.exec(line)?.[0];
      if (found === undefined) continue;
      address = new URL(found);
      break;
    }
  });
  after(() => {
    program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the address of a VS Code on loopback that only those get in who have it', async () => {
    assert.equal(address.hostname, '127.0.0.1');
    assert.equal(address.searchParams.get('folder'), folder);
    const withToken = await fetch(address, { redirect: 'manual' });
    assert.ok(withToken.status < 400, `with the token: ${withToken.status}`);
    assert.equal((await fetch(address.origin)).status, 403);
  });

  it('ends with Ctrl-C, and VS Code with it', async () => {
    const ended = once(program, 'exit');
    program.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    await assert.rejects(fetch(address.origin));
  });
});

describe('The first steps', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ labs: ['ha-router'], env: { NEUTRON_LAB_WALKTHROUGH: '1' } });
  });
  after(() => workbench.close());

  it('open by themselves where VS Code was started to show the product', async () => {
    await workbench.page.locator('h2', { hasText: 'Get Started with Neutron Lab' }).waitFor();
  });

  it('lead to the Labs view', async () => {
    await workbench.page.getByRole('button', { name: 'Open the Labs View' }).first().click();
    await workbench.page.locator('.sidebar .pane-header', { hasText: 'Labs' }).waitFor();
  });
});
