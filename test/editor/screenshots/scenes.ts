/** What is looked at: each scene brings a window into the state that its name says. */
import type { SessionOptions } from '../support/session.js';
import type { Workbench } from '../support/workbench.js';

export interface Scene {
  readonly window: SessionOptions;
  readonly show: (workbench: Workbench) => Promise<void>;
  /** Waits for what comes late after a change of colours: the inside of a webview. */
  readonly settled?: (workbench: Workbench) => Promise<void>;
}

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
};
