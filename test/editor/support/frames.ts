/** How long the frames of a page take while something is done to it, told by the page itself. */
import type { Locator } from 'playwright-core';

/**
 * @param inside Of the page whose frames are counted.
 * @returns Milliseconds between two frames: of half of them at most, and of nineteen in twenty.
 */
export async function framesDuring(
  inside: Locator,
  doing: () => Promise<void>,
): Promise<{ readonly median: number; readonly p95: number }> {
  const counting = await inside.evaluateHandle(() => {
    // A method: what runs in the page has no helper that keeps the names of other functions.
    const counter = {
      times: [] as number[],
      last: performance.now(),
      on: true,
      go(): void {
        requestAnimationFrame((now) => {
          this.times.push(now - this.last);
          this.last = now;
          if (this.on) this.go();
        });
      },
    };
    counter.go();
    return counter;
  });
  await doing();
  const times = await counting.evaluate((counter) => {
    counter.on = false;
    return counter.times.slice(1);
  });
  times.sort((one, other) => one - other);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
