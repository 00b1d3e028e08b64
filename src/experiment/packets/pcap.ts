/** Reads a capture as tcpdump writes it (draft-ietf-opsawg-pcap): 24 bytes of header, then packets. Pure. */

export interface Packet {
  /** Microseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Buffer;
  /** Bytes that it had on the wire. */
  readonly length: number;
}

export interface Capture {
  /** LINKTYPE of the packets (https://www.tcpdump.org/linktypes.html). */
  readonly linkType: number;
  readonly packets: readonly Packet[];
}

const MAGIC = 0xa1b2c3d4;
const HEADER = 24;
const RECORD = 16;

/** What breaks off is left out: a node that was killed wrote half a packet last. Null for what is no capture. */
export function readPcap(file: Buffer): Capture | null {
  if (file.length < HEADER) return null;
  const little = file.readUInt32LE(0) === MAGIC;
  if (!little && file.readUInt32BE(0) !== MAGIC) return null;
  const number = (at: number): number => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
  const packets: Packet[] = [];
  for (let at = HEADER; at + RECORD <= file.length;) {
    const captured = number(at + 8);
    const end = at + RECORD + captured;
    if (end > file.length) break;
    packets.push({
      time: BigInt(number(at)) * 1_000_000n + BigInt(number(at + 4)),
      bytes: file.subarray(at + RECORD, end),
      length: number(at + 12),
    });
    at = end;
  }
  return { linkType: number(20) & 0xffff, packets };
}

/** What one place saw in its several lives, as one capture; null where there is none. */
export function joined(captures: readonly Capture[]): Capture | null {
  const [first] = captures;
  return first ? { linkType: first.linkType, packets: captures.flatMap(({ packets }) => packets) } : null;
}
