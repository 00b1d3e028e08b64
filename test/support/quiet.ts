/** Waiting until the machine has nothing else to do, so that one measurement does not pay for the one before it. */
import { readFileSync } from 'node:fs';
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

/** Network namespaces that the kernel has, those that it is still taking down among them; null where it does not tell. */
function namespaces(): number | null {
  try {
    return Number(/^net_namespace +(\d+)/m.exec(readFileSync('/proc/slabinfo', 'utf8'))?.[1] ?? 0);
  } catch {
    return null;
  }
}

const atFirst = namespaces();

/** One that is being taken down holds up whoever makes another. */
function namespacesGone(): boolean {
  const now = namespaces();
  // The kernel counts by pages of seven.
  return now === null || atFirst === null || now <= atFirst + 14;
}

/**
 * The kernel takes down the namespaces of a lab for seconds after its containers have gone. Comes back when they
 * are gone and the processors were idle for nine tenths of a second, or after a minute in any case.
 */
export async function quiet(): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    const before = ticks();
    await pause(1000);
    if (namespacesGone() && busy(before, ticks()) < 0.1) return;
  }
}
