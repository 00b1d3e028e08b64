/** The rows of the tree views in the side bar. A row that is scrolled out of sight is not in the page. */
import type { Locator, Page } from 'playwright-core';
import { exactly, plain, until } from './until.js';

interface Row {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** From 1. */
  readonly level: number;
  readonly label: string;
  readonly description: string;
}

/** Milliseconds for one try of several. */
const SOON = 3000;
const ROW = '.pane-body .monaco-list-row';

export class Tree {
  constructor(private readonly page: Page) {}

  /** The rows whose label is this text: the first one by default. */
  row(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name', { hasText: typeof label === 'string' ? exactly(label) : label });
    return this.page.locator(ROW, { has: name }).first();
  }

  /** Opens one row after the other, each below the one before, and gives the last one: `('ha', 'Routers', 'edge')`. */
  async open(...path: readonly string[]): Promise<Locator> {
    for (let depth = 1; depth < path.length; depth += 1) await this.expand(await this.find(...path.slice(0, depth)));
    return this.find(...path);
  }

  /** The row at the end of a path whose rows are open already. */
  async find(...path: readonly string[]): Promise<Locator> {
    const look = async () => rowAt(await this.rows(), path);
    const { index } = await this.#seen(`the row ${path.join(' › ')}`, look);
    // Two views may stand one below the other, each with a row of that number.
    const name = this.page.locator('.label-name', { hasText: exactly(path.at(-1) ?? '') });
    return this.page.locator(`${ROW}[data-index="${index}"]`, { has: name }).first();
  }

  async expand(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    await until('the row opens', async () => (await row.getAttribute('aria-expanded')) === 'true');
  }

  /** Presses the button that shows when the pointer is on the row. */
  async inlineAction(row: Locator, name: string | RegExp): Promise<void> {
    const label = typeof name === 'string' ? `[aria-label="${name}"]` : undefined;
    const button = label === undefined ? row.getByRole('button', { name }) : row.locator(`.action-label${label}`);
    // Rows that come meanwhile move this one from under the pointer.
    await until(`the button ${String(name)} is pressed`, async () => {
      if (await came(row.hover({ timeout: SOON }))) return came(button.first().click({ timeout: SOON }));
      // What another row tells of itself lies above this one, until the pointer is elsewhere.
      await this.page.mouse.move(0, 0);
      return false;
    });
  }

  /** What the menu of a row offers, in order; the menu is closed again. */
  async menuItems(row: Locator): Promise<string[]> {
    await this.#noMenu();
    const items = this.#menuItem();
    const names = await until('the menu of a row', async () => {
      await this.#openMenu(row);
      const all = await items.allTextContents();
      return all.length > 0 && all.map((name) => plain(name).trim());
    });
    await this.#noMenu();
    return names.filter((name) => name !== '');
  }

  /** Chooses from the menu of a row: `contextMenu(row, 'Break', 'Power Off Node')`. */
  async contextMenu(row: Locator, ...path: readonly string[]): Promise<void> {
    await this.#noMenu();
    // A menu is deaf for its first tenth of a second, so what counts is not that it was clicked but that it is gone.
    await until(`"${path.join(' › ')}" is chosen`, async () => {
      await this.#openMenu(row);
      for (const label of path)
        if (!(await came(this.#menuItem(label).first().click({ timeout: SOON })))) return this.#noMenu();
      return came(this.#menuItem().first().waitFor({ state: 'hidden', timeout: SOON }));
    });
  }

  /** A row's description, the grey text behind the label. */
  async description(row: Locator): Promise<string> {
    return plain((await row.locator('.label-description').allTextContents()).join(' ')).trim();
  }

  /** Every row in sight, two spaces for each level, with its description: what a person reads. */
  async lines(): Promise<string[]> {
    return (await this.rows()).map(({ level, label, description }) =>
      `${'  '.repeat(level - 1)}${label} ${description}`.trimEnd(),
    );
  }

  /** Waits until a line is there, as `lines` has it but without its indentation. */
  async waitForLine(line: string | RegExp): Promise<void> {
    const matches = (text: string) => (typeof line === 'string' ? text.trim() === line : line.test(text.trim()));
    await this.#seen(`a row "${String(line)}"`, async () => (await this.lines()).some(matches));
  }

  #menuItem(label?: string): Locator {
    const items = this.page.locator('.monaco-menu .action-menu-item .action-label');
    return label === undefined ? items : items.filter({ hasText: exactly(label) });
  }

  async #openMenu(row: Locator): Promise<void> {
    const item = this.#menuItem().first();
    if (await item.isVisible()) return;
    await came(row.click({ button: 'right', timeout: SOON }));
    await came(item.waitFor({ timeout: SOON }));
  }

  async #noMenu(): Promise<false> {
    await until('no menu is open', async () => {
      if (!(await this.#menuItem().first().isVisible())) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
    return false;
  }

  private async rows(): Promise<Row[]> {
    const found = await this.page.locator(ROW).evaluateAll((rows) =>
      rows.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        level: Number(row.getAttribute('aria-level')),
        label: row.querySelector('.label-name')?.textContent.trim() ?? '',
        description: row.querySelector('.label-description')?.textContent.trim() ?? '',
      })),
    );
    // The list of terminals has rows, too, but no levels.
    return found
      .filter(({ level }) => level > 0)
      .map((row) => ({ ...row, label: plain(row.label), description: plain(row.description) }))
      .sort((a, b) => a.index - b.index);
  }

  /** As `until`; what is there instead is part of the error. */
  async #seen<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    try {
      return await until(what, look);
    } catch (error) {
      throw new Error(`${String(error)}. There are:\n${(await this.lines()).join('\n')}`, { cause: error });
    }
  }
}

/** Whether it came to be, where that it did not is no failure yet. */
async function came(event: Promise<void>): Promise<boolean> {
  return event.then(
    () => true,
    () => false,
  );
}

/** The row at the end of a path from the top level on, undefined where one of it is not in sight. */
function rowAt(rows: readonly Row[], path: readonly string[]): Row | undefined {
  let from = 0;
  let found: Row | undefined;
  for (const [depth, label] of path.entries()) {
    const below = rows.slice(from);
    const end = below.findIndex((row) => row.level <= depth);
    found = (end < 0 ? below : below.slice(0, end)).find((row) => row.level === depth + 1 && row.label === label);
    if (found === undefined) return undefined;
    from = rows.indexOf(found) + 1;
  }
  return found;
}
