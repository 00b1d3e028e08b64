/** What the picture costs, measured in a real window. */
import { inject, mend } from '../../../src/lab/break/break-and-mend.js';
import { readNodes, statusOf } from '../../../src/lab/status.js';
import { Bench, type Engine } from '../../support/bench.js';
import { manyRouters } from '../../support/many-routers.js';
import { quiet } from '../../support/quiet.js';
import { TestBed, bundledLab, readTestLab } from '../../support/running.js';
import { framesDuring } from '../support/frames.js';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

const ROUNDS = 5;
const NO_ENGINE = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

const bench = new Bench('The picture of a lab');

/** Milliseconds of the page's own clock, from the start of its document to the frame that shows the picture. */
async function drawnAfter(workbench: Workbench): Promise<number> {
  const router = workbench.webview().locator('.router').first();
  await router.waitFor({ timeout: 60_000 });
  return await until('the picture is drawn', async () => {
    return await router.evaluate(() => performance.getEntriesByName('neutron-lab:picture')[0]?.startTime ?? false);
  });
}

async function firstPaint(): Promise<void> {
  const figure = bench.figure({
    name: 'first paint of ha-router',
    unit: 'ms',
    atMost: 500,
    method:
      'from the start of the page to the frame that shows networks, routers and nodes; in a new window on the lab',
  });
  const text = await bundledLab('ha-router');
  for (let round = 0; round < ROUNDS; round += 1) {
    const workbench = await Workbench.open({ files: { 'a.neutron.yaml': text }, env: NO_ENGINE });
    try {
      await workbench.openFile('a.neutron.yaml');
      await quiet();
      await workbench.command('Neutron Lab: Open Topology');
      figure.add(await drawnAfter(workbench));
    } finally {
      await workbench.close();
    }
  }
}

async function large(): Promise<void> {
  const laidOut = bench.figure({
    name: '300 boxes: laid out and drawn',
    unit: 'ms',
    atMost: 1000,
    method:
      'from the start of the page to the frame that shows them: 100 networks, 50 HA routers with 3 replicas each; the layout runs in a worker',
  });
  const zooming = bench.figure({
    name: '300 boxes: a frame while zooming',
    unit: 'ms',
    atMost: 17,
    method: 'the median time between two frames during forty steps of the wheel',
  });
  const dragging = bench.figure({
    name: '300 boxes: a frame while dragging',
    unit: 'ms',
    atMost: 17,
    method: 'the median time between two frames while a node with its 50 namespaces is dragged, then the sheet',
  });
  const workbench = await Workbench.open({
    files: { 'many.neutron.yaml': manyRouters(50) },
    env: NO_ENGINE,
    size: { width: 1920, height: 1080 },
  });
  try {
    await workbench.openFile('many.neutron.yaml');
    await quiet();
    await workbench.command('Neutron Lab: Open Topology');
    laidOut.add(await drawnAfter(workbench));
    const { mouse } = workbench.page;
    const page = workbench.webview().locator('#root');
    const node = workbench.webview().locator('[data-key="node network1"]');
    for (let round = 0; round < ROUNDS; round += 1) {
      await mouse.move(900, 500);
      const zoomed = await framesDuring(page, async () => {
        for (let step = 0; step < 40; step += 1) await mouse.wheel(0, step < 20 ? -40 : 40);
      });
      zooming.add(zoomed.median);
      const { x, y } = (await node.boundingBox()) ?? { x: 0, y: 0 };
      const dragged = await framesDuring(page, async () => {
        for (const [left, top] of [
          [x + 12, y + 8],
          [700, 900],
        ] as const) {
          await mouse.move(left, top);
          await mouse.down();
          await mouse.move(left + 60, top - 40, { steps: 30 });
          await mouse.move(left, top, { steps: 30 });
          await mouse.up();
        }
      });
      dragging.add(dragged.median);
    }
  } finally {
    await workbench.close();
  }
}

/** @returns The engine on which that lab was. */
async function roleToPixels(): Promise<Engine> {
  const figure = bench.figure({
    name: 'a change of role: on the screen',
    unit: 'ms',
    atMost: 100,
    method:
      "from the time that the new MASTER's kernel gave its address (CLOCK_MONOTONIC) to the frame of the page that shows the M there; one machine, so one clock",
  });
  const bed = await TestBed.make();
  const text = await bundledLab('ha-router');
  const lab = readTestLab(text, 'picture-bench');
  const running = await bed.upAndReady(lab);
  const workbench = await Workbench.open({
    files: { 'a.neutron.yaml': text.replace(/^lab:.*$/m, `lab: ${lab.name}`) },
    size: { width: 1600, height: 1000 },
  });
  try {
    await workbench.openView();
    await workbench.openFile('a.neutron.yaml');
    await workbench.command('Neutron Lab: Open Topology');
    const page = workbench.webview();
    await page.locator('.box .role-master').first().waitFor({ timeout: 60_000 });
    for (let round = 0; round < ROUNDS; round += 1) {
      await quiet();
      const active = statusOf(lab, await readNodes(running)).routers[0]?.active_on[0] ?? '';
      const shown = page.locator('#root').evaluate(
        async (root, before) =>
          await new Promise<number>((resolve) => {
            const observer = new MutationObserver(() => {
              const cards = [...root.querySelectorAll('.react-flow__node:has(.box .role-master)')];
              if (!cards.some((card) => card.getAttribute('data-key') !== `node ${before}`)) return;
              observer.disconnect();
              requestAnimationFrame(() => {
                resolve(performance.timeOrigin + performance.now());
              });
            });
            observer.observe(root, { subtree: true, childList: true });
          }),
        active,
      );
      let changed = 0;
      const offset = Date.now() - Number(process.hrtime.bigint() / 1_000_000n);
      const others = running.containers.filter(({ node }) => node.startsWith('network') && node !== active);
      const watches = await Promise.all(
        others.map(async ({ node }) =>
          (await running.session(node)).watch(['addresses'], (event) => {
            if (event.type === 'address' && event.action === 'add' && event.address.startsWith('169.254.0.'))
              changed ||= event.t * 1000 + offset;
          }),
        ),
      );
      await inject(running, lab, { kind: 'node', node: active, graceful: true });
      figure.add((await shown) - changed);
      await Promise.all(watches.map((watch) => watch.stop()));
      await mend(running, lab, active);
    }
  } finally {
    await workbench.close();
    await bed.end();
  }
  return bed.runtime.engine;
}

await firstPaint();
await large();
bench.finish(await roleToPixels());
