/** Allocation pools that the file gives (`validate_allocation_pools`). */
import { containsAddress, formatCidr, parseAddress, type Cidr } from '../addresses.js';
import type { Pool } from '../allocation/pools.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { SubnetFile } from '../lab-file/schema.js';

interface GivenPool extends Pool {
  readonly text: string;
  readonly path: Path;
}

/** Null when the file gives none, or none that is right. */
export function readPools(
  file: SubnetFile,
  cidr: Cidr,
  gateway: bigint | null,
  path: Path,
  problems: ProblemList,
): Pool[] | null {
  if (file.allocation_pools === undefined) return null;
  const pools: GivenPool[] = [];
  for (const [index, given] of present(file.allocation_pools)) {
    const [start, end] = [parseAddress(given.start), parseAddress(given.end)];
    const pool = {
      start: start.value,
      end: end.value,
      text: `${given.start}-${given.end}`,
      path: [...path, 'allocation_pools', index],
    };
    if (!containsAddress(cidr, start) || !containsAddress(cidr, end)) {
      problems.error({
        path: pool.path,
        code: 'OutOfBoundsAllocationPool',
        message: `The allocation pool ${pool.text} spans beyond the subnet cidr ${formatCidr(cidr)}.`,
        remedy: 'Take addresses of the CIDR.',
      });
    } else if (pool.start > pool.end) {
      problems.error({
        path: pool.path,
        code: 'InvalidAllocationPool',
        message: `The allocation pool ${pool.text} is not valid.`,
        remedy: 'Exchange `start` and `end`.',
      });
    } else pools.push(pool);
  }
  checkPools(pools, gateway, problems);
  return pools.length === 0 ? null : pools.map(({ start, end }) => ({ start, end }));
}

function checkPools(pools: readonly GivenPool[], gateway: bigint | null, problems: ProblemList): void {
  const sorted = [...pools].sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const [index, pool] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && pool.start <= before.end) {
      problems.error({
        path: pool.path,
        code: 'OverlappingAllocationPools',
        message: `The allocation pools ${before.text} and ${pool.text} overlap.`,
        remedy: 'Let one end before the other starts.',
      });
    }
    if (gateway !== null && gateway >= pool.start && gateway <= pool.end) {
      problems.error({
        path: pool.path,
        code: 'GatewayConflictWithAllocationPools',
        message: `The gateway's address lies in the allocation pool ${pool.text}.`,
        remedy: 'Leave the gateway out of the pool.',
      });
    }
  }
}
