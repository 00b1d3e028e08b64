/** Waiting for what a page shows: it tells no event for most of it, so it is looked at until it is so or time is up. */
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds. A loaded machine takes seconds for what a quiet one does at once. */
export const PATIENCE = 30_000;
const INTERVAL = 50;

/**
 * @param what For the message: "the router's row has the badge M".
 * @param look Gives what was waited for, or undefined or false while it is not so.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, limit = PATIENCE): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${limit / 1000} s: ${what}`);
    await delay(INTERVAL);
  }
}

/** Non-breaking spaces as the workbench has them become plain ones. */
export function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** For locators: this text and nothing around it. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
