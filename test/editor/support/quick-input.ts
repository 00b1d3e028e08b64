/** The box at the top of the window: command palette, quick picks, input boxes. */
import type { Locator, Page } from 'playwright-core';
import { PATIENCE, exactly, plain, until } from './until.js';

export class QuickInput {
  constructor(private readonly page: Page) {}

  get box(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get input(): Locator {
    return this.box.locator('.quick-input-box input.input');
  }

  /** Runs a command of the palette by its title: `Neutron Lab: Up`. */
  async command(title: string): Promise<void> {
    const name = this.page.locator('.label-name', { hasText: exactly(title) });
    // What happens in the window meanwhile may take the focus, and the palette goes.
    await until(`the command ${title} is chosen`, async () => {
      await this.#palette(title);
      return await this.box
        .locator('.monaco-list-row', { has: name })
        .first()
        .click({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** Whether the palette offers a command of exactly this title. */
  async offers(title: string): Promise<boolean> {
    await this.#palette(title);
    await until('the palette has looked', async () => (await this.items()).length > 0);
    const found = (await this.items()).includes(title);
    await this.escape();
    return found;
  }

  /** The palette with this typed into it: a box that is just closing may take the key with it. */
  async #palette(title: string): Promise<void> {
    await until('the command palette opens', async () => {
      await this.page.keyboard.press('F1');
      return await this.input.fill(`>${title}`, { timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Waits until the box has this title. */
  async waitForTitle(title: string | RegExp): Promise<void> {
    await this.box.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  async fill(text: string): Promise<void> {
    await this.input.fill(text);
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  /** Labels of what can be chosen. */
  async items(): Promise<string[]> {
    const names = await this.box.locator('.quick-input-list .monaco-list-row .label-name').allTextContents();
    return names.map((name) => plain(name).trim());
  }

  async choose(label: string | RegExp, timeout = PATIENCE): Promise<void> {
    const name = this.page.locator('.label-name', { hasText: typeof label === 'string' ? exactly(label) : label });
    await this.box.locator('.quick-input-list .monaco-list-row', { has: name }).first().click({ timeout });
  }

  /** Waits for what the box says is wrong, or asks. */
  async message(text: string | RegExp): Promise<string> {
    const message = this.box.locator('.quick-input-message', { hasText: text });
    await message.waitFor();
    return plain(await message.innerText());
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async back(): Promise<void> {
    await this.box.locator('.quick-input-titlebar .codicon-quick-input-back').click();
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }
}
