/** When something was on the screen, told by the page itself, so that the way to this process costs nothing. */
import type { Page } from 'playwright-core';

/**
 * Arms at once; what it gives then waits.
 *
 * @param selector CSS, of an element that is not there yet.
 * @param text What it contains, or matches; the empty text is in all.
 * @returns Milliseconds since the epoch, at the frame that shows it.
 */
export async function whenShown(
  page: Page,
  selector: string,
  text: string | RegExp = '',
): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(
    ({ selector: wanted, words, pattern }) => {
      // Methods: what runs in the page has no helper that keeps the names of other functions.
      const look = {
        matches(shown: string): boolean {
          return pattern === null ? shown.includes(words) : new RegExp(pattern).test(shown);
        },
        there(): boolean {
          return [...document.querySelectorAll(wanted)].some((element) => this.matches(element.textContent));
        },
      };
      const shown = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!look.there()) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            resolve(performance.timeOrigin + performance.now());
          });
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      });
      return { shown };
    },
    typeof text === 'string' ? { selector, words: text, pattern: null } : { selector, words: '', pattern: text.source },
  );
  return () => watch.evaluate(({ shown }) => shown);
}

/** Milliseconds from the moment that the next click in the page ends until something is on the screen. */
export async function fromClickUntilShown(
  page: Page,
  click: () => Promise<void>,
  selector: string,
  text = '',
): Promise<number> {
  const clicked = await page.evaluateHandle(() => ({
    at: new Promise<number>((resolve) => {
      const options = { capture: true, once: true };
      document.addEventListener(
        'mouseup',
        () => {
          resolve(performance.timeOrigin + performance.now());
        },
        options,
      );
    }),
  }));
  const shown = await whenShown(page, selector, text);
  await click();
  return (await shown()) - (await clicked.evaluate(({ at }) => at));
}
