/** The real workbench, with words for what a person does in it. `page` is there for everything else. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Notifications, Terminal, TextEditor } from './panes.js';
import { QuickInput } from './quick-input.js';
import { ROOT, Session, type SessionOptions } from './session.js';
import { Tree } from './tree.js';
import { until } from './until.js';

/** What the list of themes calls it, and the class that the window wears then. */
export const THEMES = {
  dark: { label: 'Dark Modern', shown: '.monaco-workbench.vs-dark' },
  light: { label: 'Light Modern', shown: '.monaco-workbench.vs:not(.vs-dark)' },
  'high-contrast': { label: 'Dark High Contrast', shown: '.monaco-workbench.hc-black' },
} as const;

export type Theme = keyof typeof THEMES;

/** Milliseconds until a window can be used; 2 to 5 s on a quiet machine. */
const START = 60_000;

/** Milliseconds until a list is there whose content is asked of the nodes first. */
const LIST = 15_000;

export class Workbench {
  /** Those that are not closed yet. */
  static readonly opened = new Set<Workbench>();
  readonly tree: Tree;
  readonly quick: QuickInput;
  readonly terminal: Terminal;
  readonly editor: TextEditor;
  readonly notifications: Notifications;

  private constructor(readonly session: Session) {
    const { page } = session;
    this.tree = new Tree(page);
    this.quick = new QuickInput(page);
    this.terminal = new Terminal(page);
    this.editor = new TextEditor(page);
    this.notifications = new Notifications(page);
  }

  /** A window on a folder of its own. Its time is 2 to 5 s; call it in `before`, and `close` in `after`. */
  static async open(options: SessionOptions = {}): Promise<Workbench> {
    const session = await Session.start(options);
    try {
      const workbench = new Workbench(session);
      await workbench.reload();
      Workbench.opened.add(workbench);
      return workbench;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get page(): Page {
    return this.session.page;
  }

  /** Chooses from a row's menu, and then from the list that this opens: `chooseOf(row, 'Show Logs', 'System log')`. */
  async chooseOf(row: Locator, command: string, choice: string): Promise<void> {
    // A list goes when something else in the window takes the focus before it is clicked, as the palette does.
    await until(`"${choice}" is chosen after "${command}"`, async () => {
      await this.tree.contextMenu(row, command);
      return this.quick.choose(choice, LIST).then(
        () => true,
        () => false,
      );
    });
  }

  /** The folder of the workspace on the disk. */
  get folder(): string {
    return this.session.folder;
  }

  /** A second window on the same folder, beside this one; it ends with this one at the latest. */
  async another(): Promise<Workbench> {
    const workbench = new Workbench(await this.session.another());
    await workbench.reload();
    return workbench;
  }

  /** One more window, on no folder at all. */
  async anotherWithoutFolder(): Promise<Workbench> {
    const workbench = new Workbench(await this.session.another());
    await workbench.session.goto({ ew: 'true' });
    await workbench.#ready();
    return workbench;
  }

  /** As a person reloads it: what was open is saved before and opened again. */
  async reloadWindow(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.#ready();
  }

  /** A new window on the same folder, as after a crash. */
  async reload(): Promise<void> {
    await this.session.goto({ folder: this.folder });
    await this.#ready();
  }

  async #ready(): Promise<void> {
    const { page } = this;
    await page.locator('.monaco-workbench .activitybar .action-label').first().waitFor({ timeout: START });
    // The theme of the settings comes late, the problems' counter with what else waits for the first quiet moment.
    await page.locator('.monaco-workbench:is(.vs-dark, .vs, .hc-black, .hc-light)').waitFor({ timeout: START });
    await page.locator('.statusbar-item[id="status.problems"]').waitFor({ timeout: START });
  }

  /** Shows what stands behind an icon of the activity bar. */
  async openView(name = 'Neutron Lab'): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${name}"])`).first();
    await icon.waitFor({ timeout: START });
    if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(name, 'i') }).waitFor();
  }

  /** A button in the title of the first view that has it; it shows while the pointer is on the title. */
  async viewAction(name: string): Promise<void> {
    const button = this.page.locator(`.sidebar .actions-container .action-label[aria-label^="${name}"]`);
    const title = this.page.locator('.sidebar .composite.title, .sidebar .pane-header', { has: button });
    await title.first().hover();
    await title.first().locator(button).first().click();
  }

  /** A button or link of the text that an empty view shows. */
  async welcomeButton(name: string): Promise<void> {
    await this.page.locator('.welcome-view-content').getByRole('button', { name, exact: true }).click();
  }

  /** Runs a command of the palette by its title: `Neutron Lab: Up`. */
  async command(title: string): Promise<void> {
    await this.quick.command(title);
  }

  /** Opens a file of the workspace in an editor. */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.quick.fill(path);
    const name = path.split('/').at(-1) ?? path;
    await this.quick.choose(name);
    await this.editor.waitForTitle(name);
  }

  /** Waits until an extension is active. @returns Milliseconds that it took, as VS Code has measured them. */
  async activationOf(displayName: string): Promise<number> {
    await this.command('Developer: Show Running Extensions');
    const row = this.page.locator('.runtime-extensions-editor .extension', { hasText: displayName });
    const time = row.locator('.activation-time');
    const took = await until(`${displayName} is active`, async () => {
      const text = await time.innerText({ timeout: 1000 }).catch(() => '');
      return /(\d+)ms/.exec(text)?.[1];
    });
    // It opens above the others, in a frame of its own.
    await this.page.locator('.modal-editor-action-container .codicon-close').click();
    await row.waitFor({ state: 'hidden' });
    return Number(took);
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** The inside of the webview in front. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The whole window changes its colours, as a person changes them. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, shown } = THEMES[theme];
    const window = this.page.locator(shown);
    if (await window.isVisible()) return;
    await this.command('Preferences: Color Theme');
    await this.quick.fill(label);
    await this.quick.choose(label);
    await window.waitFor();
    await this.quick.box.waitFor({ state: 'hidden' });
  }

  /** @returns The file, below `.cache/screenshots`, which is not committed. */
  async screenshot(name: string, theme?: Theme): Promise<string> {
    if (theme !== undefined) await this.setTheme(theme);
    const folder = join(ROOT, '.cache', 'screenshots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${theme === undefined ? name : `${name}-${theme}`}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  async close(): Promise<void> {
    Workbench.opened.delete(this);
    await this.session.close();
  }
}
