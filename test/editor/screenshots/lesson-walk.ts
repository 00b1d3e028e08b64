/**
 * A lesson as a learner leaves it: every cell has run, every question is answered, every check has failed and was then done. It
 * is pictured from its head to its end.
 */
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cellsOf } from '../../../src/editor/lessons/notebook/cells.js';
import type { Locator } from 'playwright-core';
import { Notebook } from '../support/notebook.js';
import { ROOT } from '../support/session.js';
import { type Theme, Workbench } from '../support/workbench.js';

const run = promisify(execFile);
const cli = (...words: readonly string[]) => run(process.execPath, ['dist/cli.js', ...words]);

/** An experiment takes a minute; a lab that is brought up for the first time takes as long where its image is made. */
const LONGEST = 240_000;

/** Pixels: a page of a book, so that few pictures show much. */
const SIZE = { width: 1000, height: 1500 };

/** What the wheel turns at once; a notebook moves by half as many pixels. */
const NOTCH = 100;

/** @param number That of the lesson, as in the name of its folder: `07` */
export async function walkLesson(number: string, themes: readonly Theme[]): Promise<void> {
  const folder = readdirSync(join(ROOT, 'labs')).find((name) => name.startsWith(`${number}-`));
  if (folder === undefined) throw new Error(`There is no lesson ${number} below labs.`);
  const { cells, reading } = cellsOf(readFileSync(join(ROOT, 'labs', folder, 'lesson.md'), 'utf8'));
  const file = reading.head?.lab ?? '';
  const lab = /^lab: *(\S+)/m.exec(readFileSync(join(ROOT, 'labs', folder, file), 'utf8'))?.[1] ?? file.split('.')[0];
  if (lab === undefined || (await cli('list', '--json')).stdout.includes(`"${lab}"`))
    throw new Error(`A lab ${String(lab)} is on this engine already, and might be somebody's: take it down first.`);
  const progress = join(ROOT, '.cache', `screenshots-progress-${number}.json`);
  const workbench = await Workbench.open({ labs: [folder], env: { NEUTRON_LAB_PROGRESS: progress }, size: SIZE });
  try {
    await workbench.openFile('lesson.md');
    await workbench.page.locator('.notebookOverlay .code-cell-row').first().waitFor();
    await workbench.page.keyboard.press('Control+b');
    const walk = new Walk(workbench, `lesson-${number}`);
    for (const [index, { cell }] of cells.entries()) if (cell) await walk.visit(index, cell.kind);
    for (const theme of themes) await walk.picture(theme);
  } catch (error) {
    process.stderr.write(`${String(error)}\n${await workbench.screenshot(`lesson-${number}-failed`)}\n`);
    process.exitCode = 1;
  } finally {
    await workbench.close();
    await cli('down', lab).catch(() => undefined);
  }
}

class Walk {
  private readonly notebook: Notebook;
  private checks = 0;

  constructor(
    private readonly workbench: Workbench,
    private readonly name: string,
  ) {
    this.notebook = new Notebook(workbench.page);
  }

  async visit(index: number, kind: string): Promise<void> {
    const { page } = this.workbench;
    const row = await this.inSight(index);
    await row.hover();
    await row.locator('.run-button-container .codicon-notebook-execute').click();
    if (kind === 'predict') {
      await this.workbench.quick.waitForTitle('What do you expect?');
      await page.keyboard.press('Enter');
    }
    await this.settled();
    if (kind !== 'check') return;
    this.checks += 1;
    const failed = this.notebook.outputs.locator('.card.check', { hasText: 'Not yet.' }).first();
    if ((await failed.count()) === 0) return;
    await failed.scrollIntoViewIfNeeded();
    await this.shot(`check-${String(this.checks)}-failed`);
    await this.notebook.press(failed, 'Show the Solution');
    await this.settled();
    await this.notebook.press(failed, 'Do It for Me');
    await this.settled();
  }

  async picture(theme: Theme): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.setTheme(theme);
    await this.turnUntilItStands(-4000);
    for (let nth = 1; nth < 40; nth += 1) {
      // The inside of a webview is drawn after the page around it.
      await page.waitForTimeout(900);
      await this.shot(`${String(nth).padStart(2, '0')}-${theme}`);
      if (!(await this.turn(2 * (SIZE.height - 220)))) return;
    }
  }

  private async turnUntilItStands(by: number): Promise<void> {
    for (let turns = 0; turns < 100; turns += 1) if (!(await this.turn(by))) return;
  }

  /** Turns the wheel over the notebook. @returns Whether it moved */
  private async turn(by: number): Promise<boolean> {
    const { page } = this.workbench;
    const rows = page.locator('.notebookOverlay .monaco-list-rows').first();
    const place = () => rows.evaluate((element) => (element instanceof HTMLElement ? element.style.top : ''));
    const before = await place();
    await page.mouse.move(SIZE.width / 2, SIZE.height / 2);
    for (let rest = Math.abs(by); rest > 0; rest -= NOTCH) {
      await page.mouse.wheel(0, Math.sign(by) * NOTCH);
      await page.waitForTimeout(20);
    }
    await page.waitForTimeout(400);
    return (await place()) !== before;
  }

  /** What is scrolled out of sight is not in the page: the wheel is turned until the cell is there. */
  private async inSight(index: number): Promise<Locator> {
    const { page } = this.workbench;
    const rows = page.locator('.notebookOverlay .monaco-list-row');
    await page.mouse.move(SIZE.width / 2, SIZE.height / 2);
    for (let turns = 0; turns < 200; turns += 1) {
      const row = page.locator(`.notebookOverlay .monaco-list-row[data-index="${String(index)}"]`);
      const box = await row.boundingBox({ timeout: 200 }).catch(() => null);
      const first = Number(await rows.first().getAttribute('data-index'));
      const below = box === null ? index > first : box.y > SIZE.height * 0.6;
      const above = box === null ? index < first : box.y < 130;
      if (!above && !below) return row;
      await page.mouse.wheel(0, below ? 320 : -320);
      await page.waitForTimeout(120);
      const after = await row.boundingBox({ timeout: 200 }).catch(() => null);
      // The end of the notebook.
      if (box !== null && after !== null && Math.abs(after.y - box.y) < 2) return row;
    }
    throw new Error(`Cell ${String(index)} does not come into sight.`);
  }

  /** Until nothing runs, for longer than what runs next needs to begin. */
  private async settled(): Promise<void> {
    const { page } = this.workbench;
    const busy = page.locator('[class*="codicon-notebook-state-executing"], [class*="codicon-notebook-state-pending"]');
    const until = Date.now() + LONGEST;
    for (let quiet = 0; quiet < 4; quiet += 1) {
      await page.waitForTimeout(250);
      if ((await busy.count()) === 0) continue;
      quiet = 0;
      if (Date.now() > until) throw new Error('A cell runs and runs.');
    }
  }

  private async shot(what: string): Promise<void> {
    process.stdout.write(`${await this.workbench.screenshot(`${this.name}-${what}`)}\n`);
  }
}
