/** The other places of a window: terminal, text editor, notifications, status bar. */
import type { Locator, Page } from 'playwright-core';
import { plain, until } from './until.js';

/** The terminal in front. */
export class Terminal {
  constructor(private readonly page: Page) {}

  /** Types a line and presses Enter. */
  async type(line: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** What is on it, line by line. */
  async text(): Promise<string> {
    const rows = await this.page.locator('.terminal-wrapper.active .xterm-rows > div').allTextContents();
    return rows
      .map((row) => plain(row).trimEnd())
      .join('\n')
      .trimEnd();
  }

  async waitForText(text: string | RegExp, limit?: number): Promise<string> {
    let last = '';
    const look = async () => {
      last = await this.text();
      return (typeof text === 'string' ? last.includes(text) : text.test(last)) && last;
    };
    try {
      return await until(`the terminal shows "${String(text)}"`, look, limit);
    } catch (error) {
      throw new Error(`${String(error)}. It shows:\n${last}`, { cause: error });
    }
  }
}

/** The text editor in front. */
export class TextEditor {
  constructor(private readonly page: Page) {}

  private get view(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Name on the tab in front. */
  async title(): Promise<string> {
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    return (await tab.getAttribute('data-resource-name')) ?? '';
  }

  async waitForTitle(title: string | RegExp): Promise<void> {
    await until(`an editor "${String(title)}"`, async () => {
      const name = await this.title().catch(() => '');
      return typeof title === 'string' ? name === title : title.test(name);
    });
  }

  /** The lines in sight, in their order. */
  async text(): Promise<string> {
    const lines = await this.view.locator('.view-line').evaluateAll((all) =>
      all
        .map((line) => ({
          top: parseFloat(/top: *([\d.]+)px/.exec(line.getAttribute('style') ?? '')?.[1] ?? '0'),
          text: line.textContent,
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return plain(lines.join('\n'));
  }

  async waitForText(text: string | RegExp): Promise<string> {
    return until(`the editor shows "${String(text)}"`, async () => {
      const now = await this.text();
      return (typeof text === 'string' ? now.includes(text) : text.test(now)) && now;
    });
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget:visible .quick-input-box input.input');
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
  }
}

export class Notifications {
  constructor(private readonly page: Page) {}

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Waits for it. */
  async waitFor(text: string | RegExp, limit?: number): Promise<Locator> {
    const toast = this.toast(text).first();
    await toast.waitFor(limit === undefined ? {} : { timeout: limit });
    return toast;
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await (await this.waitFor(text)).getByRole('button', { name: button, exact: true }).click();
  }

  /** The texts of those on the screen. */
  async texts(): Promise<string[]> {
    return (await this.page.locator('.notification-toast .notification-list-item-message').allTextContents()).map(
      plain,
    );
  }
}
