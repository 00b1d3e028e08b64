import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

/** What a person gets who accepts nearly everything as it is proposed. */
const DECLARED = `# A lab in Neutron's own vocabulary.
lab: cloud
networks:
  net1:
    subnets:
      net1-v4: { cidr: 192.168.10.0/24 }
      net1-v6: { cidr: 'fd00:a::/64', gateway_ip: 'fd00:a::1', ipv6_ra_mode: slaac, ipv6_address_mode: slaac }
routers:
  router1:
    ha: true
    interfaces: [net1-v4]
instances:
  vm1: { node: compute1, networks: [net1] }
`;

describe('A lab declared from nothing in the tree', () => {
  let workbench: Workbench;
  before(async () => {
    // Labs of others on this machine's engine are no part of it.
    workbench = await Workbench.open({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
    await workbench.openView();
  });
  after(() => workbench.close());

  const text = (): string => readFileSync(join(workbench.folder, 'cloud.neutron.yaml'), 'utf8');

  /** Accepts what is proposed, step by step, up to the last one. */
  async function accept(title: string, steps: number, from = 1): Promise<void> {
    for (let nth = from; nth <= steps; nth++) {
      await workbench.quick.waitForTitle(`${title} (${nth}/${steps})`);
      await workbench.quick.accept();
    }
  }

  async function saved(what: string, test: (text: string) => boolean): Promise<void> {
    await until(what, () => Promise.resolve(test(text())));
  }

  it('begins as an empty lab, opened and shown', async () => {
    await workbench.command('Neutron Lab: New Lab…');
    await workbench.quick.waitForTitle('New lab (1/2)');
    assert.equal(await workbench.quick.value(), 'my-lab');
    await workbench.quick.fill('not a name');
    await workbench.quick.message(/cannot be the name of a lab/);
    await workbench.quick.fill('cloud');
    await workbench.quick.accept();
    await workbench.quick.choose('Empty');
    await workbench.editor.waitForTitle('cloud.neutron.yaml');
    await workbench.tree.find('cloud', 'Networks');
  });

  it('gets a network, a subnet, a router, an interface and an instance by the buttons of its rows', async () => {
    const { tree } = workbench;
    await tree.inlineAction(tree.row('Networks'), 'Add Network…');
    await accept('Add network', 4);
    await tree.inlineAction(tree.row('net1'), 'Add Subnet…');
    await accept('Add subnet to net1', 4);
    await tree.waitForLine('net1 192.168.10.0/24, fd00:a::/64');
    await tree.inlineAction(tree.row('Routers'), 'Add Router…');
    await accept('Add router', 3);
    await tree.inlineAction(tree.row('router1'), 'Add Interface…');
    await accept('Add interface to router1', 2);
    await tree.inlineAction(tree.row('Instances'), 'Add Instance…');
    await accept('Add instance', 3);
    await tree.waitForLine(/^vm1 192\.168\.10\.\d+, fd00:a::\S+ · compute1$/);
    await saved('the whole lab is saved', (now) => now.includes('vm1'));
    assert.equal(text(), DECLARED);
  });

  it('steps back to what was typed, and Escape changes nothing', async () => {
    const { quick, tree } = workbench;
    await tree.inlineAction(tree.row('Networks'), 'Add Network…');
    await quick.waitForTitle('(1/4)');
    await quick.fill('net1');
    await quick.message("There is a network 'net1' already.");
    await quick.fill('red');
    await quick.accept();
    await quick.waitForTitle('(2/4)');
    await quick.accept();
    await quick.waitForTitle('(3/4)');
    assert.equal(await quick.value(), '192.168.20.0/24');
    await quick.fill('192.168.20.0');
    await quick.message('is not a CIDR');
    await quick.back();
    await quick.waitForTitle('(2/4)');
    await quick.back();
    await quick.waitForTitle('(1/4)');
    assert.equal(await quick.value(), 'red');
    await quick.escape();
    assert.equal(text(), DECLARED);
  });

  it('renames by F2, and every reference follows', async () => {
    const { quick, tree } = workbench;
    await tree.row('net1').click();
    await workbench.page.keyboard.press('F2');
    await quick.waitForTitle('Rename network net1');
    await quick.fill('blue');
    await quick.accept();
    await saved('references follow', (now) => now.includes('networks: [blue]') && now.includes('  blue:'));
  });

  it('deletes by the Delete key with what depends on it, after a question in the words of Neutron; undo brings it back', async () => {
    const { page, tree } = workbench;
    const before = text();
    await tree.row('blue').click();
    await page.keyboard.press('Delete');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/Unable to complete operation on network 'blue'/).waitFor();
    await dialog.getByRole('button', { name: 'Delete network blue and 2 Dependents' }).click();
    await saved('the network is gone', (now) => !now.includes('blue'));
    await tree.row('router1').click();
    await page.keyboard.press('Control+z');
    await saved('the network is back', (now) => now === before);
  });
});
