import assert from 'node:assert/strict';
import { needsEngine } from '../support/engine.js';
import { Workbench } from '../support/workbench.js';
import { INSIDE_LAB } from '../../support/inside-lab.js';
import { TestBed, inNamespace, readTestLab } from '../../support/running.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';

describe('Look inside a running lab', function () {
  this.timeout(180_000);
  let bed: TestBed;
  let running: RunningLab;
  let workbench: Workbench;
  let lab: string;

  before(async function () {
    needsEngine(this);
    bed = await TestBed.make();
    const read = readTestLab(INSIDE_LAB, 'look-inside');
    lab = read.name;
    running = await bed.upAndReady(read);
    workbench = await Workbench.open({
      files: { 'inside.neutron.yaml': INSIDE_LAB.replace(/^lab:.*$/m, `lab: ${lab}`) },
    });
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
    await bed.end();
  });

  it('says where its MASTER is, though it was up before the window was', async () => {
    await workbench.tree.waitForLine(new RegExp(`^${lab} running · edge: MASTER on network1`));
  });

  it('a double-click on an instance opens a terminal there', async () => {
    await workbench.tree.open(lab, 'Instances', 'web1');
    await workbench.tree.row('web1').dblclick();
    await workbench.terminal.waitForText(/root@web1:~#/);
    await workbench.terminal.type('hostname; stty size');
    await workbench.terminal.waitForText(/web1\s+\d+ \d+/);
    await workbench.screenshot('inside-terminal');
  });

  it('shows keepalived.conf, and what somebody changed by hand', async () => {
    await workbench.tree.open(lab, 'Routers', 'edge');
    await workbench.chooseOf(workbench.tree.row('edge'), 'Show Configuration…', 'keepalived.conf');
    await workbench.editor.waitForText(/vrrp_instance VR_\d+/);
    await workbench.screenshot('inside-keepalived');
    const files = await inNamespace(running, 'network1', '', ['ls', '/var/lib/neutron/ha_confs']);
    const id = files.stdout.split('\n').find((name) => /^[\da-f-]{36}$/.test(name)) ?? '';
    const conf = `/var/lib/neutron/ha_confs/${id}/keepalived.conf`;
    await inNamespace(running, 'network1', '', ['sed', '-i', 's/priority 50/priority 90/', conf]);
    await workbench.chooseOf(workbench.tree.row('edge'), 'Compare with What Should Be', 'keepalived.conf');
    await workbench.page.locator('.monaco-diff-editor').first().waitFor({ state: 'attached' });
    await workbench.screenshot('inside-diff');
  });

  it('shows every command with its reason', async () => {
    await workbench.tree.contextMenu(workbench.tree.row('edge'), 'Show Commands');
    await workbench.editor.waitForText(/# \d\d:\d\d:\d\d router edge: /);
    await workbench.screenshot('inside-commands');
    assert.match(await workbench.editor.text(), /ip netns add qrouter-/);
  });

  it('shows what the keepalived of a router said, and nothing of others', async () => {
    await workbench.chooseOf(workbench.tree.row('edge'), 'Show Logs', 'keepalived of edge');
    await workbench.editor.waitForText(/Entering MASTER STATE/);
    await workbench.screenshot('inside-log');
    assert.doesNotMatch(await workbench.editor.text(), /syslogd|dnsmasq/);
  });

  it('captures what the MASTER sends, decoded', async () => {
    await workbench.chooseOf(workbench.tree.row('edge'), 'Capture…', 'any');
    await workbench.quick.choose('VRRP');
    await workbench.quick.choose('A List Here');
    await workbench.terminal.waitForText(/VRRPv2, Advertisement/);
    await workbench.screenshot('inside-capture');
  });
});
