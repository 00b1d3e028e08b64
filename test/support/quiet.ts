/** Waiting until the machine has nothing else to do, so that one measurement does not pay for the one before it. */
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** Share of all processors' time, 0 to 1, that was used since `before`. */
function busy(before: readonly number[], now: readonly number[]): number {
  const [idleBefore = 0, allBefore = 0] = before;
  const [idle = 0, all = 0] = now;
  return 1 - (idle - idleBefore) / Math.max(1, all - allBefore);
}

function ticks(): number[] {
  const times = cpus().map((processor) => processor.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return [idle, times.reduce((sum, time) => sum + time.idle + time.user + time.sys + time.nice + time.irq, 0)];
}

/**
 * The kernel takes down the namespaces of a lab for seconds after its containers have gone. Comes back when the
 * processors were idle for nine tenths of a second, or after half a minute in any case.
 */
export async function quiet(): Promise<void> {
  for (let second = 0; second < 30; second += 1) {
    const before = ticks();
    await pause(1000);
    if (busy(before, ticks()) < 0.1) return;
  }
}
