/** One thing that a person would look at on a network node, as it is and as it should be. */

export type PartKind =
  'keepalived' | 'radvd' | 'dnsmasq' | 'iptables' | 'addresses' | 'routes' | 'sysctls' | 'processes';

export const PART_KINDS: readonly PartKind[] = [
  'keepalived',
  'radvd',
  'dnsmasq',
  'iptables',
  'addresses',
  'routes',
  'sysctls',
  'processes',
];

export interface Part {
  readonly kind: PartKind;
  /** A few words: `keepalived.conf`, `iptables, IPv4`. */
  readonly title: string;
  /** The file, or the command, that shows it on a network node of OpenStack. */
  readonly where: string;
  /** Lines without the newlines. Null where it is not there, or cannot be seen. */
  readonly is: readonly string[] | null;
  /** Null where nothing of this kind should be there. */
  readonly should: readonly string[] | null;
}

export function isRight({ is, should }: Part): boolean {
  if (is === null || should === null) return is === should;
  return is.length === should.length && is.every((line, index) => line === should[index]);
}
