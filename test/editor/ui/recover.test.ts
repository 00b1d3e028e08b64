import assert from 'node:assert/strict';
import { killExtensionHost } from '../support/extension-host.js';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

const labFile = (name: string): string =>
  `lab: ${name}\nnodes: { compute1: {} }\nnetworks: { of-${name}: { subnets: { v4: { cidr: 10.0.0.0/24 } } } }\n`;

describe('Two pictures beside each other', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      files: { 'left.neutron.yaml': labFile('left'), 'right.neutron.yaml': labFile('right') },
      env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
      size: { width: 1600, height: 900 },
    });
  });
  after(async () => {
    await workbench.close();
  });

  const frames = () => workbench.page.locator('iframe.webview.ready');
  const inside = (nth: number) => frames().nth(nth).contentFrame().locator('iframe#active-frame').contentFrame();
  /** The pages that are seen: the network of each, and whether it is a page of the host that died. */
  const pages = async (): Promise<string[]> => {
    const all = Array.from({ length: await frames().count() }, (_, nth) => inside(nth));
    const said = all.map(async (page) => {
      const name = await page.locator('.bar .name').first().innerText({ timeout: 2000 });
      const dead = await page.locator('body').getAttribute('data-dead', { timeout: 2000 });
      return dead === null ? name : `dead ${name}`;
    });
    return (await Promise.all(said)).sort();
  };
  const seen = async (expected: readonly string[]): Promise<void> => {
    await until(
      `${expected.join(' and ')} are seen`,
      async () => {
        const now = await pages().catch(() => []);
        return now.join() === expected.join();
      },
      60_000,
    );
  };

  it('are both there again, each in its place, when their extension host was killed', async () => {
    const tabs = (group: number) =>
      workbench.page.locator('.editor-group-container').nth(group).locator('.tab', { hasText: 'topology' });
    await workbench.openFile('left.neutron.yaml');
    await workbench.command('Neutron Lab: Open Topology');
    await seen(['of-left']);
    await workbench.openFile('right.neutron.yaml');
    await workbench.command('Neutron Lab: Open Topology');
    await seen(['of-right']);
    await workbench.command('View: Move Editor into Right Group');
    await tabs(0).click();
    await seen(['of-left', 'of-right']);
    for (const nth of [0, 1])
      await inside(nth)
        .locator('body')
        .evaluate((body) => (body.dataset.dead = ''));
    assert.deepEqual(await pages(), ['dead of-left', 'dead of-right']);
    await killExtensionHost(workbench.session.server.pid);
    await seen(['of-left', 'of-right']);
    assert.deepEqual(await tabs(0).allInnerTexts(), ['left: topology']);
    assert.deepEqual(await tabs(1).allInnerTexts(), ['right: topology']);
  });
});
