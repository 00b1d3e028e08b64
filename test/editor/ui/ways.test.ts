import { testLabName } from '../../support/lab-name.js';
import { needsEngine } from '../support/engine.js';
import { TestBed } from '../../support/running.js';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

const name = testLabName('ways');
const file = `${name}.neutron.yaml`;
const LAB = `lab: ${name}
nodes:
  network1: { agents: [l3] }
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24, enable_dhcp: false } } }
routers:
  edge: { ha: true, interfaces: [blue-v4] }
config: { ha_vrrp_advert_int: 1 }
`;
const TASKS = {
  version: '2.0.0',
  tasks: [{ type: 'neutron-lab', command: 'up', lab: file, label: 'bring it up', problemMatcher: [] }],
};

describe('Other ways to the same', function () {
  this.timeout(180_000);
  let bed: TestBed;
  let workbench: Workbench;

  before(async function () {
    needsEngine(this);
    bed = await TestBed.make();
    workbench = await Workbench.open({ files: { [file]: LAB, '.vscode/tasks.json': JSON.stringify(TASKS) } });
    await workbench.openView();
    await workbench.tree.waitForLine(`${name} ${file}`);
  });
  after(async () => {
    await workbench.close();
    await bed.down(name);
    await bed.end();
  });

  it('Up that is cancelled in its notification leaves a lab that the next one finishes', async () => {
    const { tree, notifications } = workbench;
    // A click may be lost to what the row has just become: what counts is that it is under way.
    await until('Up is under way', async () => {
      await tree.inlineAction(tree.row(name), 'Up');
      return await notifications.waitFor(new RegExp(name), 10_000).catch(() => undefined);
    });
    await notifications.press(new RegExp(name), 'Cancel');
    await workbench.tree.waitForLine(new RegExp(`^${name} (?!.*\\.\\.\\.|.*…).*${file}$`));
  });

  it('a task of tasks.json brings it up, in a terminal that tells how', async () => {
    await workbench.command('Tasks: Run Task');
    await workbench.quick.choose('bring it up');
    await workbench.terminal.waitForText(new RegExp(`${name} is ready after`));
    await workbench.tree.waitForLine(new RegExp(`^${name} running · edge: MASTER on network1`));
  });

  it('the list of terminal profiles opens one on a node', async () => {
    await workbench.command('Create New Terminal (With Profile)');
    await workbench.quick.choose('Neutron Lab: Node, Namespace or Instance');
    await workbench.quick.waitForTitle('Open a terminal where?');
    await workbench.quick.choose('network1');
    await workbench.terminal.waitForText(/root@network1:/);
  });

  it('a document of a node is there again after the window was loaded anew', async () => {
    await workbench.tree.open(name, 'Routers', 'edge');
    await workbench.chooseOf(workbench.tree.row('edge'), 'Show Configuration…', 'keepalived.conf');
    await workbench.editor.waitForText(/vrrp_instance VR_\d+/);
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('Enter');
    await workbench.reloadWindow();
    await workbench.editor.waitForTitle(/keepalived\.conf/);
    await workbench.editor.waitForText(/vrrp_instance VR_\d+/);
  });
});
