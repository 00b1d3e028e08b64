import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workbench } from '../support/workbench.js';
import { plain, until } from '../support/until.js';

const FILE = `lab: shop
networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 }
  green:
    subnets:
      green-v4: { cidr: 192.168.20.0/24 }
routers:
  edge:
    interfaces: [bleu-v4]

instances:
  web1: { networks: [blue] }
`;

describe('A lab file in the editor', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ files: { 'shop.neutron.yaml': FILE } });
    await workbench.openFile('shop.neutron.yaml');
  });
  after(() => workbench.close());

  /** The file once the editor has saved what is on the screen. */
  async function saved(expected: RegExp): Promise<void> {
    await workbench.page.keyboard.press('Control+s');
    await until(`the file has ${String(expected)}`, async () =>
      expected.test(await readFile(join(workbench.folder, 'shop.neutron.yaml'), 'utf8')),
    );
  }

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.screenshot(`lab-file-${this.currentTest.title.slice(0, 20).replaceAll(' ', '-')}`);
  });

  it('says what is wrong, and mends it', async () => {
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.editor.goTo(11, 20);
    await workbench.command('Quick Fix...');
    await workbench.page.locator('.action-widget .monaco-list-row', { hasText: /Replace.bleu-v4.by.blue-v4/ }).click();
    await workbench.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await saved(/interfaces: \[blue-v4\]/);
  });

  it('proposes the attributes that are missing, with what they mean', async () => {
    await workbench.editor.goTo(12);
    await workbench.page.keyboard.type('    ');
    await workbench.page.keyboard.press('Control+Space');
    const rows = workbench.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.filter({ hasText: 'ha_vr_id' }).first().waitFor();
    assert.equal(await rows.filter({ hasText: 'interfaces' }).count(), 0);
    await workbench.page.keyboard.type('ha');
    await rows.first().waitFor();
    await workbench.page.keyboard.press('Enter');
    await saved(/^ {4}ha: true$/m);
  });

  it('says what a router is when the pointer rests on it', async () => {
    await workbench.editor.goTo(10, 4);
    await workbench.command('Show or Focus Hover');
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'HA router' }).first();
    await hover.waitFor();
    assert.match(plain(await hover.innerText()), /VRID \d+, VIP 169\.254\.0\.\d+\/24/);
    await workbench.page.keyboard.press('Escape');
  });

  it('changes a name wherever it is used', async () => {
    await workbench.editor.goTo(3, 4);
    await workbench.page.keyboard.press('F2');
    const box = workbench.page.locator('.rename-box input');
    await box.fill('red');
    await box.press('Enter');
    await workbench.editor.waitForText(/networks: \[red\]/);
    await saved(/^ {2}red:$/m);
  });

  it('goes from a name to where it is declared', async () => {
    await workbench.editor.goTo(11, 20);
    await workbench.page.keyboard.press('F12');
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 5, Col 7' }).waitFor();
  });

  it('has an outline', async () => {
    await workbench.page.keyboard.press('Control+Shift+o');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'blue-v4' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
