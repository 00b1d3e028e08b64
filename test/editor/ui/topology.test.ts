import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import type { Lab } from '../../../src/model/resources.js';
import { probesThrough } from '../../../src/experiment/probe-places.js';
import { longest } from '../../../src/experiment/timeline/outages.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { startPings } from '../../support/pings.js';
import { TestBed, bundledLab, readTestLab } from '../../support/running.js';
import { needsEngine } from '../support/engine.js';
import { killExtensionHost } from '../support/extension-host.js';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

/** A network that nothing is attached to. */
const SPARE = 'networks:\n  spare:\n    subnets:\n      spare-v4: { cidr: 192.168.99.0/24, enable_dhcp: false }';

describe('The picture of a running lab', function () {
  this.timeout(180_000);
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;
  let workbench: Workbench;

  before(async function () {
    needsEngine(this);
    const text = (await bundledLab('ha-router')).replace(/^networks:$/m, SPARE);
    bed = await TestBed.make();
    lab = readTestLab(text, 'picture');
    running = await bed.upAndReady(lab);
    workbench = await Workbench.open({
      files: { 'picture.neutron.yaml': text.replace(/^lab:.*$/m, `lab: ${lab.name}`) },
      size: { width: 1600, height: 1000 },
    });
    await workbench.openView();
    await workbench.tree.contextMenu(await workbench.tree.find(lab.name), 'Open Topology');
  });
  after(async () => {
    await workbench.close();
    await bed.end();
  });

  const page = () => workbench.webview();
  const card = (node: string) => page().locator(`[data-key="node ${node}"]`);
  /** The node whose box wears M. */
  const master = async (): Promise<string> =>
    await until('one replica is MASTER', async () => {
      const keys = await page()
        .locator('.react-flow__node:has(.box .role-master)')
        .evaluateAll((cards) => cards.map((one) => one.getAttribute('data-key') ?? ''));
      return keys.length === 1 && keys[0]?.replace('node ', '');
    });

  it('shows networks and nodes, one MASTER, and the gateway addresses where it is', async () => {
    for (const name of ['GATEWAY_NET', 'blue', 'green'])
      await page().locator('.bar .name', { hasText: name }).waitFor();
    const active = await master();
    for (const address of ['192.168.10.1', '192.168.20.1'])
      await card(active).locator('.chip', { hasText: address }).first().waitFor();
    assert.equal(await page().locator('.box-qrouter .role-backup').count(), 2);
  });

  const menu = () => workbench.page.locator('.monaco-menu .action-item:not(.disabled)');
  /** A menu that has just opened may miss the mouse: then it is clicked once more. */
  const take = async (entry: string): Promise<void> => {
    await until(`the menu has taken ${entry}`, async () => {
      await menu().getByText(entry, { exact: true }).click();
      return await until('it is closed', async () => (await menu().count()) === 0, 3000).catch(() => false);
    });
  };

  /** What axe finds in the page as it is now. */
  const faultsOfAccess = async (): Promise<string[]> => {
    const root = await page().locator('#root').elementHandle();
    const frame = await root.ownerFrame();
    // By the debugger of the browser, which the page's policy does not bind.
    await frame?.evaluate(axe);
    const violations = await root.evaluate(async (element) => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(of: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await tool.run(element)).violations;
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`);
  };

  it('has no fault that axe finds', async () => {
    assert.deepEqual(await faultsOfAccess(), []);
  });

  it('keeps what was dragged in a file beside the lab file, and finds it again after a reload of the window', async () => {
    const web1 = page().locator('.react-flow__node[data-key^="instance "]', { hasText: 'web1' });
    const before = (await web1.boundingBox())!;
    await workbench.page.mouse.move(before.x + 20, before.y + 12);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(before.x - 40, before.y + 60, { steps: 5 });
    await workbench.page.mouse.up();
    const file = join(workbench.folder, 'picture.neutron.layout.json');
    await until('the side file', async () => {
      await web1.waitFor();
      return existsSync(file) && readFileSync(file, 'utf8').includes('instance ');
    });
    const place = await web1.evaluate((element) => (element as HTMLElement).style.transform);
    await workbench.reloadWindow();
    // The window, the extension and its page begin anew, one after the other.
    await web1.waitFor({ timeout: 60_000 });
    await until('it is where it was put', async () => {
      const there = await web1.evaluate((element) => (element as HTMLElement).style.transform, null, { timeout: 5000 });
      return there === place;
    });
    assert.doesNotMatch(readFileSync(join(workbench.folder, 'picture.neutron.yaml'), 'utf8'), /position/);
  });

  it('is used by keys alone: a menu, back to where one was, and a thing moved, which stays where it is', async () => {
    const db1 = page().locator('.react-flow__node[data-key^="instance "]', { hasText: 'db1' });
    const entry = workbench.page.locator('.monaco-menu .action-item', { hasText: 'Open in File' });
    // A key that a busy window has missed is pressed again.
    await until('its menu', async () => {
      await db1.focus();
      await workbench.page.keyboard.press('Shift+F10');
      return await until('the menu', () => entry.isVisible(), 5000).catch(() => false);
    });
    await workbench.page.keyboard.press('Escape');
    await entry.waitFor({ state: 'hidden' });
    await until('the keyboard is where it was', () => db1.evaluate((element) => element === document.activeElement));
    const key = (await db1.getAttribute('data-key')) ?? '';
    const file = join(workbench.folder, 'picture.neutron.layout.json');
    await until('the side file has it', async () => {
      await db1.press('Enter');
      await db1.press('ArrowRight');
      return existsSync(file) && readFileSync(file, 'utf8').includes(key);
    });
    await db1.press('Escape');
  });

  it('leads along its cables by the arrow keys: each says what it joins and has its menu', async () => {
    const { keyboard } = workbench.page;
    const focused = () =>
      page()
        .locator('body')
        .evaluate(() => {
          const element = document.activeElement;
          return [element?.getAttribute('aria-label'), element?.getAttribute('tabindex')].join(' | ');
        });
    const press = async (key: string, expected: RegExp): Promise<void> => {
      await keyboard.press(key);
      await until(String(expected), async () => expected.test(await focused()));
    };
    const router = page().locator('.react-flow__node:has(.router)');
    await until('the router has the keyboard', async () => {
      await router.focus();
      return (await focused()).startsWith('edge');
    });
    await press('ArrowUp', /^Cable from edge to GATEWAY_NET, qg-\S+, 203\.0\.113\.\d+ \| -1$/);
    await press('Escape', /^edge, /);
    await press('ArrowDown', /^Cable from edge to blue, qr-\S+, 192\.168\.10\.1 \| -1$/);
    await press('ArrowRight', /^Cable from edge to green, qr-\S+, 192\.168\.20\.1 \| -1$/);
    const entry = workbench.page.locator('.monaco-menu .action-item', { hasText: 'Open in File' });
    for (const key of ['Shift+F10', 'Enter']) {
      await keyboard.press(key);
      await entry.waitFor();
      await keyboard.press('Escape');
      await entry.waitFor({ state: 'hidden' });
      await until('the keyboard is where it was', async () => (await focused()).startsWith('Cable from edge to green'));
    }
    await press('ArrowDown', /^green, /);
    await press('ArrowDown', /^Cable from db1 to green, eth0/);
    await press('ArrowDown', /^db1, /);
    await press('ArrowUp', /^Cable from db1 to green/);
    // A cable is no tab stop: one goes on from where one came.
    await press('Tab', /^(?!Cable|db1)/);
    assert.equal(await page().locator('.react-flow__edge[tabindex="0"]').count(), 0);
    assert.deepEqual(await faultsOfAccess(), []);
  });

  it('fails the active node from its menu: roles and addresses move, and the outage is the one that probes of our own saw', async () => {
    const before = await master();
    await page().getByRole('button', { name: 'Probe', exact: true }).click();
    await page().locator('.probe-lane .answered[d^="M"]').first().waitFor();
    // The same ways as the page's: some take longer than others to come back.
    const places = probesThrough(lab, lab.routers[0]!, [before]);
    const pings = await startPings(running, lab, places);
    // Beside it stand its agents, which have a menu of their own.
    const head = card(before).locator('.head .name');
    await head.click({ button: 'right' });
    await menu().getByText('Break', { exact: true }).hover();
    await take('Power Off Node');
    await card(before).locator('.host.is-exited').waitFor();
    const after = await until('another one is MASTER', async () => {
      const now = await master();
      return now !== before && now;
    });
    await card(after).locator('.chip', { hasText: '192.168.10.1' }).first().waitFor();
    await page().locator('[role="log"]', { hasText: 'MASTER' }).waitFor();
    await pings.mended;
    const shown = await until('the outage is over', async () => {
      const text = await page().locator('[data-figure="outage"]').innerText({ timeout: 5000 });
      return /^([\d.]+) s$/.exec(text)?.[1];
    });
    const outages = (await pings.stop()).map((summary) => longest(summary.outages));
    const own = Math.max(...outages.map((outage) => (outage === null ? 0 : (outage.to - outage.from) / 1000)));
    // Where a busy machine answers later than a second, the one's packet is lost and the other's is not.
    assert.ok(Math.abs(Number(shown) - own) < 1.5, `the page says ${shown} s, our own probes ${own.toFixed(2)} s`);
  });

  it('follows a packet hop by hop', async () => {
    await page().locator('vscode-button', { hasText: 'Path…' }).click();
    await page().locator('.path-pane select').first().selectOption({ index: 1 });
    await page().locator('.path-pane select').nth(1).selectOption({ index: 2 });
    await page().locator('.hops .good', { hasText: 'arrived' }).waitFor();
    const places = await page().locator('.hop-place').allInnerTexts();
    assert.ok(
      places.some((place) => place.includes('qrouter-')),
      places.join('\n'),
    );
    await page().locator('.path-line .now').waitFor();
    // With the figures of a failover below and a node that is down, too.
    assert.deepEqual(await faultsOfAccess(), []);
  });

  it('replays: the picture is what it was before the failover', async () => {
    const now = await master();
    await page().locator('vscode-button', { hasText: 'Replay' }).click();
    await until('another one wears the M', async () => (await master()) !== now);
    await page().locator('vscode-button', { hasText: 'Live' }).click();
    await until('the M is back', async () => (await master()) === now);
  });

  it('has the failover still in its clock when the extension host was killed, and the probes run on', async () => {
    const outage = page().locator('[data-figure="outage"]');
    const measured = await outage.innerText();
    // The page of the host that died stays until the next one has another.
    await page()
      .locator('body')
      .evaluate((body) => (body.dataset.dead = ''));
    await killExtensionHost(workbench.session.server.pid);
    const anew = page().locator('body:not([data-dead])');
    await anew.locator('.holder-lane .span.unknown rect').first().waitFor({ timeout: 60_000 });
    assert.equal(await outage.innerText(), measured);
    await page().getByRole('button', { name: 'Stop probes', exact: true }).waitFor();
    const now = await master();
    await page().locator('vscode-button', { hasText: 'Replay' }).click();
    await until('another one wears the M', async () => (await master()) !== now);
    await page().locator('vscode-button', { hasText: 'Live' }).click();
    await until('the M is back', async () => (await master()) === now);
  });

  it('goes on under the other name when its lab file is renamed: past, places and all', async () => {
    const before = await page().locator('[data-figure="outage"]').innerText();
    const layout = readFileSync(join(workbench.folder, 'picture.neutron.layout.json'), 'utf8');
    await workbench.command('View: Show Explorer');
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    for (const [old, name] of [
      ['picture.neutron.yaml', 'shown.neutron.yaml'],
      ['shown.neutron.yaml', 'picture.neutron.yaml'],
    ] as const) {
      await row.filter({ hasText: old }).click();
      await workbench.page.locator('.tab.active', { hasText: old }).waitFor();
      await row.filter({ hasText: old }).press('F2');
      const box = workbench.page.locator('.explorer-item-edited input');
      await box.fill(name);
      await box.press('Enter');
      const side = join(workbench.folder, name.replace('.yaml', '.layout.json'));
      await until('the side file has gone with it', () =>
        Promise.resolve(existsSync(side) && readFileSync(side, 'utf8') === layout),
      );
      await workbench.page.locator('.tab', { hasText: 'topology' }).click();
      await until(
        'the clock has its past',
        async () => (await page().locator('[data-figure="outage"]').innerText()) === before,
      );
      await page().getByRole('button', { name: 'Stop probes', exact: true }).waitFor();
      // What it says belongs to the file of that name: the menu of a thing leads into it.
      await page().locator('.react-flow__node:has(.router)').click({ button: 'right' });
      await take('Open in File');
      await workbench.page.locator('.tab.active', { hasText: name }).waitFor();
      await workbench.page.locator('.tab', { hasText: 'topology' }).click();
      await workbench.reloadWindow();
      await page().locator('[data-figure="outage"]').waitFor({ timeout: 60_000 });
      assert.equal(await page().locator('[data-figure="outage"]').innerText(), before);
    }
    await workbench.openView();
  });

  it('has consoles side by side', async () => {
    await page().locator('vscode-button', { hasText: 'Consoles' }).click();
    const chooser = page().locator('.consoles select');
    for (const host of ['web1', 'db1']) {
      await chooser.selectOption({ label: host });
      await page()
        .locator('.console', { hasText: `root@${host}` })
        .waitFor();
    }
    assert.equal(await page().locator('.console').count(), 2);
    // One whose shell has ended says so, and Enter opens it again.
    const second = page().locator('.console').nth(1);
    await second.locator('.console-screen').click();
    await workbench.page.keyboard.type('exit\n');
    await second.filter({ hasText: /Enter.opens.it.again/ }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await second.filter({ hasText: /opens.it.again[^]*root@db1/ }).waitFor();
    // The keys of the editor are the editor's, as in its own terminals.
    await workbench.page.keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget:visible').waitFor();
    await workbench.quick.escape();
  });

  it('saves the clock as SVG and PNG, and the whole as HTML, where a person wants them', async () => {
    const saved = async (format: 'SVG' | 'PNG' | 'HTML'): Promise<Buffer> => {
      const name = `${lab.name}.${format.toLowerCase()}`;
      const path = join(workbench.folder, name);
      await page().locator('.clock-head vscode-button', { hasText: format }).click();
      await until('a name is offered', async () => (await workbench.quick.value()).endsWith(name));
      await workbench.quick.accept();
      // Whole: its last bytes are those that end such a file.
      const end = { SVG: '</svg>', PNG: 'IEND', HTML: '</html>' }[format];
      return await until(`the ${format}`, () => {
        const bytes = existsSync(path) ? readFileSync(path) : Buffer.of();
        return Promise.resolve(bytes.subarray(-20).toString('latin1').includes(end) && bytes);
      });
    };
    const svg = (await saved('SVG')).toString();
    assert.match(svg, /^<svg /);
    assert.match(svg, /edge on network1/);
    assert.equal((await saved('PNG')).subarray(1, 4).toString(), 'PNG');
    const html = (await saved('HTML')).toString();
    assert.match(html, /^<!DOCTYPE html>/);
    assert.ok(html.includes('"kind":"role"'), 'the roles are in it');
  });

  it('runs a probe of a kind and between ends that a person chooses, and ends it', async () => {
    await page().locator('vscode-button', { hasText: 'New probe' }).click();
    const form = page().locator('.new-probe');
    await form.locator('select').first().selectOption({ label: 'HTTP' });
    await form.getByLabel('From').selectOption('web1');
    await form.getByLabel('To').selectOption('db1');
    await form.getByRole('button', { name: 'Start' }).click();
    const lane = page()
      .locator('.lanes g', { hasText: 'http web1' })
      .filter({ has: page().locator('.answered[d^="M"]') });
    await lane.first().waitFor();
    const stop = page().getByRole('button', { name: /Stop http web1/ });
    await stop.click();
    await stop.waitFor({ state: 'detached' });
  });

  it('attaches a router to a network to which a cable is drawn, in the file, and undo takes it back', async () => {
    const file = (): string => readFileSync(join(workbench.folder, 'picture.neutron.yaml'), 'utf8');
    const before = file();
    await page().getByRole('button', { name: 'Networks', exact: true }).click();
    const router = page().locator('.react-flow__node:has(.router)');
    const { mouse } = workbench.page;
    const joined = () => Promise.resolve(/interfaces: .*spare/.test(file()));
    // What moves while the picture finds its place is missed by the mouse: then it is drawn once more.
    await until('the file says so', async () => {
      await router.hover();
      const plug = (await router.locator('.plug').boundingBox())!;
      const bar = (await page().locator('.react-flow__node:has(.bar)', { hasText: 'spare' }).boundingBox())!;
      await mouse.move(plug.x + plug.width / 2, plug.y + plug.height / 2);
      await mouse.down();
      await mouse.move(bar.x + bar.width / 3, bar.y + bar.height - 30, { steps: 6 });
      await mouse.move(bar.x + bar.width / 3, bar.y + bar.height - 4, { steps: 4 });
      await mouse.up();
      return await until('the cable is taken', joined, 10_000).catch(() => false);
    });
    await page().locator('.react-flow__edge', { hasText: 'qr .1' }).nth(2).waitFor();
    // The keys of VS Code, with the picture in front all the while. One that got lost is pressed again: there is one edit only.
    const press = async (keys: string, what: string, holds: () => Promise<boolean>): Promise<void> => {
      await until(what, async () => {
        const body = page().locator('body');
        await until('the picture has the keyboard', () => body.evaluate(() => document.hasFocus()));
        await workbench.page.keyboard.press(keys);
        return await until(what, holds, 15_000).catch(() => false);
      });
    };
    await press('Control+z', 'it is taken back', () => Promise.resolve(file() === before));
    await press('Control+Shift+z', 'it is there again', joined);
    await press('Control+z', 'it is taken back once more', () => Promise.resolve(file() === before));
  });

  it('is there in a window without a folder, where its clock goes on while it is looked at and nothing is said to be wrong', async () => {
    const elsewhere = await workbench.anotherWithoutFolder();
    try {
      await elsewhere.openView();
      await elsewhere.tree.contextMenu(await elsewhere.tree.find(lab.name), 'Open Topology');
      const picture = elsewhere.webview();
      await picture.locator('.role-lane .span.master rect').first().waitFor({ timeout: 60_000 });
      const ticks = async () =>
        (
          (await picture
            .locator('.advert')
            .nth(await masterLane())
            .getAttribute('d')) ?? ''
        ).split('M').length;
      const masterLane = async (): Promise<number> =>
        await picture
          .locator('.role-lane')
          .evaluateAll((lanes) => lanes.findIndex((lane) => lane.querySelector('.span.master')));
      const before = await ticks();
      await until('another advertisement', async () => (await ticks()) > before);
      assert.deepEqual(await elsewhere.notifications.texts(), []);
    } finally {
      await elsewhere.page.close();
    }
  });
});
