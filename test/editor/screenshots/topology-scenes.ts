/** Scenes of the picture of a lab, each as wide as a half, a whole and a large screen. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { manyRouters } from '../../support/many-routers.js';
import type { Workbench } from '../support/workbench.js';
import { LAB, masterOf, opened } from './running-scenes.js';
import type { Scene } from './scenes.js';

const run = promisify(execFile);
const fail = (...words: readonly string[]) => run('node', ['dist/cli.js', 'fail', ...words, '--lab', LAB]);

const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
const WIDTHS = [1920, 1280, 800];
const size = { width: 1920, height: 1000 };
const ofLab = { window: { labs: [LAB], size }, widths: WIDTHS } as const;

/** The picture alone in its window. */
async function picture(workbench: Workbench): Promise<ReturnType<Workbench['webview']>> {
  await workbench.tree.contextMenu(workbench.tree.row(LAB), 'Open Topology');
  const page = workbench.webview();
  await page.locator('.role-master').first().waitFor();
  await workbench.page.keyboard.press('Control+b');
  // Over the picture's tab it would be told what that is.
  await workbench.page.mouse.move(0, 0);
  return page;
}

async function followed(page: ReturnType<Workbench['webview']>): Promise<void> {
  await page.locator('vscode-button', { hasText: 'Path…' }).click();
  await page.locator('.path-pane select').first().selectOption({ index: 1 });
  await page.locator('.path-pane select').nth(1).selectOption({ index: 2 });
  await page.locator('.hops .good').waitFor();
}

async function failedOver(workbench: Workbench): Promise<ReturnType<Workbench['webview']>> {
  await opened(workbench);
  const node = await masterOf(workbench);
  const page = await picture(workbench);
  await page.getByRole('button', { name: 'Probe', exact: true }).click();
  await workbench.page.mouse.move(0, 0);
  // What the clock is to show before the fault: a few advertisements, and probes that are answered.
  await workbench.page.waitForTimeout(6000);
  await fail('node', node);
  await page.locator('.host.is-exited').first().waitFor();
  await page.locator('[role="log"]', { hasText: 'MASTER' }).waitFor();
  await workbench.page.waitForTimeout(3000);
  return page;
}

/** What happens in a window that need not run. */
function drawn(file: string): Scene {
  return {
    window: { files: { 'a.neutron.yaml': file }, env: NO_ENGINE, size },
    widths: WIDTHS,
    show: async (workbench) => {
      await workbench.openFile('a.neutron.yaml');
      await workbench.command('Neutron Lab: Open Topology');
      await workbench.webview().locator('.react-flow__node, .blank h1').first().waitFor();
      await workbench.page.keyboard.press('Control+b');
    },
  };
}

export const TOPOLOGY_SCENES: Readonly<Record<string, Scene>> = {
  'topology-12-routers': drawn(manyRouters(12)),
  'topology-300-boxes': drawn(manyRouters(50)),
  'topology-empty': drawn('lab: empty\n'),
  'topology-invalid': drawn('lab: broken\nnetworks:\n  blue: { subnets: { v4: { cidr: 192.168.10.0/33 } } }\n'),
};

export const RUNNING_TOPOLOGY_SCENES: Readonly<Record<string, Scene>> = {
  'running-topology-rest': {
    ...ofLab,
    show: async (workbench) => {
      await opened(workbench);
      await picture(workbench);
    },
  },
  'running-topology-failover': {
    ...ofLab,
    show: async (workbench) => {
      await failedOver(workbench);
    },
  },
  'running-topology-healed': {
    ...ofLab,
    show: async (workbench) => {
      const page = await failedOver(workbench);
      await page.locator('vscode-button', { hasText: 'Heal' }).click();
      await page.locator('.host.is-exited').first().waitFor({ state: 'detached' });
      await page.locator('.box .role-backup').nth(1).waitFor();
    },
  },
  'running-topology-path': {
    ...ofLab,
    show: async (workbench) => {
      await opened(workbench);
      await followed(await picture(workbench));
    },
  },
  'running-topology-path-after': {
    ...ofLab,
    show: async (workbench) => {
      await opened(workbench);
      const node = await masterOf(workbench);
      const page = await picture(workbench);
      await followed(page);
      await fail('node', node);
      await page.locator('.ways button .trouble').waitFor();
      await page.locator('.hops .changed').first().waitFor();
      await page.locator('.hops .good').waitFor();
    },
  },
  'running-topology-past': {
    ...ofLab,
    show: async (workbench) => {
      const page = await failedOver(workbench);
      const lanes = (await page.locator('.lanes svg').first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      const { mouse, keyboard } = workbench.page;
      await mouse.click(lanes.x + lanes.width * 0.55, lanes.y + 60);
      await keyboard.press('+');
      await keyboard.press('+');
      await page.locator('.past').waitFor();
    },
  },
};
