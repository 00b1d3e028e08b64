/** What Neutron refuses about allocation pools (neutron/db/ipam_backend_mixin.py, `_prepare_allocation_pools`). */
import { containsAddress, formatCidr, parseAddress, tryParseAddress, type Address, type Cidr } from '../addresses.js';
import { pythonText } from '../attributes/python.js';
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { AllocationPool } from '../resources.js';

interface Range {
  readonly start: Address;
  readonly end: Address;
  readonly text: string;
  readonly at: AttributePath;
}

/** @param pools With their places in the request's list. */
export function* poolViolations(
  pools: readonly (readonly [index: number, pool: AllocationPool])[],
  cidr: Cidr,
  gateway: string | null,
): Generator<Violation> {
  const ranges: Range[] = [];
  for (const [index, pool] of pools) {
    const at = ['allocation_pools', index];
    const [start, end] = [parseAddress(pool.start), parseAddress(pool.end)];
    if (start.version !== end.version || start.value > end.value) {
      const given = { start: pool.start, end: pool.end };
      yield violation('InvalidAllocationPool', { pool: pythonText(given) }, { at });
    } else ranges.push({ start, end, text: `${pool.start}-${pool.end}`, at });
  }
  for (const range of ranges) {
    if (range.start.version !== cidr.version) {
      const remedy = `Take IPv${cidr.version} addresses, as the CIDR is.`;
      yield violation('InvalidAllocationPool', { pool: range.text }, { at: range.at, remedy });
    } else if (!inBounds(range, cidr)) {
      const values = { pool: range.text, subnet_cidr: formatCidr(cidr) };
      yield violation('OutOfBoundsAllocationPool', values, { at: range.at });
    }
  }
  yield* overlapViolations(ranges, cidr);
  const address = gateway === null ? null : tryParseAddress(gateway);
  if (address !== null) yield* gatewayViolations(ranges, address, gateway ?? '');
}

/** Found by sorting: a stranger's file may hold thousands. */
function* overlapViolations(ranges: readonly Range[], cidr: Cidr): Generator<Violation> {
  const sorted = [...ranges].sort((a, b) => (a.start.value < b.start.value ? -1 : 1));
  for (const [index, range] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || range.start.value > before.end.value) continue;
    const values = { pool_1: before.text, pool_2: range.text, subnet_cidr: formatCidr(cidr) };
    yield violation('OverlappingAllocationPools', values, { at: range.at });
  }
}

function* gatewayViolations(ranges: readonly Range[], gateway: Address, text: string): Generator<Violation> {
  for (const { start, end, text: pool, at } of ranges) {
    if (gateway.version !== start.version || gateway.value < start.value || gateway.value > end.value) continue;
    yield violation('GatewayConflictWithAllocationPools', { ip_address: text, pool }, { at });
  }
}

/** Without the network address and IPv4's broadcast address, apart from subnets that have none. */
function inBounds({ start, end }: Range, cidr: Cidr): boolean {
  if (!containsAddress(cidr, start) || !containsAddress(cidr, end)) return false;
  if (cidr.prefixLength >= (cidr.version === 4 ? 31 : 128)) return true;
  return start.value > cidr.first && (cidr.version === 6 || end.value < cidr.last);
}
