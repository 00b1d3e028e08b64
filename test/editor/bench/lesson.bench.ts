/** What it takes to open a lesson, measured in a real window. */
import type { Page } from 'playwright-core';
import { Bench } from '../../support/bench.js';
import { quiet } from '../../support/quiet.js';
import { Notebook } from '../support/notebook.js';
import { Workbench } from '../support/workbench.js';

const ROUNDS = 5;
const LESSON = '10-ha-router';

const bench = new Bench('A lesson in a window');

/** Milliseconds since the epoch of the next click's end. */
async function nextClick(page: Page): Promise<() => Promise<number>> {
  const clicked = await page.evaluateHandle(() => ({
    at: new Promise<number>((resolve) => {
      const told = { capture: true, once: true };
      document.addEventListener(
        'mouseup',
        () => {
          resolve(performance.timeOrigin + performance.now());
        },
        told,
      );
    }),
  }));
  return () => clicked.evaluate(({ at }) => at);
}

/** Milliseconds since the epoch, of the first thing that the page of the notebook's texts and outputs showed: a text. */
async function firstPaint({ outputs }: Notebook): Promise<number> {
  return await outputs
    .locator('body')
    .evaluate(
      () => performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
    );
}

/** What any notebook takes here: one of VS Code's own, with a line of text. */
const PLAIN = 'plain.ipynb';
const LINE = { cell_type: 'markdown', metadata: {}, source: ['# A line'] };
const WINDOW = {
  labs: [LESSON],
  files: { [PLAIN]: JSON.stringify({ cells: [LINE], metadata: {}, nbformat: 4, nbformat_minor: 5 }) },
  env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
  size: { width: 1280, height: 1000 },
};

/** In a window of its own, as the lesson: the second notebook of a window is quicker. */
async function plainNotebook(): Promise<number> {
  const workbench = await Workbench.open(WINDOW);
  try {
    const { page } = workbench;
    await workbench.command('View: Show Explorer');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: PLAIN }).first();
    await row.waitFor();
    await quiet();
    const clicked = await nextClick(page);
    await row.click();
    const notebook = new Notebook(page);
    await notebook.outputs.locator('h1').first().waitFor({ timeout: 60_000 });
    return (await firstPaint(notebook)) - (await clicked());
  } finally {
    await workbench.close();
  }
}

async function opening(): Promise<void> {
  const how = `from the click on Open Lesson in its row, in a window that has shown the Lessons view and been idle, with no engine`;
  const text = bench.figure({
    name: 'a lesson whose lab does not run: opened',
    unit: 'ms',
    atMost: 1000,
    method: `${how}, until the first contentful paint of the notebook’s page, which is its text`,
  });
  const card = bench.figure({
    name: 'the same: its first card',
    unit: 'ms',
    method: `${how}, until the first question is there`,
  });
  const plain = bench.figure({
    name: 'beside it: a notebook of VS Code itself',
    unit: 'ms',
    method: `a Jupyter notebook with one line of text, each in turn with a lesson, from the click on its file in a window that has been idle, until the first contentful paint of its page: what VS Code takes for any notebook`,
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.add(await plainNotebook());
    const workbench = await Workbench.open(WINDOW);
    try {
      const { page, tree } = workbench;
      await workbench.openView();
      await page.locator('.pane-header', { hasText: 'Lessons' }).click();
      await tree.waitForLine(/^1 · /);
      // Only rows in sight are in the page.
      await page.locator('.pane-header', { hasText: 'Labs' }).click();
      const row = tree.row(/^10 · /);
      await row.waitFor();
      await quiet();
      const clicked = await nextClick(page);
      await tree.inlineAction(row, 'Open Lesson…');
      const notebook = new Notebook(page);
      await notebook.card('.predict').waitFor({ timeout: 60_000 });
      const carded = Date.now();
      const began = await clicked();
      text.add((await firstPaint(notebook)) - began);
      card.add(carded - began);
    } finally {
      await workbench.close();
    }
  }
}

await opening();
bench.finish();
