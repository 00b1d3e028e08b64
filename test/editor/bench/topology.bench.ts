/** What the picture costs, measured in a real window. */
import { inject, mend } from '../../../src/lab/failures.js';
import { readNodes, statusOf } from '../../../src/lab/status.js';
import { Bench } from '../../support/bench.js';
import { manyRouters } from '../../support/many-routers.js';
import { quiet } from '../../support/quiet.js';
import { TestBed, bundledLab, readTestLab } from '../../support/running.js';
import { Workbench } from '../support/workbench.js';

const ROUNDS = 5;
const NO_ENGINE = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

const bench = new Bench('The picture of a lab');

/** Of the page's own clock: from the start of its document to the frame that shows what is asked for. */
async function shownAfter(workbench: Workbench, selector: string): Promise<number> {
  const shown = workbench.webview().locator(selector).first();
  await shown.waitFor({ timeout: 60_000 });
  return await shown.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return paint?.startTime ?? performance.now();
  });
}

async function firstPaint(): Promise<void> {
  const figure = bench.figure({
    name: 'first paint of ha-router',
    unit: 'ms',
    atMost: 500,
    method: 'the first contentful paint of the page, as the browser tells it, in a new window on the lab',
  });
  const text = await bundledLab('ha-router');
  for (let round = 0; round < ROUNDS; round += 1) {
    const workbench = await Workbench.open({ files: { 'a.neutron.yaml': text }, env: NO_ENGINE });
    try {
      await workbench.openFile('a.neutron.yaml');
      await quiet();
      await workbench.command('Neutron Lab: Open Topology');
      figure.add(await shownAfter(workbench, '.router'));
    } finally {
      await workbench.close();
    }
  }
}

async function large(): Promise<void> {
  const laidOut = bench.figure({
    name: '600 boxes: laid out and drawn',
    unit: 'ms',
    atMost: 1000,
    method: 'from the start of the page until the first router of 100 is in it; the layout runs in a worker',
  });
  const frame = bench.figure({
    name: '600 boxes: a frame while zooming',
    unit: 'ms',
    atMost: 1000 / 60,
    method: 'the median time between two frames during forty steps of the wheel',
  });
  const workbench = await Workbench.open({
    files: { 'many.neutron.yaml': manyRouters(100) },
    env: NO_ENGINE,
    size: { width: 1920, height: 1080 },
  });
  try {
    await workbench.openFile('many.neutron.yaml');
    await quiet();
    await workbench.command('Neutron Lab: Open Topology');
    const router = workbench.webview().locator('.router').first();
    await router.waitFor({ timeout: 60_000 });
    laidOut.add(await router.evaluate(() => performance.now()));
    for (let round = 0; round < ROUNDS; round += 1) {
      const frames = router.evaluate(
        async () =>
          await new Promise<number>((resolve) => {
            const times: number[] = [];
            let last = performance.now();
            // A method: what runs in the page has no helper that keeps the names of other functions.
            const loop = {
              next(now: number): void {
                times.push(now - last);
                last = now;
                if (times.length < 60) this.go();
                else resolve(times.sort((one, other) => one - other)[30] ?? 0);
              },
              go(): void {
                requestAnimationFrame((now) => {
                  this.next(now);
                });
              },
            };
            loop.go();
          }),
      );
      await workbench.page.mouse.move(900, 500);
      for (let step = 0; step < 40; step += 1) await workbench.page.mouse.wheel(0, step < 20 ? -40 : 40);
      frame.add(await frames);
    }
  } finally {
    await workbench.close();
  }
}

async function roleToPixels(): Promise<void> {
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
}

await firstPaint();
await large();
await roleToPixels();
bench.finish();
