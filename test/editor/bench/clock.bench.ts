/**
 * What the clock of the picture costs with an hour in it: ten probes at fifty packets a second. The page is the same as in the
 * editor, in a plain browser, with what was recorded written into it or told to it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { ensureBrowser } from '../../../src/bootstrap/browser.mjs';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import type { EventOf, TimelineEvent } from '../../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../../src/experiment/timeline/timeline.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import type { Snapshot } from '../../../src/picture/messages.js';
import { PLAIN_COLOURS } from '../../../src/picture/plain-colours.js';
import { standalonePage } from '../../../src/picture/standalone.js';
import { Bench } from '../../support/bench.js';
import { quiet } from '../../support/quiet.js';
import { bundledLab } from '../../support/running.js';
import { framesDuring } from '../support/frames.js';
import { ROOT } from '../support/session.js';

const ROUNDS = 5;
const HOUR = 3600;
const PROBES = 10;
/** Milliseconds between two packets. */
const INTERVAL = 20;
/** Milliseconds that the editor gathers events for one message. */
const PART = 50;

const bench = new Bench('The clock of the picture, with an hour in it');
await ensureBundled(ROOT);

const { lab } = readLabFile(await bundledLab('ha-router'));
const router = lab?.routers[0];
if (!lab || !router) throw new Error('the lab ha-router has no router');

const snapshot: Snapshot = {
  type: 'snapshot',
  revision: 1,
  picture: drawPicture(lab, null, false),
  notice: null,
  rows: {},
  positions: {},
  work: null,
  trusted: false,
};
const header: TimelineHeader = {
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
  probes: [...Array(PROBES).keys()].map((nth) => {
    return {
      id: `ping${nth}`,
      name: `web1 → host ${nth}`,
      kind: 'ping' as const,
      node: 'compute1',
      interval: INTERVAL,
    };
  }),
  clock: { wall: 0, t: 0 },
};

/** Seconds after each five minutes within which nothing is answered. */
const OUTAGE = 6;

function packet(probe: number, seq: number): EventOf<'probe'> {
  const sent = seq * INTERVAL;
  const lost = sent > 300_000 && sent % 300_000 < OUTAGE * 1000;
  const base = { kind: 'probe', node: 'compute1', source: 'probe', probe: `ping${probe}`, seq, sent } as const;
  // Round trips that differ, the same each time.
  const rtt = 0.3 + ((seq * 7919 + probe * 104_729) % 1000) / 1000;
  return lost
    ? { ...base, t: sent + 1000, outcome: 'lost', rtt: null }
    : { ...base, t: sent + rtt, outcome: 'answered', rtt };
}

/** A failover each five minutes, and the advertisements. */
function rolesAndAdverts(): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const role = (t: number, node: string, now: 'MASTER' | 'BACKUP' | 'UNKNOWN'): TimelineEvent => {
    return { kind: 'role', t, node, source: 'kernel', router: router?.id ?? '', role: now, before: null, remark: null };
  };
  for (let second = 0; second < HOUR; second += 2) {
    const nth = Math.floor(second / 300);
    const [active, other] = nth % 2 === 0 ? ['network1', 'network2'] : ['network2', 'network1'];
    const base = { t: second * 1000, node: active, source: 'wire', router: router?.id ?? '' } as const;
    if (second % 300 === 0) events.push(role(second * 1000, active, 'MASTER'), role(second * 1000, other, 'BACKUP'));
    events.push({ ...base, kind: 'advert', direction: 'out', sender: '169.254.192.1', vrid: 39, priority: 50 });
  }
  return events;
}

const file = (name: string): string => readFileSync(join(ROOT, 'dist', 'webview', name), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'neutron-lab-clock-'));
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--enable-precise-memory-info'],
  chromiumSandbox: false,
});

/** With nothing else at work: neither who wrote the file nor the page before. */
async function opened(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await quiet();
  await page.goto(pathToFileURL(path).href, { waitUntil: 'commit' });
  return page;
}

function pageWith(events: readonly TimelineEvent[]): string {
  const timeline = { header, events };
  const code = file('main.js');
  return standalonePage({ snapshot, timeline, words: {}, code, style: file('main.css'), colours: PLAIN_COLOURS });
}

function anHourOfPackets(): string {
  const packets = [...Array(PROBES).keys()].flatMap((probe) =>
    Array.from({ length: (HOUR * 1000) / INTERVAL }, (_, seq) => packet(probe, seq)),
  );
  return pageWith([...rolesAndAdverts(), ...packets]);
}

async function anHour(): Promise<void> {
  const opens = bench.figure({
    name: 'an hour of 10 probes at 50 a second: opens',
    unit: 'ms',
    atMost: 1000,
    method:
      'from the start of the document, 1.8 million packets in it, to the frame that shows the lanes of the probes',
  });
  const median = bench.figure({
    name: 'the same: a frame while scrubbing',
    unit: 'ms',
    atMost: 17,
    method:
      'the median time between two frames while the mouse goes through the hour in 100 steps; the picture follows',
  });
  const slow = bench.figure({
    name: 'the same: a slow frame while scrubbing',
    unit: 'ms',
    atMost: 50,
    method: 'of twenty frames one takes longer',
  });
  const path = join(folder, 'hour.html');
  writeFileSync(path, anHourOfPackets());
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await opened(path);
    const lane = page.locator('.probe-lane .answered[d^="M"]').first();
    await lane.waitFor({ timeout: 60_000 });
    const marked = await page.waitForFunction(
      () => performance.getEntriesByName('neutron-lab:clock')[0]?.startTime ?? false,
    );
    opens.add(Number(await marked.jsonValue()));
    const lanes = page.locator('.lanes svg').first();
    const { x, y, width } = (await lanes.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const frames = await framesDuring(lanes, async () => {
      await page.mouse.move(x + 220, y + 60);
      await page.mouse.down();
      await page.mouse.move(x + width - 40, y + 60, { steps: 100 });
      await page.mouse.up();
    });
    median.add(frames.median);
    slow.add(frames.p95);
    await page.close();
  }
}

async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const usage = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  await devtools.detach();
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
}

/** As the editor tells it, in parts, but as fast as the page takes them. */
async function memory(): Promise<void> {
  const grown = bench.figure({
    name: 'memory of the page: what an hour adds',
    unit: 'MB',
    atMost: 60,
    method:
      'accelerated: the parts of an hour, with 10 probes at 50 a second and advertisements, told to the live page one after another; the heap after a collection, at the end less after the first minute. 12 bytes a packet are kept to be scrubbed: 22 MB',
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  // As text: what runs in the page has no helper that keeps the names of functions.
  await page.addInitScript({
    content: 'globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });',
  });
  const path = join(folder, 'live.html');
  writeFileSync(path, pageWith([]));
  await page.goto(pathToFileURL(path).href);
  await page.locator('.router').first().waitFor();
  const others = rolesAndAdverts();
  let first = 0;
  let nth = 0;
  let told = 0;
  for (let second = 0; second < HOUR; second += 60) {
    const parts: object[] = [];
    for (let t = second * 1000; t < (second + 60) * 1000; t += PART) {
      const events: TimelineEvent[] = [];
      while ((others[told]?.t ?? Infinity) < t + PART) events.push(others[told++]!);
      for (let seq = Math.ceil(t / INTERVAL); seq * INTERVAL < t + PART; seq += 1)
        for (let probe = 0; probe < PROBES; probe += 1) events.push(packet(probe, seq));
      parts.push({ type: 'timeline', id: 7, header, nth: nth++, events, packets: [], now: t, probing: [] });
    }
    // As text: objects are slow to hand over.
    await page.evaluate(async (text) => {
      for (const message of JSON.parse(text) as object[])
        window.dispatchEvent(new MessageEvent('message', { data: message }));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }, JSON.stringify(parts));
    if (second === 0) {
      await page.locator('.probe-lane .answered[d^="M"]').first().waitFor();
      first = await heap(page);
    }
  }
  grown.add((await heap(page)) - first);
  await page.close();
}

async function all(of: Browser): Promise<void> {
  try {
    await anHour();
    await memory();
  } finally {
    await of.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await all(browser);
bench.finish();
