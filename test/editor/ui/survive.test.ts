import assert from 'node:assert/strict';
import { EngineWay } from '../../support/engine-way.js';
import { inNamespace, readTestLab, TestBed } from '../../support/running.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { needsEngine } from '../support/engine.js';
import { killExtensionHost } from '../support/extension-host.js';
import { Workbench } from '../support/workbench.js';

const LAB = `lab: survive
nodes:
  network1: { agents: [l3] }
  network2: { agents: [l3] }
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24, enable_dhcp: false } } }
routers:
  edge: { ha: true, interfaces: [blue-v4] }
config: { ha_vrrp_advert_int: 1, check_child_processes_interval: 1 }
`;
describe('A window on a running lab', function () {
  this.timeout(240_000);
  let bed: TestBed;
  let way: EngineWay;
  let running: RunningLab;
  let workbench: Workbench;
  let lab: string;
  const whole = () => new RegExp(`^${lab} running · edge: MASTER on network\\d`);

  before(async function () {
    needsEngine(this);
    bed = await TestBed.make();
    way = await EngineWay.open();
    const read = readTestLab(LAB, 'survive');
    lab = read.name;
    running = await bed.upAndReady(read);
    workbench = await Workbench.open({
      files: { 'survive.neutron.yaml': LAB.replace(/^lab:.*$/m, `lab: ${lab}`) },
      env: { DOCKER_HOST: `unix://${way.socket}` },
    });
    await workbench.openView();
    await workbench.tree.waitForLine(whole());
  });
  after(async () => {
    await workbench.close();
    await way.end();
    await bed.end();
  });

  it('says that the engine went, keeps showing what is declared, and is back by itself with the engine', async () => {
    await way.cut();
    await workbench.tree.waitForLine(/^No container engine/);
    await workbench.tree.open(lab, 'Routers', 'edge');
    await way.restore();
    await workbench.tree.waitForLine(whole());
    assert.ok(!(await workbench.tree.lines()).some((line) => line.includes('No container engine')));
  });

  it('finds the lab and its state when the extension host is killed', async () => {
    await killExtensionHost(workbench.session.server.pid);
    await workbench.tree.waitForLine(whole());
  });

  it('leaves a picture that is covered where it is after a reload, and opens it anew when its extension host is killed', async () => {
    const picture = workbench.webview().locator('.react-flow__node').first();
    await workbench.tree.contextMenu(await workbench.tree.find(lab), 'Open Topology');
    await picture.waitFor();
    await workbench.openFile('survive.neutron.yaml');
    await workbench.reloadWindow();
    await workbench.openView();
    await workbench.tree.waitForLine(whole());
    assert.equal(await workbench.editor.title(), 'survive.neutron.yaml');
    const tabs = workbench.page.locator('.tab', { hasText: `${lab}: topology` });
    await tabs.click();
    await picture.waitFor();
    // The page of the host that died stays until the next one has another.
    await workbench
      .webview()
      .locator('body')
      .evaluate((body) => (body.dataset.dead = ''));
    await killExtensionHost(workbench.session.server.pid);
    await workbench.webview().locator('body:not([data-dead]) .react-flow__node').first().waitFor({ timeout: 60_000 });
    assert.equal(await tabs.count(), 1);
    await workbench.page.locator('.tab.active', { hasText: `${lab}: topology` }).waitFor();
  });

  it('shows in a second window what happens while both are open', async () => {
    const second = await workbench.another();
    await second.openView();
    await second.tree.waitForLine(whole());
    const active = (await workbench.tree.lines()).map((line) => /MASTER on (\S+)/.exec(line)?.[1]).find(Boolean) ?? '';
    await inNamespace(running, active, '', ['pkill', '-TERM', 'keepalived']);
    const moved = new RegExp(`^edge HA · MASTER on (?!${active})`);
    for (const window of [workbench, second]) {
      await window.tree.open(lab, 'Routers', 'edge');
      await window.tree.waitForLine(moved);
    }
    await second.page.close();
  });

  it('saves a lab that runs without a file here as one, in which nothing differs from what runs', async () => {
    const elsewhere = await Workbench.open({ env: { DOCKER_HOST: `unix://${way.socket}` } });
    try {
      await elsewhere.openView();
      // Of several labs that run, those are followed that somebody opens.
      await elsewhere.tree.open(lab, 'Routers', 'edge');
      await elsewhere.tree.waitForLine(new RegExp(`^${lab} running · edge: MASTER on network\\d$`));
      await elsewhere.tree.contextMenu(elsewhere.tree.row(lab), 'Save as Lab File');
      await elsewhere.editor.waitForTitle(`${lab}.neutron.yaml`);
      await elsewhere.tree.waitForLine(
        new RegExp(`^${lab} running · edge: MASTER on network\\d · ${lab}\\.neutron\\.yaml$`),
      );
    } finally {
      await elsewhere.close();
    }
  });
});
