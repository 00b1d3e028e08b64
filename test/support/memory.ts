/** Memory of containers, from the kernel of the machine that they run on. */
import { readFile, readdir } from 'node:fs/promises';

/**
 * Proportional set sizes, summed: what the processes would free if they all ended.
 * @param containers ids; their processes must be visible here (an engine on this machine, and root)
 * @returns MB (10^6 bytes)
 */
export async function residentMemory(containers: readonly string[]): Promise<number> {
  let kilobytes = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    if (!containers.some((id) => cgroup.includes(id))) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  }
  return (kilobytes * 1024) / 1e6;
}
