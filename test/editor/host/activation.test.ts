import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/editor/manifest/commands.js';
import { until } from '../support/until.js';

const ID = 'neutron-lab.neutron-lab';

/** The extension, active; VS Code activates it for the lab files in the folder. */
async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension(ID);
  assert.ok(found, `${ID} is not there`);
  if (!found.isActive) await found.activate();
  return found;
}

describe('The extension in its host', () => {
  it('is active where the folder has a lab file, without being asked', async () => {
    const found = vscode.extensions.getExtension(ID);
    assert.ok(found, `${ID} is not there`);
    await until('the extension is active', () => Promise.resolve(found.isActive));
  });

  it('registers every command of the table, and no other', async () => {
    await extension();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('neutron-lab.'));
    // VS Code itself makes commands for a view: focus, open, reset its place.
    const own = registered.filter((id) => !/^neutron-lab\.\w+\.\w+$/.test(id));
    assert.deepEqual(own.sort(), Object.keys(COMMANDS).sort());
  });

  it('says in the manifest what it is', async () => {
    const manifest = (await extension()).packageJSON as { main: string; extensionKind: string[] };
    const { main, extensionKind } = manifest;
    assert.equal(main, './dist/extension.cjs');
    assert.deepEqual(extensionKind, ['workspace'], 'it runs where the files and the engine are');
  });
});
