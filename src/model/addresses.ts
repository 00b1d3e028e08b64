/**
 * Arithmetic on IPv4 and IPv6 addresses. Addresses travel as text in their canonical form (RFC 5952 for IPv6);
 * sums are done on bigints.
 */
import ipaddr from 'ipaddr.js';
import { LabError } from './errors.js';

export type IpVersion = 4 | 6;

export interface Address {
  readonly version: IpVersion;
  readonly value: bigint;
}

export interface Cidr {
  readonly version: IpVersion;
  readonly prefixLength: number;
  /** The lowest address of the range, host bits cleared. */
  readonly first: bigint;
  /** The highest address of the range. */
  readonly last: bigint;
  /** Host bits were set in the text that this was read from. */
  readonly hostBits: boolean;
}

/** The largest subnet that the arithmetic below is asked about has 2^128 addresses. */
const BITS = { 4: 32, 6: 128 } as const;

/** An address without a zone, in four-part decimal or any IPv6 form; null when it is not one. */
export function tryParseAddress(text: string): Address | null {
  // The longest IPv6 text has 45 characters; longer ones never reach the regular expressions behind.
  if (text.length > 45) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(text))
    return { version: 4, value: toValue(ipaddr.IPv4.parse(text).octets, 8) };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  return { version: 6, value: toValue(ipaddr.IPv6.parse(text).parts, 16) };
}

/** @throws LabError `InvalidAddress` */
export function parseAddress(text: string): Address {
  const address = tryParseAddress(text);
  if (address === null) {
    throw new LabError('InvalidAddress', `'${text}' is not an IP address.`, 'Write it as 192.168.10.5 or fd00:a::5.');
  }
  return address;
}

export function tryParseCidr(text: string): Cidr | null {
  const match = /^([0-9A-Fa-f.:]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const address = tryParseAddress(match?.[1] ?? '');
  const length = Number(match?.[2]);
  if (address === null || length > BITS[address.version]) return null;
  const size = 1n << BigInt(BITS[address.version] - length);
  const first = address.value - (address.value % size);
  return {
    version: address.version,
    prefixLength: length,
    first,
    last: first + size - 1n,
    hostBits: first !== address.value,
  };
}

/** @throws LabError `InvalidCidr`; host bits that are set are told by `hostBits` and are not an error here. */
export function parseCidr(text: string): Cidr {
  const cidr = tryParseCidr(text);
  if (cidr === null) {
    throw new LabError('InvalidCidr', `'${text}' is not a CIDR.`, 'Write it as 192.168.10.0/24 or fd00:a::/64.');
  }
  return cidr;
}

/** The canonical text of an address: RFC 5952 for IPv6. */
export function formatAddress(address: Address): string {
  if (address.version === 4) return new ipaddr.IPv4(toParts(address.value, 4, 8)).toString();
  return new ipaddr.IPv6(toParts(address.value, 8, 16)).toRFC5952String();
}

/** One text for one address, so that texts can be compared. */
export function canonicalAddress(text: string): string {
  return formatAddress(parseAddress(text));
}

export function formatCidr(cidr: Cidr): string {
  return `${formatAddress({ version: cidr.version, value: cidr.first })}/${String(cidr.prefixLength)}`;
}

/** The CIDR as Neutron writes it, host bits cleared. */
export function canonicalCidr(text: string): string {
  return formatCidr(parseCidr(text));
}

export function ipVersion(text: string): IpVersion {
  return text.includes(':') ? 6 : 4;
}

export function containsAddress(cidr: string | Cidr, address: string | Address): boolean {
  const range = asCidr(cidr);
  const one = typeof address === 'string' ? parseAddress(address) : address;
  return one.version === range.version && one.value >= range.first && one.value <= range.last;
}

export function overlaps(one: string | Cidr, other: string | Cidr): boolean {
  const [a, b] = [asCidr(one), asCidr(other)];
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

/** The lowest address: 192.168.10.0 of 192.168.10.0/24. */
export function networkAddress(cidr: string | Cidr): string {
  const range = asCidr(cidr);
  return formatAddress({ version: range.version, value: range.first });
}

/** The highest address, which is IPv4's broadcast address: 192.168.10.255 of 192.168.10.0/24. */
export function broadcastAddress(cidr: string | Cidr): string {
  const range = asCidr(cidr);
  return formatAddress({ version: range.version, value: range.last });
}

export function prefixLength(cidr: string | Cidr): number {
  return asCidr(cidr).prefixLength;
}

/** 255.255.255.0 of 192.168.10.0/24. */
export function netmask(cidr: string | Cidr): string {
  const { version, prefixLength: length } = asCidr(cidr);
  const ones = (1n << BigInt(BITS[version])) - 1n;
  return formatAddress({ version, value: ones - (ones >> BigInt(length)) });
}

/** How many addresses a range has, the network and the broadcast address among them. */
export function addressCount(cidr: string | Cidr): bigint {
  const range = asCidr(cidr);
  return range.last - range.first + 1n;
}

/** The address that a host gives itself in a /64 from its MAC (RFC 4291, appendix A). */
export function eui64(prefix: string | Cidr, mac: string): string {
  const octets = mac.split(':').map((octet) => parseInt(octet, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = octets;
  const identifier = toValue([a ^ 0x02, b, c, 0xff, 0xfe, d, e, f], 8);
  return formatAddress({ version: 6, value: asCidr(prefix).first + identifier });
}

/** fe80::/64 and EUI-64. */
export function linkLocal(mac: string): string {
  return eui64('fe80::/64', mac);
}

function asCidr(cidr: string | Cidr): Cidr {
  return typeof cidr === 'string' ? parseCidr(cidr) : cidr;
}

function toValue(parts: readonly number[], bits: number): bigint {
  return parts.reduce((value, part) => (value << BigInt(bits)) + BigInt(part), 0n);
}

function toParts(value: bigint, count: number, bits: number): number[] {
  const mask = (1n << BigInt(bits)) - 1n;
  return Array.from({ length: count }, (_, index) => Number((value >> BigInt((count - 1 - index) * bits)) & mask));
}
