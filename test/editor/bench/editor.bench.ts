/** What the extension costs a window, measured in a real one. */
import { inject } from '../../../src/lab/break/break-and-mend.js';
import { nodeClock } from '../../../src/lab/node/clock.js';
import { waitUntilReady } from '../../../src/lab/bring-up/ready.js';
import { watchLab } from '../../../src/lab/watch.js';
import { Bench, type Engine } from '../../support/bench.js';
import { quiet } from '../../support/quiet.js';
import { bundledLab, readTestLab, TestBed } from '../../support/running.js';
import { fromClickUntilShown, whenShown } from '../support/stopwatch.js';
import { Workbench } from '../support/workbench.js';

const ROUNDS = 5;
const LABS = 100;

const bench = new Bench('The extension in a window');

/** A hundred resources: ten networks with four subnets each, ten routers with four interfaces each. */
function bigLab(name: string): string {
  const ten = [...Array(10).keys()];
  const four = [0, 1, 2, 3];
  const networks = ten.map((n) => {
    const subnets = four.map((s) => `      s${n}-${s}: { cidr: 10.${n}.${s}.0/24 }`);
    return [`  n${n}:`, '    subnets:', ...subnets].join('\n');
  });
  const routers = ten.map((n) => `  r${n}: { interfaces: [${four.map((s) => `s${n}-${s}`).join(', ')}] }`);
  return [`lab: ${name}`, 'networks:', ...networks, 'routers:', ...routers, ''].join('\n');
}

async function activation(): Promise<void> {
  const figure = bench.figure({
    name: 'activation',
    unit: 'ms',
    atMost: 50,
    method:
      'reading the code and activate(), as VS Code itself shows it in "Developer: Show Running Extensions", in a new window on a folder with a lab',
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    await quiet();
    const workbench = await Workbench.open({ labs: ['ha-router'] });
    try {
      figure.add(await workbench.activationOf('Neutron Lab'));
    } finally {
      await workbench.close();
    }
  }
}

async function tree(): Promise<void> {
  const opening = bench.figure({
    name: 'Labs view of 100 labs with 100 resources each: opened',
    unit: 'ms',
    atMost: 200,
    method: 'from the click on its icon until the first labs are on the screen; in a window that has been idle',
  });
  const expanding = bench.figure({
    name: 'a lab of these: opened',
    unit: 'ms',
    atMost: 200,
    method: 'from the click on its arrow until its first rows are on the screen',
  });
  const names = [...Array(LABS).keys()].map((at) => `big-${String(at).padStart(3, '0')}`);
  const files = Object.fromEntries(names.map((name) => [`${name}.neutron.yaml`, bigLab(name)]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const workbench = await Workbench.open({ files, env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } });
    try {
      const { page } = workbench;
      await workbench.activationOf('Neutron Lab');
      await quiet();
      const icon = page.locator('.activitybar .action-label[aria-label^="Neutron Lab"]').first();
      opening.add(await fromClickUntilShown(page, () => icon.click(), '.pane-body .label-name', 'big-000'));
      const arrow = workbench.tree.row('big-000').locator('.monaco-tl-twistie');
      expanding.add(
        await fromClickUntilShown(page, () => arrow.click(), '.pane-body .monaco-list-row[aria-level="2"]'),
      );
    } finally {
      await workbench.close();
    }
  }
}

/** Milliseconds since the epoch, of a moment on the nodes' clock, in seconds. */
function epoch(moment: number, now: () => number): number {
  return Date.now() - (now() - moment) * 1000;
}

/** @returns The engine on which that lab was. */
async function roleOnScreen(): Promise<Engine> {
  const figure = bench.figure({
    name: 'a role change on the screen',
    unit: 'ms',
    atMost: 100,
    method:
      'from the kernel’s event that the new MASTER has the router’s address until the frame that shows it in the row of the router; keepalived of the old MASTER told to end, one clock',
  });
  const bed = await TestBed.make();
  try {
    const text = await bundledLab('ha-router');
    const lab = readTestLab(text, 'screen');
    const running = await bed.upAndReady(lab);
    const [router] = lab.routers;
    if (!router) throw new Error('the lab has no router');
    const file = `${lab.name}.neutron.yaml`;
    const workbench = await Workbench.open({ files: { [file]: text.replace(/^lab:.*$/m, `lab: ${lab.name}`) } });
    try {
      await workbench.openView();
      await workbench.tree.open(lab.name, 'Routers', router.name);
      for (let round = 0; round < ROUNDS; round += 1) {
        const active = (await waitUntilReady(running, lab)).routers[0]?.active_on[0] ?? '';
        await workbench.tree.waitForLine(new RegExp(`MASTER on ${active}`));
        await quiet();
        const now = nodeClock(await (await running.session(active)).hello());
        let changed: (at: number) => void = () => undefined;
        const change = new Promise<number>((resolve) => (changed = resolve));
        const watching = await watchLab(running, lab, (event) => {
          if (event.type === 'role' && event.role === 'MASTER' && event.node !== active && event.t !== null)
            changed(epoch(event.t, now));
        });
        const another = new RegExp(`${router.name}.*MASTER on (?!${active})`);
        const shown = await whenShown(workbench.page, '.pane-body .monaco-list-row', another);
        await inject(running, lab, { kind: 'keepalived', node: active, router: router.id, how: 'terminate' });
        figure.add((await shown()) - (await change));
        await watching.stop();
        await bed.up(lab);
      }
    } finally {
      await workbench.close();
    }
  } finally {
    await bed.end();
  }
  return bed.runtime.engine;
}

await activation();
await tree();
bench.finish(await roleOnScreen());
