/** Memory of containers, from the kernel of the machine that they run on. */
import { readFile, readdir } from 'node:fs/promises';

/** Both in MB (10^6 bytes). */
export interface Memory {
  /** Resident set sizes, summed, as `ps` shows them: a page that several processes share counts once for each of them. */
  readonly rss: number;
  /** Proportional set sizes, summed: a shared page counts once in all. It is what would be free if the lab ended. */
  readonly pss: number;
}

/** @param containers ids; their processes must be visible here (an engine on this machine, and root) */
export async function memoryOf(containers: readonly string[]): Promise<Memory> {
  let [rss, pss] = [0, 0];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    if (!containers.some((id) => cgroup.includes(id))) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    rss += kilobytes(rollup, 'Rss');
    pss += kilobytes(rollup, 'Pss');
  }
  return { rss: (rss * 1024) / 1e6, pss: (pss * 1024) / 1e6 };
}

function kilobytes(rollup: string, name: string): number {
  return Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);
}
