/** The renderer of a lesson's notebook: draws the card of each output, and brings back what a person does with it. */
import * as l10n from '@vscode/l10n';
import { flushSync } from 'react-dom';
import { type Root, createRoot } from 'react-dom/client';
import type { FromRenderer, ShownCard, ToRenderer } from '../../src/editor/lessons/card.js';
import { CardView } from './card-view.js';
import { type Feed, Feeds } from './feeds.js';
import STYLE from './lesson.css?text';

/** What VS Code gives to a renderer: https://code.visualstudio.com/api/extension-guides/notebook, as far as it is used. */
interface RendererContext {
  postMessage?(message: FromRenderer): void;
  onDidReceiveMessage?(take: (message: ToRenderer) => void): unknown;
}

interface OutputItem {
  json(): unknown;
}

interface Shown {
  readonly root: Root;
  readonly draw: () => void;
}

export function activate(context: RendererContext) {
  const shown = new Map<string, Shown>();
  const feeds = new Feeds();
  const post = (message: FromRenderer): void => {
    context.postMessage?.(message);
  };
  context.onDidReceiveMessage?.((message) => {
    if (message.type !== 'words') {
      feeds.take(message);
      return;
    }
    l10n.config({ contents: message.words });
    for (const { draw } of shown.values()) draw();
  });
  post({ type: 'hello' });

  const dispose = (id: string): void => {
    const one = shown.get(id);
    if (!one) return;
    shown.delete(id);
    one.root.unmount();
  };
  return {
    renderOutputItem(item: OutputItem, element: HTMLElement & { readonly id: string }, outputId = ''): void {
      const id = outputId === '' ? element.id : outputId;
      dispose(id);
      const { cell, card } = item.json() as ShownCard;
      const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
      const style = document.createElement('style');
      style.textContent = STYLE;
      const place = document.createElement('div');
      shadow.replaceChildren(style, place);
      const root = createRoot(place);
      const feed: Feed = feeds.of(cell);
      const draw = (): void => {
        // At once: VS Code measures what it was given when this returns, and gives a card that is not there yet no height.
        flushSync(() => {
          root.render(<CardView key={JSON.stringify(card)} cell={cell} card={card} feed={feed} post={post} />);
        });
      };
      shown.set(id, { root, draw });
      draw();
    },
    disposeOutputItem(id?: string): void {
      if (id !== undefined) dispose(id);
      else for (const each of [...shown.keys()]) dispose(each);
    },
  };
}
