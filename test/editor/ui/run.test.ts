import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testLabName } from '../../support/lab-name.js';
import { until } from '../support/until.js';
import { needsEngine } from '../support/engine.js';
import { Workbench } from '../support/workbench.js';

const name = testLabName('ui-run');
const file = `${name}.neutron.yaml`;
const text = `lab: ${name}
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
  green: { subnets: { green-v4: { cidr: 192.168.20.0/24 } } }
routers:
  edge: { ha: true, interfaces: [blue-v4, green-v4] }
instances:
  web1: { networks: [blue] }
  db1: { networks: [green] }
nodes:
  network1: { agents: [l3, dhcp] }
  network2: { agents: [l3, dhcp] }
  compute1: {}
`;
/** What a lab says that runs and wants nothing. */
const READY = new RegExp(`^${name} running · edge: MASTER on network\\d · ${name}`);

function inContainer(node: string, ...argv: readonly string[]): string {
  return execFileSync('docker', ['exec', `neutron-lab-${name}-${node}`, ...argv], { encoding: 'utf8' });
}

describe('A lab that is run, broken and mended from the tree', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async function () {
    needsEngine(this);
    workbench = await Workbench.open({ files: { [file]: text } });
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
  });

  const lab = () => workbench.tree.row(name);

  async function master(): Promise<string> {
    return await until('one MASTER', async () => {
      const line = (await workbench.tree.lines()).find((one) => one.includes('edge HA · MASTER on'));
      return /MASTER on (\S+)/.exec(line ?? '')?.[1];
    });
  }

  it('comes up by the button of its row, and says where its MASTER is', async () => {
    await workbench.tree.waitForLine(new RegExp(`^${name}`));
    await workbench.tree.inlineAction(lab(), 'Up');
    await workbench.tree.waitForLine(READY);
    const where = await master();
    await workbench.statusItem(`${name}: MASTER ${where}`).first().waitFor();
    assert.match(inContainer(where, 'ip', 'netns'), /qrouter-/);
  });

  it('shows another MASTER when the node of the first loses its power, and is whole again by Heal', async () => {
    const before = await master();
    const node = await workbench.tree.open(name, 'Nodes', before);
    await workbench.tree.contextMenu(node, 'Break', 'Power Off Node');
    await workbench.tree.waitForLine(new RegExp(`^${name} 2 of 3 nodes run`));
    await until('another MASTER', async () => (await master()) !== before);
    await workbench.notifications.press(/without power/, 'Heal');
    await workbench.tree.waitForLine(READY);
  });

  it('restarts a node in good order, and it is set up again', async () => {
    const container = `neutron-lab-${name}-network2`;
    const born = () =>
      execFileSync('docker', ['inspect', '-f', '{{.State.StartedAt}}', container], { encoding: 'utf8' });
    const before = born();
    // A row that was drawn anew in that moment has to be chosen again, and what was done is told for five seconds only.
    await until('the node was started again', async () => {
      await workbench.tree.contextMenu(await workbench.tree.open(name, 'Nodes', 'network2'), 'Restart Node');
      return workbench.page
        .getByText('network2 was restarted')
        .first()
        .waitFor({ timeout: 15_000 })
        .then(
          () => true,
          () => born() !== before,
        );
    });
    await workbench.tree.waitForLine(READY);
    assert.notEqual(born(), before);
    assert.match(inContainer('network2', 'ip', 'netns'), /qrouter-/);
  });

  it('says drift when somebody changes a node by hand, and Repair takes it back', async () => {
    const [namespace = ''] = /qrouter-\S+/.exec(inContainer('network1', 'ip', 'netns')) ?? [];
    const links = inContainer('network1', 'ip', '-n', namespace, '-br', 'link');
    const [device = ''] = /qr-[\w-]+/.exec(links) ?? [];
    inContainer('network1', 'ip', '-n', namespace, 'link', 'set', device, 'mtu', '1400');
    await workbench.tree.waitForLine(new RegExp(`^${name} .*· drift`));
    await workbench.tree.inlineAction(lab(), 'Repair');
    await workbench.tree.waitForLine(READY);
    assert.match(inContainer('network1', 'ip', '-n', namespace, 'link', 'show', device), /mtu 1450/);
  });

  it('shows a plan for what the file says now, applies it, and has nothing to change then', async () => {
    const path = join(workbench.folder, file);
    await writeFile(path, (await readFile(path, 'utf8')).replace('  db1:', '  db2: { networks: [green] }\n  db1:'));
    await workbench.tree.waitForLine(new RegExp(`^${name} .*changes to apply`));
    await workbench.tree.inlineAction(lab(), 'Apply Changes…');
    await workbench.tree.waitForLine(/^compute1 \d+ steps$/);
    await workbench.page.getByText(/steps on 3 nodes .*Nothing was done yet/).waitFor();
    await workbench.command('Neutron Lab: Apply Plan');
    await workbench.tree.waitForLine(READY);
    assert.match(inContainer('compute1', 'ip', 'netns'), /db2/);
    await workbench.command('Neutron Lab: Show Plan');
    await workbench.notifications.waitFor(/Nothing to change/);
  });

  it('measures a failover and shows the report', async () => {
    await workbench.tree.inlineAction(await workbench.tree.open(name, 'Routers', 'edge'), 'Measure Failover…');
    await workbench.quick.waitForTitle(/MASTER of edge/);
    await workbench.quick.choose('its keepalived is told to end');
    await workbench.quick.waitForTitle('How many times?');
    await workbench.quick.accept();
    await workbench.page.locator('.tab', { hasText: /failover/ }).waitFor({ timeout: 120_000 });
    await workbench.tree.waitForLine(READY);
  });

  it('goes down by the button of its row, and leaves nothing', async () => {
    await workbench.tree.inlineAction(lab(), 'Down');
    await workbench.tree.waitForLine(`${name} ${file}`);
    const left = execFileSync('docker', ['ps', '-aq', '--filter', `label=org.neutron-lab.lab=${name}`], {
      encoding: 'utf8',
    });
    assert.equal(left, '');
  });
});

describe('A window without what a lab needs', function () {
  this.timeout(120_000);

  it('says above the labs that no engine answers, and what to do', async () => {
    const workbench = await Workbench.open({
      files: { [file]: text },
      env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    });
    try {
      await workbench.openView();
      await workbench.tree.waitForLine(/^No container engine/);
      await workbench.tree.row('No container engine').click();
      await workbench.notifications.waitFor(/No container engine answers\..*\/nowhere\/docker\.sock/s);
    } finally {
      await workbench.close();
    }
  });

  it('can read the labs of a folder that is not trusted, and runs none', async () => {
    const workbench = await Workbench.open({ files: { [file]: text }, restricted: true });
    try {
      await workbench.openView();
      await workbench.tree.waitForLine(/^Restricted Mode/);
      await workbench.tree.open(name, 'Routers', 'edge');
    } finally {
      await workbench.close();
    }
  });
});
