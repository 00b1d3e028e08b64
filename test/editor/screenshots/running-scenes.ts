/** Scenes of a lab that runs: ha-router, which is up and whole before each of them. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Workbench } from '../support/workbench.js';
import type { Scene } from './scenes.js';

const run = promisify(execFile);
export const LAB = 'ha-router';
const FILE = `${LAB}.neutron.yaml`;
const window = { labs: [LAB], size: { width: 1440, height: 900 } } as const;

export async function opened(workbench: Workbench): Promise<void> {
  await workbench.openFile(FILE);
  await workbench.openView();
  await workbench.tree.waitForLine(new RegExp(`^${LAB} running · edge: MASTER on`));
}

export async function masterOf(workbench: Workbench): Promise<string> {
  await workbench.tree.open(LAB, 'Routers', 'edge');
  await workbench.tree.waitForLine(/^edge HA · MASTER on/);
  const line = (await workbench.tree.lines()).find((one) => one.includes('edge HA · MASTER on')) ?? '';
  return /MASTER on (\S+)/.exec(line)?.[1] ?? '';
}

async function unfolded(workbench: Workbench): Promise<void> {
  await workbench.tree.expand(await workbench.tree.open(LAB, 'Routers', 'edge'));
}

export const RUNNING_SCENES: Readonly<Record<string, Scene>> = {
  'running-tree': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await unfolded(workbench);
      await workbench.tree.row('edge').hover();
      await workbench.page.locator('.monaco-hover:visible').waitFor();
    },
    settled: async (workbench) => {
      await workbench.tree.row('edge').hover();
      await workbench.page.locator('.monaco-hover:visible').waitFor();
    },
  },
  'running-broken': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await unfolded(workbench);
      const node = await masterOf(workbench);
      await run('node', ['dist/cli.js', 'fail', 'node', node, '--lab', LAB]);
      await workbench.tree.waitForLine(/^ha-router \d of \d nodes run/);
      await workbench.tree.waitForLine(new RegExp(`^edge HA · MASTER on (?!${node})`));
    },
  },
  'running-menu': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Routers', 'edge');
    },
    settled: async (workbench) => {
      await workbench.tree.row('edge').click({ button: 'right' });
      await workbench.page.locator('.monaco-menu .action-menu-item', { hasText: 'Break' }).hover();
      await workbench.page.locator('.monaco-menu', { hasText: 'Kill keepalived' }).first().waitFor();
    },
  },
  'running-plan': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      const path = join(workbench.folder, LAB, FILE);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('  db1:', '  db2: { networks: [green] }\n  db1:'));
      await workbench.tree.waitForLine(/^ha-router .*changes to apply/);
      await workbench.command('Neutron Lab: Show Plan');
      await workbench.tree.waitForLine(/^compute\d \d+ steps$/);
    },
  },
  'running-drift': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      const node = await masterOf(workbench);
      await run('node', ['dist/cli.js', 'exec', node, '--lab', LAB, '-n', 'edge', '--', 'iptables', '-t', 'nat', '-F']);
      await workbench.tree.waitForLine(/^ha-router .*· drift/);
      await workbench.tree.row(LAB).hover();
    },
  },
  'running-report': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Routers', 'edge');
      await workbench.tree.contextMenu(workbench.tree.row('edge'), 'Measure Failover…');
      await workbench.quick.waitForTitle(/MASTER of edge/);
      await workbench.quick.choose('its keepalived is told to end');
      await workbench.quick.waitForTitle('How many times?');
      await workbench.quick.accept();
      await workbench.page.locator('.tab', { hasText: /failover/ }).waitFor({ timeout: 120_000 });
    },
  },
  'running-inside': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Instances', 'web1');
      await workbench.tree.row('web1').dblclick();
      await workbench.terminal.waitForText(/root@web1:~#/);
      await workbench.terminal.type('ip -br addr; ip route; ping -c 2 203.0.113.1');
      await workbench.terminal.waitForText(/rtt|round-trip/);
      await workbench.tree.open(LAB, 'Routers', 'edge');
      await workbench.chooseOf(workbench.tree.row('edge'), 'Show Configuration…', 'keepalived.conf');
      await workbench.editor.waitForText(/vrrp_instance VR_\d+/);
    },
  },
  'running-configuration': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Routers', 'edge');
      await workbench.tree.contextMenu(workbench.tree.row('edge'), 'Show Configuration…');
      await workbench.quick.waitForTitle(/./);
    },
  },
  'running-commands': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Routers', 'edge');
      await workbench.tree.contextMenu(workbench.tree.row('edge'), 'Show Commands');
      await workbench.editor.waitForText(/# \d\d:\d\d:\d\d router edge: /);
    },
  },
  'running-logs': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      const node = await masterOf(workbench);
      await workbench.tree.open(LAB, 'Nodes', node);
      await workbench.tree.contextMenu(await workbench.tree.find(LAB, 'Nodes', node), 'Show Logs');
      await workbench.page.locator('.quick-input-widget:visible, .tab.active').first().waitFor();
    },
  },
  'running-capture': {
    window,
    show: async (workbench) => {
      await opened(workbench);
      await workbench.tree.open(LAB, 'Routers', 'edge');
      await workbench.chooseOf(workbench.tree.row('edge'), 'Capture…', 'any');
      await workbench.quick.choose('VRRP');
      await workbench.quick.choose('A List Here');
      await workbench.terminal.waitForText(/VRRPv2, Advertisement/);
    },
  },
};
