/** The notebook in front: its cells, and the cards beneath them. What is scrolled out of sight is not in the page. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class Notebook {
  constructor(private readonly page: Page) {}

  /** Where outputs are: one page for all of them. */
  get outputs(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The code cell with this text. */
  cell(text: string): Locator {
    return this.page.locator('.notebookOverlay .code-cell-row', { hasText: text }).first();
  }

  /** Presses the button beside a cell. */
  async run(text: string): Promise<void> {
    const cell = this.cell(text);
    await cell.hover();
    await cell.locator('.run-button-container .codicon-notebook-execute').click();
  }

  /** A card, by the class of its kind: `.predict`, `.check`. */
  card(kind: string): Locator {
    return this.outputs.locator(`.card${kind}`).first();
  }

  /** Presses a button of a card. The outputs lie above the editor and move with it, so the pointer may miss them. */
  async press(card: Locator, button: string): Promise<void> {
    const found = card.getByRole('button', { name: button, exact: true });
    await found.focus();
    await found.press('Enter');
  }

  /** Marks one of several answers. */
  async choose(card: Locator, answer: string): Promise<void> {
    const radio = card.getByLabel(answer, { exact: true });
    await radio.focus();
    await radio.press('Space');
  }
}
