/** A root hook of mocha: what a window shows when a test fails says more than what the test missed. */
import { Workbench } from './workbench.js';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 80);
    // A window that does not answer any more has nothing to show.
    for (const workbench of Workbench.opened) await workbench.screenshot(`failed-${name}`).catch(() => undefined);
  },
};
