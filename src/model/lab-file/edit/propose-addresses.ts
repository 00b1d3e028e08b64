/** Good addresses for what is new: free, and going on as those that are there. */
import {
  formatAddress,
  formatCidr,
  overlaps,
  parseAddress,
  parseCidr,
  tryParseCidr,
  type Cidr,
  type IpVersion,
} from '../../addresses.js';
import { AddressBook, defaultGateway } from '../../allocation/pools.js';
import { isMap } from '../sections.js';
import { valueOf, type OpenLabFile } from './open.js';
import { findTarget, subnetPaths } from './targets.js';

/** What the bundled labs begin with. */
const FIRST = { 4: '192.168.10.0/24', 6: 'fd00:a::/64' } as const;
/** As FIRST goes on where there are no two to learn from: tens, and the next letter. */
const STEP = { 4: 10n << 8n, 6: 1n << 96n } as const;
const BITS = { 4: 32n, 6: 128n } as const;
/** Ranges that are tried before a step of the size of the subnet is taken. */
const TRIES = 200;

/**
 * A CIDR that overlaps with none of the lab and goes on as the last two of its size do: after 192.168.10.0/24 and
 * 192.168.20.0/24 comes 192.168.30.0/24. External networks are no example.
 * @returns Null when there is none left.
 */
export function nextCidr(file: OpenLabFile, version: IpVersion): string | null {
  const all = cidrs(file, () => true);
  const taken = all.filter((cidr) => cidr.version === version);
  const inside = cidrs(file, (network) => !isExternal(file, network)).filter((cidr) => cidr.version === version);
  const last = inside.at(-1);
  const free = (cidr: Cidr): boolean => !taken.some((other) => overlaps(cidr, other));
  if (last === undefined) {
    const first = parseCidr(FIRST[version]);
    return free(first) ? formatCidr(first) : search(first, STEP[version], free);
  }
  const before = inside.filter((cidr) => cidr.prefixLength === last.prefixLength).at(-2);
  const learnt = before === undefined ? 0n : last.first - before.first;
  const size = last.last - last.first + 1n;
  const usual = STEP[version] > size ? STEP[version] : size;
  const step = learnt > 0n && learnt % size === 0n ? learnt : usual % size === 0n ? usual : size;
  return search(last, step, free) ?? search(last, size, free);
}

function search(from: Cidr, step: bigint, free: (cidr: Cidr) => boolean): string | null {
  const size = from.last - from.first + 1n;
  for (let nth = 1n; nth <= TRIES; nth++) {
    const first = from.first + step * nth;
    if (first + size > 1n << BITS[from.version]) return null;
    const cidr: Cidr = { ...from, first, last: first + size - 1n, hostBits: false };
    if (free(cidr) && isPrivateLike(from, cidr)) return formatCidr(cidr);
  }
  return null;
}

/** What begins in 192.168.0.0/16 or 10.0.0.0/8 (RFC 1918) stays there, an IPv6 prefix in its /16. */
function isPrivateLike(from: Cidr, cidr: Cidr): boolean {
  const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((text) => parseCidr(text));
  const home = ranges.find((range) => overlaps(range, from));
  return home === undefined || (overlaps(home, cidr) && cidr.last <= home.last);
}

/** Neutron's default for a CIDR; null when the text is none. In IPv6 it is the prefix itself. */
export function gatewayOf(cidr: string): string | null {
  const range = tryParseCidr(cidr);
  return range === null ? null : formatAddress({ version: range.version, value: defaultGateway(range) });
}

/**
 * The lowest address of a subnet's allocation pools that nothing has. Null when none is free, or the file has errors.
 * @param subnet Name or id.
 */
export function nextFreeAddress(file: OpenLabFile, subnet: string): string | null {
  const { lab } = file.analysis;
  const { id } = findTarget(file, { kind: 'subnet', ref: subnet });
  const resource = lab?.subnets.find((one) => one.id === id);
  if (lab === null || resource === undefined) return null;
  const pools = resource.allocation_pools.map(({ start, end }) => ({
    start: parseAddress(start).value,
    end: parseAddress(end).value,
  }));
  const book = new AddressBook(pools);
  for (const port of lab.ports) {
    for (const ip of port.fixed_ips) if (ip.subnet_id === id) book.take(parseAddress(ip.ip_address).value, port.id);
  }
  const value = book.takeLowest('');
  return value === null ? null : formatAddress({ version: resource.ip_version, value });
}

function cidrs(file: OpenLabFile, test: (network: string) => boolean): Cidr[] {
  return subnetPaths(file).flatMap(({ network, path }) => {
    const text = valueOf(file, [...path, 'cidr']);
    const cidr = test(network) && typeof text === 'string' ? tryParseCidr(text) : null;
    return cidr === null ? [] : [cidr];
  });
}

export function isExternal(file: OpenLabFile, network: string): boolean {
  const value = valueOf(file, ['networks', network]);
  return isMap(value) && value['router:external'] === true;
}
