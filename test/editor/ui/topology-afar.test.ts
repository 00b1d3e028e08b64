/** What is read of a picture that is seen from afar, or in a narrow window: in the page itself, as a file, in a browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { ensureBrowser } from '../../../src/bootstrap/browser.mjs';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import type { Picture } from '../../../src/picture/picture.js';
import { standalonePage } from '../../../src/picture/standalone.js';
import { manyRouters } from '../../support/many-routers.js';
import { ROOT } from '../support/session.js';

function pageOf(count: number, more: Partial<Picture> = {}): string {
  const { lab, problems } = readLabFile(manyRouters(count));
  assert.ok(lab, JSON.stringify(problems));
  const file = (name: string): string => readFileSync(join(ROOT, 'dist', 'webview', name), 'utf8');
  const picture = { ...drawPicture(lab, null, false), ...more };
  const head = { title: 'many', nodes: [], routers: [], probes: [], clock: { wall: 0, t: 0 } };
  const html = standalonePage({
    snapshot: {
      ...{ type: 'snapshot', revision: 1, picture, notice: null, rows: {}, positions: {}, work: null, trusted: true },
    },
    timeline: { header: { timeline: 1, lab: 'many', ...head }, events: [] },
    words: {},
    code: file('main.js'),
    style: file('main.css'),
    colours: '--vscode-editor-background: #1f1f1f; --vscode-foreground: #ccc; --vscode-font-family: sans-serif',
  });
  // With the buttons of an editor, which take the room from the words.
  return html.replace('"trusted":false', '"trusted":true');
}

describe('The picture from afar and in narrow windows', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    await ensureBundled(ROOT);
    folder = mkdtempSync(join(tmpdir(), 'neutron-lab-afar-'));
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    browser = await chromium.launch({ executablePath: await ensureBrowser(), args, chromiumSandbox: false });
  });

  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function shown(html: string, size: { width: number; height: number }): Promise<Page> {
    const path = join(folder, 'picture.html');
    writeFileSync(path, html);
    const page = await browser.newPage({ viewport: size });
    await page.goto(pathToFileURL(path).href);
    await page.locator('[data-key="node network1"]').waitFor();
    return page;
  }

  for (const width of [800, 1280, 1920]) {
    it(`has names that can be read, none over the edge of its thing, of 300 boxes in a window of ${width} pixels`, async () => {
      const page = await shown(pageOf(50), { width, height: 1000 });
      await page.locator('.host .far-group', { hasText: 'network1' }).filter({ hasText: 'Routers 50' }).waitFor();
      await page.locator('.box .far-name').nth(149).waitFor();
      // In the line that is seen.
      const [label, count] = await Promise.all(
        ['.far-group', '.far-group .quiet'].map((part) =>
          page.locator(`[data-key="node network1"] ${part}`).boundingBox(),
        ),
      );
      assert.ok(label && count && count.y < label.y + label.height / 2, JSON.stringify({ label, count }));
      const names = await page.locator(':is(.box, .router) .far-one b').evaluateAll((all) =>
        all.map((name) => {
          const box = name.closest('.box, .router')!.getBoundingClientRect();
          const own = name.getBoundingClientRect();
          return { text: name.textContent, height: own.height, over: own.width - box.width };
        }),
      );
      const poor = names.filter(({ height, over }) => height < 10 || over > 0);
      assert.deepEqual(poor, []);
      // Names that differ in their ends are told apart.
      const boxes = await page.locator('.box .far-one b').allInnerTexts();
      assert.equal(new Set(boxes).size, 50);
      await page.close();
    });
  }

  it('says what a thing is to whom points at it or comes to it by the keys, until Escape', async () => {
    const page = await shown(pageOf(50), { width: 800, height: 1000 });
    const box = page.locator('[data-key="node network2"] .box', {
      has: page.locator('.owner', { hasText: /^router12$/ }),
    });
    await box.hover();
    const tip = page.locator('.far-tip');
    await tip.filter({ hasText: 'router12' }).waitFor();
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    await page.locator('[data-key="node network3"] .box').first().focus();
    await tip.filter({ hasText: 'router0' }).waitFor();
    // Near enough to read it, nobody has to be told.
    for (let times = 0; times < 8; times += 1) await page.locator('.react-flow__controls-zoomin').click();
    await tip.waitFor({ state: 'detached' });
    assert.equal(await page.locator('.far-name').count(), 0);
    await page.close();
  });

  it('says whole that a fault is hidden, whatever the width of the window', async () => {
    const page = await shown(pageOf(3, { state: 'running', hiddenFault: true }), { width: 1920, height: 700 });
    const trouble = page.locator('.toolbar', { hasText: 'a fault is hidden here: find it' });
    await trouble.waitFor();
    for (const width of [1920, 1500, 1280, 1100, 1000, 900, 800, 700, 450]) {
      await page.setViewportSize({ width, height: 700 });
      const cut = await page.locator('.toolbar').evaluate((bar) =>
        [bar, ...bar.querySelectorAll('*')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
          .filter((one) => one === bar || one.textContent.includes('hidden'))
          .map((one) => `${one.getAttribute('class') ?? one.tagName} ${one.scrollWidth} in ${one.clientWidth}`),
      );
      assert.deepEqual([width, cut], [width, []]);
    }
    assert.match(
      (await page.locator('.toolbar .title').getAttribute('title')) ?? '',
      /running · 3 nodes · a fault is hidden/,
    );
    await page.close();
  });
});
