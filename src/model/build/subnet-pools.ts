/** Allocation pools that the file gives. */
import { containsAddress, parseAddress, type Cidr } from '../addresses.js';
import type { Pool } from '../allocation/pools.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { SubnetFile } from '../lab-file/schema.js';
import { poolViolations } from '../rules/pools.js';

/** Null when the file gives none, or none that is right. */
export function readPools(
  file: SubnetFile,
  cidr: Cidr,
  gateway: string | null,
  path: Path,
  problems: ProblemList,
): Pool[] | null {
  if (file.allocation_pools === undefined) return null;
  const given = present(file.allocation_pools);
  problems.refuse(path, poolViolations(given, cidr, gateway));
  const pools = given
    .filter(([, { start, end }]) => containsAddress(cidr, start) && containsAddress(cidr, end))
    .map(([, { start, end }]) => ({ start: parseAddress(start).value, end: parseAddress(end).value }))
    .filter(({ start, end }) => start <= end);
  return pools.length === 0 ? null : pools;
}
