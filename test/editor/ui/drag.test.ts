import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

const LAB = `lab: dragged
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
  green: { subnets: { green-v4: { cidr: 192.168.20.0/24 } } }
routers:
  edge: { interfaces: [blue-v4] } # the only one
instances:
  web1: { networks: [blue] }
`;

describe('Rows that are dragged', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      files: { 'dragged.neutron.yaml': LAB },
      env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    });
    await workbench.openView();
    // It comes late and moves every other row.
    await workbench.tree.waitForLine(/^No container engine/);
  });
  after(() => workbench.close());

  const text = (): string => readFileSync(join(workbench.folder, 'dragged.neutron.yaml'), 'utf8');

  /** As a hand does it: the window takes notice of a thing that is dragged while it moves. */
  async function drag(from: readonly string[], onto: readonly string[]): Promise<void> {
    const { page, tree } = workbench;
    const { mouse } = page;
    // Where it lies is asked last of all: an edit of the file draws the rows anew.
    const box = await until('both rows are in sight', async () => {
      const [source, target] = [await tree.find(...from), await tree.find(...onto)];
      const hovered = await source.hover({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      return hovered && ((await target.boundingBox({ timeout: 3000 }).catch(() => null)) ?? false);
    });
    await mouse.down();
    await mouse.move(box.x + 60, box.y + box.height / 2 + 3, { steps: 6 });
    await mouse.move(box.x + 60, box.y + box.height / 2, { steps: 3 });
    await until(
      'the target is lit',
      async () => (await workbench.page.locator('.monaco-list-row.drop-target').count()) > 0,
    );
    await mouse.up();
  }

  it('an instance on a network is attached to it, and the file keeps its comments', async () => {
    const { tree } = workbench;
    await tree.open('dragged', 'Networks', 'green');
    await tree.open('dragged', 'Instances', 'web1');
    await drag(['dragged', 'Instances', 'web1'], ['dragged', 'Networks', 'green']);
    await until('the instance has two networks', () =>
      Promise.resolve(text() === LAB.replace('web1: { networks: [blue] }', 'web1: { networks: [blue, green] }')),
    );
  });

  it('a subnet on a router becomes an interface of it', async () => {
    const { tree } = workbench;
    await tree.expand(await tree.open('dragged', 'Networks', 'green'));
    await tree.open('dragged', 'Routers', 'edge');
    await drag(['dragged', 'Networks', 'green', 'green-v4'], ['dragged', 'Routers', 'edge']);
    await until('the router has two interfaces', () =>
      Promise.resolve(text().includes('edge: { interfaces: [blue-v4, green-v4] } # the only one')),
    );
  });
});
