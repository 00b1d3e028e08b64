import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Locator, chromium } from 'playwright-core';
import { ensureBrowser } from '../../../src/bootstrap/browser.mjs';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import { standalonePage } from '../../../src/picture/standalone.js';
import type { TimelineEvent } from '../../../src/experiment/timeline/event.js';
import type { Timeline } from '../../../src/experiment/timeline/timeline.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import { bundledLab } from '../../support/running.js';
import { ROOT } from '../support/session.js';

/** A failover of the lab ha-router that took 5.8 s, an hour after the recording began. */
async function recorded(): Promise<{ page: string }> {
  // A stranger may call his network so.
  const text = (await bundledLab('ha-router')).replaceAll('blue', '"</script><b>blue"').replaceAll('"-v4', '-v4"');
  const { lab, problems } = readLabFile(text);
  assert.ok(lab, JSON.stringify(problems));
  const router = lab.routers[0]!;
  const role = (t: number, node: string, now: 'MASTER' | 'BACKUP' | 'UNKNOWN'): TimelineEvent => {
    return { kind: 'role', t, node, source: 'kernel', router: router.id, role: now, before: null, remark: null };
  };
  const holder = (t: number, node: string, action: 'add' | 'del'): TimelineEvent => {
    const address = '192.168.20.1/24';
    return { kind: 'holder', t, node, source: 'kernel', router: router.id, device: 'qr-0', address, action };
  };
  const timeline: Timeline = {
    header: {
      timeline: 1,
      lab: lab.name,
      title: lab.name,
      nodes: lab.nodes.map(({ name }) => name),
      routers: [
        {
          id: router.id,
          name: router.name,
          ha: true,
          vrid: 39,
          nodes: ['network1', 'network2'],
          advertInt: 2,
          priority: 50,
        },
      ],
      probes: [],
      clock: { wall: 0, t: 0 },
    },
    events: [
      role(0, 'network1', 'MASTER'),
      role(0, 'network2', 'BACKUP'),
      holder(0, 'network1', 'add'),
      {
        kind: 'fault',
        t: 3_600_000,
        node: 'network1',
        source: 'tool',
        action: 'injected',
        id: 'node network1',
        fault: 'node',
        what: 'node network1 killed',
      },
      role(3_600_000, 'network1', 'UNKNOWN'),
      holder(3_600_000, 'network1', 'del'),
      role(3_605_800, 'network2', 'MASTER'),
      holder(3_605_800, 'network2', 'add'),
      role(3_620_000, 'network1', 'BACKUP'),
    ],
  };
  const file = (name: string): string => readFileSync(join(ROOT, 'dist', 'webview', name), 'utf8');
  const page = standalonePage({
    snapshot: {
      type: 'snapshot',
      revision: 1,
      picture: drawPicture(lab, null, false),
      notice: null,
      rows: {},
      positions: {},
      work: null,
      trusted: false,
    },
    timeline,
    runs: [
      {
        name: 'run 2',
        header: timeline.header,
        events: timeline.events.map((one) => ({ ...one, t: one.t + 7000 })),
        packets: [],
      },
    ],
    words: {},
    code: file('main.js'),
    style: file('main.css'),
    colours: '--vscode-editor-background: rgb(31, 31, 31); --vscode-foreground: #ccc',
  });
  return { page };
}

/** Within the part of the clock that is scrolled. */
async function inSight(thing: Locator): Promise<void> {
  const [own, body] = await Promise.all([thing.boundingBox(), thing.page().locator('.clock-body').boundingBox()]);
  assert.ok(own && body && own.y >= body.y - 1 && own.y < body.y + body.height, JSON.stringify({ own, body }));
}

describe('The picture as a file', function () {
  this.timeout(60_000);

  it('shows networks, nodes and the clock in any browser, and asks nothing of anybody', async () => {
    await ensureBundled(ROOT);
    const folder = mkdtempSync(join(tmpdir(), 'neutron-lab-picture-'));
    const browser = await chromium.launch({
      executablePath: await ensureBrowser(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      chromiumSandbox: false,
    });
    try {
      const path = join(folder, 'picture.html');
      writeFileSync(path, (await recorded()).page);
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
      const errors: string[] = [];
      const requests: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      await page.locator('.bar .name', { hasText: '</script><b>blue' }).waitFor();
      await page.locator('[data-key="node network1"]').waitFor();
      await page.locator('.span.master').first().waitFor();
      await page.locator('.theory-band').waitFor();
      assert.match(await page.locator('.figures').innerText(), /new MASTER\s+network2 at \+5\.80 s/);
      // In a narrow panel what was measured stands above the lanes, and both begin at their beginning.
      await page.setViewportSize({ width: 640, height: 380 });
      for (const what of ['.figures .measured', '.clock .axis']) await inSight(page.locator(what).first());
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.locator('.compare select').selectOption('run 2');
      const other = page.locator('.comparison .span.master').first();
      await other.waitFor();
      // The two faults stand above each other, though the second run was later on its clock.
      const [mine, theirs] = await Promise.all(
        [page.locator('.lanes .fault line').first(), page.locator('.comparison .fault line').first()].map((line) =>
          line.boundingBox(),
        ),
      );
      assert.equal(Math.round(mine?.x ?? -1), Math.round(theirs?.x ?? -2));
      assert.match(await page.locator('[data-figure="difference"]').innerText(), /as long as here/);
      assert.deepEqual(errors, []);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
        [],
      );
      // What needs an editor is not offered, and the rest does what it says, on the ground that its colours are made for.
      assert.equal(await page.locator('.clock-head vscode-button', { hasText: /^(HTML|JSON)$/ }).count(), 0);
      const download = page.waitForEvent('download');
      await page.locator('.clock-head vscode-button', { hasText: 'SVG' }).click();
      const svg = readFileSync(await (await download).path(), 'utf8');
      assert.match(svg, /<rect [^>]*fill="rgb\(31, 31, 31\)"/);
      assert.match(svg, />ha-router · Failover · network1 · node down · [\d.]+ s [^<]* · theory [\d.]+ – [\d.]+ s, /);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
