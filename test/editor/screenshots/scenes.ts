/** What is looked at: each scene brings a window into the state that its name says. */
import { Notebook } from '../support/notebook.js';
import type { SessionOptions } from '../support/session.js';
import type { Workbench } from '../support/workbench.js';
import { RUNNING_SCENES } from './running-scenes.js';
import { RUNNING_TOPOLOGY_SCENES, TOPOLOGY_SCENES } from './topology-scenes.js';

export interface Scene {
  readonly window: SessionOptions;
  /** Pixels; a picture of each. */
  readonly widths?: readonly number[];
  readonly show: (workbench: Workbench) => Promise<void>;
  /** Waits for what comes late after a change of colours: the inside of a webview. */
  readonly settled?: (workbench: Workbench) => Promise<void>;
}

/** A mistake of each kind. */
const BROKEN = `lab: broken
nodes:
  network1: { agents: [l3, dhcp] }
networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24, gatway_ip: 192.168.10.1 }
      blue-too: { cidr: 192.168.10.128/25 }
routers:
  edge: { ha: true, interfaces: [blue-v4, red-v4] }
instances:
  web 1: { networks: [blue] }
`;

export const SCENES: Readonly<Record<string, Scene>> = {
  'no-lab': {
    window: {},
    show: async (workbench) => {
      await workbench.openView();
    },
  },
  walkthrough: {
    // Only a wide window has the picture beside the steps.
    window: { labs: ['ha-router'], env: { NEUTRON_LAB_WALKTHROUGH: '1' }, size: { width: 1600, height: 900 } },
    show: async (workbench) => {
      await workbench.page.getByRole('button', { name: /Break it/ }).click();
    },
    settled: async (workbench) => {
      await workbench.webview().locator('svg').waitFor();
    },
  },
  'lab-file': {
    window: { labs: ['ha-router'] },
    show: async (workbench) => {
      await workbench.openFile('ha-router.neutron.yaml');
      await workbench.openView();
    },
  },
  'file-mistake': {
    window: { files: { 'broken.neutron.yaml': BROKEN }, size: { width: 1280, height: 800 } },
    show: async (workbench) => {
      await workbench.openFile('broken.neutron.yaml');
      await workbench.openView();
      await workbench.command('Problems: Focus on Problems View');
      await workbench.page.locator('.markers-panel .monaco-list-row').first().waitFor();
    },
  },
  completion: {
    window: { labs: ['ha-router'] },
    show: async (workbench) => {
      await workbench.openFile('ha-router.neutron.yaml');
      await workbench.editor.goTo(21, 1);
      await workbench.page.keyboard.type('    ');
    },
    settled: async (workbench) => {
      await workbench.page.locator('.editor-instance').first().click();
      await workbench.editor.goTo(21, 5);
      await workbench.page.keyboard.press('Control+Space');
      await workbench.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    },
  },
  hover: {
    window: { labs: ['ha-router'] },
    show: async (workbench) => {
      await workbench.openFile('ha-router.neutron.yaml');
    },
    settled: async (workbench) => {
      await workbench.page.locator('.view-line span', { hasText: 'ha_vrrp_advert_int' }).last().hover();
      await workbench.page.locator('.monaco-hover:visible').waitFor();
    },
  },
  wizard: {
    window: { labs: ['ha-router'] },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.tree.open('ha-router', 'Networks', 'blue');
    },
    settled: async (workbench) => {
      await workbench.tree.inlineAction(workbench.tree.row('blue'), 'Add Subnet…');
      await workbench.quick.waitForTitle('(1/4)');
      await workbench.quick.accept();
      await workbench.quick.waitForTitle('(2/4)');
      await workbench.quick.fill('192.168.10.128/25');
      await workbench.quick.message(/./);
    },
  },
  'delete-dialog': {
    window: { labs: ['ha-router'] },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.tree.open('ha-router', 'Networks', 'blue');
    },
    settled: async (workbench) => {
      await workbench.tree.row('blue').click();
      await workbench.page.keyboard.press('Delete');
      await workbench.page.locator('.monaco-dialog-box').waitFor();
    },
  },
  'no-engine': {
    window: { labs: ['ha-router'], env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.tree.waitForLine(/^No container engine/);
      await workbench.tree.row('No container engine').click();
      await workbench.notifications.waitFor(/No container engine answers/);
    },
  },
  'no-engine-no-lab': {
    window: { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.page.locator('.welcome-view-content:visible').first().waitFor();
    },
  },
  untrusted: {
    window: { labs: ['ha-router'], restricted: true },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.tree.waitForLine(/^Restricted Mode/);
    },
  },
  lesson: {
    window: { labs: ['10-ha-router'], size: { width: 1280, height: 1000 } },
    show: async (workbench) => {
      await workbench.openView();
      await workbench.page.locator('.pane-header', { hasText: 'Lessons' }).click();
      await workbench.tree.inlineAction(workbench.tree.row(/^10 · /), 'Open Lesson…');
    },
    settled: async (workbench) => {
      await new Notebook(workbench.page).card('.predict').waitFor();
    },
  },
  'lesson-untrusted': {
    window: { labs: ['10-ha-router'], restricted: true, size: { width: 1280, height: 1000 } },
    show: async (workbench) => {
      await workbench.openFile('lesson.md');
      await workbench.openView();
      await workbench.page.locator('.pane-header', { hasText: 'Lessons' }).click();
      await workbench.tree.waitForLine(/^1 · /);
    },
  },
  ...TOPOLOGY_SCENES,
  ...RUNNING_SCENES,
  ...RUNNING_TOPOLOGY_SCENES,
};
