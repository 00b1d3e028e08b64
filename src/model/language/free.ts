/** Names and ranges that a file does not use yet. They need no more of the file than its texts. */
import { formatCidr, overlaps, tryParseCidr } from '../addresses.js';
import { textAttribute, type NameKind, type Names } from './names.js';

/** The last digits of a name count on: web1, web2, … */
export function freeName(names: Names, kind: NameKind, like: string): string {
  const taken = new Set(names.ofKind(kind).map(({ name }) => name));
  if (!taken.has(like)) return like;
  const base = like.replace(/\d+$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${base}${String(number)}`)) return `${base}${String(number)}`;
}

/** 192.168.10.0/24, 192.168.20.0/24, … or fd00:a::/64, fd00:14::/64, …: the first that overlaps with no subnet. */
export function freeCidr(names: Names, version: 4 | 6): string {
  const taken = names.ofKind('subnet').flatMap(({ value }) => tryParseCidr(textAttribute(value, 'cidr') ?? '') ?? []);
  // Tens first, as people number their networks; then whatever is left.
  const numbers = [...Array.from({ length: 25 }, (_, index) => (index + 1) * 10), ...Array(256).keys()];
  for (const number of numbers) {
    const text = version === 4 ? `192.168.${String(number)}.0/24` : `fd00:${number.toString(16)}::/64`;
    const cidr = tryParseCidr(text);
    if (cidr !== null && !taken.some((other) => overlaps(other, cidr))) return formatCidr(cidr);
  }
  return version === 4 ? '10.0.0.0/24' : 'fd01::/64';
}
