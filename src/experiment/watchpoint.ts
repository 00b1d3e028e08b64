/** Waiting for something to be so, while events come in. */
import { Interrupted } from '../lab/lab-errors.js';

/** Whoever takes in an event calls `stir`; whoever waits is asked again then. */
export class Watchpoint {
  private readonly waiting = new Set<() => void>();

  stir(): void {
    for (const look of this.waiting) look();
  }

  /**
   * @returns true as soon as `reached` holds, false when `seconds` have passed without it
   * @throws Interrupted
   */
  async until(reached: () => boolean, seconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    return await new Promise<boolean>((resolve, reject) => {
      const over = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
        signal?.removeEventListener('abort', stop);
      };
      const end = (result: boolean): void => {
        over();
        resolve(result);
      };
      const look = (): void => {
        if (reached()) end(true);
      };
      const stop = (): void => {
        over();
        reject(new Interrupted());
      };
      const timer = setTimeout(() => {
        end(reached());
      }, seconds * 1000);
      this.waiting.add(look);
      signal?.addEventListener('abort', stop);
      if (signal?.aborted === true) stop();
      else look();
    });
  }
}
