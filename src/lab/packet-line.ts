/** One line of tcpdump's, taken apart. Pure. */

export type PacketKind = 'vrrp' | 'arp' | 'dhcp' | 'icmp' | 'other';

export interface PacketLine {
  /** Unix time, seconds with fractions. */
  readonly time: number;
  /** Where it was seen, in a capture on all interfaces: `qr-1a2b3c4d-5e Out`. */
  readonly where: string;
  readonly kind: PacketKind;
  readonly text: string;
}

const LINE = /^(\d+\.\d+) (?:(\S+)\s+(In|Out|B|M|P)\s+)?(.*)$/;

const KINDS: readonly (readonly [PacketKind, RegExp])[] = [
  ['vrrp', /VRRPv\d/],
  ['arp', /^(ARP|Ethernet .*ARP)/],
  ['dhcp', /BOOTP\/DHCP|\.(67|68|546|547) > |dhcp6/],
  ['icmp', /\bICMP6?[, ]/],
];

/** @returns null for a line that goes on with the packet before, or that is no packet */
export function parsePacketLine(line: string): PacketLine | null {
  const [, time, device, direction, text] = LINE.exec(line) ?? [];
  if (time === undefined || text === undefined) return null;
  const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
  return { time: Number(time), where: device === undefined ? '' : `${device} ${direction ?? ''}`, kind, text };
}
