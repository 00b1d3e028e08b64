/** Allocation pools of a subnet, and the choice of addresses from them (neutron/ipam/drivers/neutrondb_ipam/driver.py). */
import { formatAddress, type Cidr } from '../addresses.js';
import { hash32 } from '../ids.js';
import type { AllocationPool } from '../resources.js';

export interface Pool {
  readonly start: bigint;
  readonly end: bigint;
}

/** Neutron chooses at random among this many addresses of a pool (`MAX_WIN` there). */
const WINDOW = 1000n;

/**
 * The whole CIDR without the network address, IPv4's broadcast address and the gateway (`generate_pools` in
 * neutron/ipam/utils.py). An IPv4 /31 has neither (RFC 3021); a single address stays in the pool, gateway or not.
 */
export function defaultPools(cidr: Cidr, gateway: bigint | null): Pool[] {
  if (cidr.first === cidr.last) return [{ start: cidr.first, end: cidr.last }];
  const pair = cidr.version === 4 && cidr.prefixLength === 31;
  const start = pair ? cidr.first : cidr.first + 1n;
  const end = pair || cidr.version === 6 ? cidr.last : cidr.last - 1n;
  if (gateway === null || gateway < start || gateway > end) return [{ start, end }];
  return [
    { start, end: gateway - 1n },
    { start: gateway + 1n, end },
  ].filter((pool) => pool.start <= pool.end);
}

/**
 * The gateway that Neutron gives a subnet: the address after the network address, which of an IPv4 /32 is the one after
 * the subnet; in IPv6 the network address itself, as Neutron 21 has it.
 */
export function defaultGateway(cidr: Cidr): bigint {
  if (cidr.version === 6) return cidr.first;
  return (cidr.first + 1n) % (1n << 32n);
}

export function formatPool(pool: Pool, version: 4 | 6): AllocationPool {
  return { start: formatAddress({ version, value: pool.start }), end: formatAddress({ version, value: pool.end }) };
}

/** The addresses of one subnet and who has them. */
export class AddressBook {
  private readonly owners = new Map<bigint, string>();
  /** No address of a pool below this one is free, where the pool was searched from its start. */
  private readonly searched: bigint[];

  constructor(private readonly pools: readonly Pool[]) {
    this.searched = pools.map((pool) => pool.start);
  }

  /** The port that has the address, null when it is free. */
  ownerOf(address: bigint): string | null {
    return this.owners.get(address) ?? null;
  }

  inPools(address: bigint): boolean {
    return this.pools.some((pool) => address >= pool.start && address <= pool.end);
  }

  /** False when another port has it. */
  take(address: bigint, portId: string): boolean {
    if (this.owners.has(address)) return false;
    this.owners.set(address, portId);
    return true;
  }

  /** The lowest free address, as DHCP ports get it; null when there is none. */
  takeLowest(portId: string): bigint | null {
    for (const [index, pool] of this.pools.entries()) {
      let address = this.searched[index] ?? pool.start;
      while (address <= pool.end && this.owners.has(address)) address++;
      this.searched[index] = address;
      if (address <= pool.end && this.take(address, portId)) return address;
    }
    return null;
  }

  /**
   * An address that looks random and follows from the port's id, out of the first thousand of the first pool; the
   * next free one when it is taken. Null when there is none.
   */
  takeAny(portId: string): bigint | null {
    const [pool] = this.pools;
    if (pool === undefined) return null;
    const size = pool.end - pool.start + 1n;
    const window = size < WINDOW ? size : WINDOW;
    const first = BigInt(hash32(portId)) % window;
    if ((this.searched[0] ?? 0n) < pool.start + window) {
      for (let step = 0n; step < window; step++) {
        const address = pool.start + ((first + step) % window);
        if (this.take(address, portId)) return address;
      }
    }
    return this.takeLowest(portId);
  }
}
