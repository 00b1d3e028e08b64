/** A decoded packet as a line of a terminal, in the colours of its theme. Pure. */
import { type PacketKind, parsePacketLine } from '../../lab/packet-line.js';
import { clock } from './command-log-text.js';

const COLOURS: Readonly<Record<PacketKind, number>> = { vrrp: 35, arp: 33, dhcp: 36, icmp: 32, other: 39 };

export function packetText(line: string): string {
  // eslint-disable-next-line no-control-regex -- a packet does not move the cursor
  const clean = line.replace(/\t/g, '    ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '.');
  const packet = parsePacketLine(clean);
  if (packet === null) return `${' '.repeat(14)}\u001b[2m${clean.trim()}\u001b[22m\r\n`;
  const where = packet.where === '' ? '' : `\u001b[34m${packet.where}\u001b[39m `;
  return `\u001b[2m${clock(packet.time, 3)}\u001b[22m  ${where}\u001b[${String(COLOURS[packet.kind])}m${packet.text}\u001b[39m\r\n`;
}
