/** Addresses and ranges in the words of iptables. */
import { type Cidr, formatCidr, ipVersion, parseCidr } from '../../model/addresses.js';

/** An address alone is a range of one. */
export function asCidr(text: string): Cidr {
  return parseCidr(text.includes('/') ? text : `${text}/${ipVersion(text) === 4 ? '32' : '128'}`);
}

/** With its prefix length also where it is one address; nothing for a prefix of 0, which every address has. */
export function addressWords(flag: '-s' | '-d', prefix: string): string[] {
  const cidr = asCidr(prefix);
  return cidr.prefixLength === 0 ? [] : [flag, formatCidr(cidr)];
}
